"""One act on several tickets: each stands or falls by itself."""

from django.test import Client
from django.utils import timezone

from tests.factories import Desk, actor_of, make_ticket
from tests.web.desk.conftest import SignIn
from tickets.models import Message, Ticket
from tickets.services import assign, change_status


def two(desk: Desk) -> tuple[Ticket, Ticket]:
    """Two open tickets of the client."""
    return make_ticket(desk.contract, requester=desk.poc), make_ticket(desk.contract, requester=desk.poc)


def test_what_to_do_is_asked_first(desk: Desk, engineer: Client) -> None:
    first, second = two(desk)
    answer = engineer.post("/desk/bulk/", {"act": "assign", "picked": [first.key, second.key]})
    assert "Who owns them?" in answer.content.decode()
    assert not Ticket.objects.filter(assignee__isnull=False).exists()


def test_nothing_picked_is_told_kindly(engineer: Client) -> None:
    assert "Nothing is picked" in engineer.post("/desk/bulk/", {"act": "status"}).content.decode()


def test_an_engineer_takes_several_at_once(desk: Desk, engineer: Client) -> None:
    picked = [ticket.key for ticket in two(desk)]
    engineer.post(
        "/desk/bulk/", {"act": "assign", "confirm": "1", "picked": picked, "assignee": desk.engineer.pk}
    )
    assert Ticket.objects.filter(assignee=desk.engineer).count() == 2


def test_one_refusal_does_not_hold_back_the_others(desk: Desk, lead: Client) -> None:
    first, second = two(desk)
    change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=second, to="cancelled")
    answer = lead.post(
        "/desk/bulk/",
        {"act": "status", "confirm": "1", "picked": [first.key, second.key], "to": "in_progress"},
    )
    outcomes = {one.ticket.key: one.is_done for one in answer.context["outcomes"]}
    assert outcomes == {first.key: True, second.key: False}
    assert "cannot become working" in answer.content.decode()


def test_solving_many_sends_each_client_the_summary(desk: Desk, engineer: Client) -> None:
    picked = [ticket.key for ticket in two(desk)]
    engineer.post(
        "/desk/bulk/",
        {"act": "status", "confirm": "1", "picked": picked, "to": "resolved", "text": "The disk is bigger."},
    )
    assert Ticket.objects.filter(status="resolved").count() == 2


def test_tags_come_on_top_of_those_that_are_there(desk: Desk, engineer: Client) -> None:
    first, _ = two(desk)
    Ticket.objects.filter(pk=first.pk).update(tags=["old"])
    engineer.post("/desk/bulk/", {"act": "tags", "confirm": "1", "picked": [first.key], "tags": "new, old"})
    first.refresh_from_db()
    assert first.tags == ["old", "new"]


def test_a_form_without_words_comes_back(desk: Desk, engineer: Client) -> None:
    first, _ = two(desk)
    answer = engineer.post("/desk/bulk/", {"act": "tags", "confirm": "1", "picked": [first.key]})
    assert answer.status_code == 422
    assert f'value="{first.key}"' in answer.content.decode()


def test_tickets_of_other_clients_fall_away(desk: Desk, other: Desk, engineer: Client) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    engineer.post("/desk/bulk/", {"act": "tags", "confirm": "1", "picked": [foreign.key], "tags": "mine"})
    foreign.refresh_from_db()
    assert foreign.tags == []


def test_only_known_acts_and_only_by_post(engineer: Client) -> None:
    assert engineer.post("/desk/bulk/", {"act": "drop"}).status_code == 404
    assert engineer.get("/desk/bulk/").status_code == 404


def test_an_account_executive_only_reads(desk: Desk, sign_in: SignIn) -> None:
    first, _ = two(desk)
    assign(actor=actor_of(desk.lead), at=timezone.now(), ticket=first, assignee=desk.engineer)
    answer = sign_in(desk.account_executive).post(
        "/desk/bulk/", {"act": "status", "confirm": "1", "picked": [first.key], "to": "in_progress"}
    )
    assert answer.context["done"] == 0


def test_one_reply_goes_to_each_in_its_own_words_and_once(desk: Desk, engineer: Client) -> None:
    first, second = two(desk)
    sent = {"act": "reply", "confirm": "1", "picked": [first.key, second.key], "mode": "public",
            "body": "About {{ticket}}: we are on it, {{requester}}.", "submission_id": "abc"}  # fmt: skip
    for _ in range(2):
        assert engineer.post("/desk/bulk/", sent).context["done"] == 2
    said = Message.objects.filter(kind="reply").order_by("id")
    name = desk.poc.name.partition(" ")[0]
    assert [one.body for one in said] == [
        f"About {one.key}: we are on it, {name}." for one in (first, second)
    ]


def test_a_note_to_many_stays_among_staff(desk: Desk, engineer: Client) -> None:
    first, _ = two(desk)
    sent = {"act": "reply", "confirm": "1", "picked": [first.key], "mode": "note", "body": "Same cause",
            "submission_id": "abc"}  # fmt: skip
    engineer.post("/desk/bulk/", sent)
    assert Message.objects.get(kind="note").visibility == "internal"


def test_a_reply_with_a_variable_that_nobody_knows_is_sent_to_nobody(desk: Desk, engineer: Client) -> None:
    first, _ = two(desk)
    sent = {"act": "reply", "confirm": "1", "picked": [first.key], "mode": "public", "body": "Hi {{naem}}",
            "submission_id": "abc"}  # fmt: skip
    answer = engineer.post("/desk/bulk/", sent)
    assert "There is no variable “naem”" in answer.content.decode()
    assert not Message.objects.filter(kind="reply").exists()
