"""Writing on tickets."""

import pytest
from django.core.files.base import ContentFile
from pytest_django import DjangoAssertNumQueries

from accounts import services as accounts
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, refused, reply
from tickets.models import Link, Ticket
from tickets.services import (
    change_status,
    post_message,
    redact_message,
    store_attachment,
)
from tickets.services.moves import StatusMove


def status_of(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.status


def move(desk: Desk, ticket: Ticket, to: str) -> None:
    change_status(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to=to, summary="Done.")


@pytest.mark.parametrize(
    ("role", "kind", "side"),
    [
        ("poc", "reply", "contact"),
        ("engineer", "reply", "staff"),
        ("lead", "reply", "staff"),
        ("csm", "reply", "staff"),
        ("administrator", "reply", "staff"),
    ],
)
def test_a_public_message_says_on_which_side_it_was_written(
    desk: Desk, ticket: Ticket, role: str, kind: str, side: str
) -> None:
    message = reply(ticket, desk.person(role), "Hello")
    posted = Record.objects.get(kind="message.posted")
    assert (message.kind, message.author_kind, message.visibility) == (kind, side, "public")
    assert (posted.data["message_id"], posted.data["author_kind"]) == (message.pk, side)


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_who_only_reads_writes_nothing(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        reply(ticket, desk.person(role))


def test_a_ticket_that_one_does_not_see_is_not_there(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    for stranger in (desk.member, other_desk.poc, other_desk.engineer):
        with refused(NotHere):
            reply(ticket, stranger)


@pytest.mark.parametrize("role", ["poc", "account_executive"])
def test_internal_notes_are_written_by_staff_alone(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        post_message(
            actor=actor_of(desk.person(role)), at=MONDAY, ticket=ticket, body="x", visibility="internal"
        )


@pytest.mark.parametrize("body", ["", " \n\t", "\x00\x01"])
def test_a_message_says_something(desk: Desk, ticket: Ticket, body: str) -> None:
    with refused(Invalid, field="body"):
        reply(ticket, desk.poc, body)


def test_only_two_visibilities_exist(desk: Desk, ticket: Ticket) -> None:
    with refused(Invalid, field="visibility"):
        post_message(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, body="x", visibility="secret")


def test_nobody_passes_a_reply_off_as_something_else(desk: Desk, ticket: Ticket) -> None:
    message = post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="x", kind="resolution")
    assert message.kind == "reply"


def test_a_file_alone_is_a_message(desk: Desk, ticket: Ticket) -> None:
    poc = actor_of(desk.poc)
    file = store_attachment(actor=poc, at=MONDAY, client=desk.client, name="a.png", content=ContentFile(b"x"))
    message = post_message(actor=poc, at=MONDAY, ticket=ticket, body="", attachments=[file])
    assert list(message.attachments.all()) == [file]


def test_an_endless_message_is_refused(desk: Desk, ticket: Ticket) -> None:
    with refused(Invalid, "100,000 characters", field="body"):
        reply(ticket, desk.poc, "x" * 100_001)


@pytest.mark.parametrize("waiting", ["waiting_on_client", "resolved"])
def test_a_clients_reply_puts_a_waiting_ticket_back_to_work(desk: Desk, ticket: Ticket, waiting: str) -> None:
    move(desk, ticket, waiting)
    reply(ticket, desk.poc, "Here you are")
    changed = Record.objects.filter(kind="ticket.status_changed").latest("id")
    assert status_of(ticket) == "in_progress"
    assert (changed.data["before"], changed.data["by"]) == (waiting, "contact")
    assert (ticket.resolved_at, ticket.close_due_at) == (None, None)


@pytest.mark.parametrize("status", ["new", "in_progress", "waiting_on_vendor"])
def test_otherwise_a_clients_reply_moves_nothing(desk: Desk, ticket: Ticket, status: str) -> None:
    if status != "new":
        move(desk, ticket, status)
    reply(ticket, desk.poc)
    assert status_of(ticket) == status


@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_what_staff_write_does_not_answer_for_the_client(desk: Desk, ticket: Ticket, visibility: str) -> None:
    move(desk, ticket, "waiting_on_client")
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="Any news?", visibility=visibility
    )
    assert status_of(ticket) == "waiting_on_client"


def test_an_integration_answers_for_its_client(desk: Desk, ticket: Ticket) -> None:
    move(desk, ticket, "waiting_on_client")
    key = Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"})
    message = post_message(actor=key, at=MONDAY, ticket=ticket, body="From the other side")
    assert (message.author_kind, status_of(ticket)) == ("integration", "in_progress")


def test_a_reply_after_the_end_opens_a_linked_follow_up(desk: Desk, ticket: Ticket) -> None:
    move(desk, ticket, "resolved")
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="closed")
    message = reply(ticket, desk.poc, "It is back")
    following = message.ticket
    assert (following.key, following.status, following.requester) == ("ACME-2", "new", desk.poc)
    assert Link.objects.get(source=following).target == ticket
    assert status_of(ticket) == "closed"


def test_a_follow_up_sent_twice_is_one(desk: Desk, ticket: Ticket) -> None:
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="cancelled")
    sent = [
        post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="But", submission_id="f-1")
        for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert Ticket.objects.count() == 2


def test_staff_do_not_write_to_the_client_on_a_closed_ticket(desk: Desk, ticket: Ticket) -> None:
    change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="cancelled")
    with refused(Conflict):
        reply(ticket, desk.engineer)
    post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="For us", visibility="internal"
    )


def test_the_same_form_twice_makes_one_message(desk: Desk, ticket: Ticket) -> None:
    poc = actor_of(desk.poc)
    first = post_message(actor=poc, at=MONDAY, ticket=ticket, body="Once", submission_id="form-1")
    second = post_message(actor=poc, at=MONDAY, ticket=ticket, body="Once", submission_id="form-1")
    assert first == second
    assert Record.objects.filter(kind="message.posted").count() == 1


def test_a_form_id_of_somebody_else_shows_nothing_of_theirs(desk: Desk, ticket: Ticket) -> None:
    post_message(
        actor=actor_of(desk.lead),
        at=MONDAY,
        ticket=ticket,
        body="CANARY",
        visibility="internal",
        submission_id="f",
    )
    with refused(Conflict):
        post_message(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="x", submission_id="f")


def test_a_reply_can_move_the_ticket_in_the_same_act(desk: Desk, ticket: Ticket) -> None:
    post_message(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        body="Which version?",
        then=StatusMove(to="waiting_on_client", waiting_for="The version"),
    )
    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_on, ticket.waiting_for) == (
        "waiting_on_client",
        desk.poc,
        "The version",
    )


def test_a_reply_that_solves_the_ticket_is_its_summary(desk: Desk, ticket: Ticket) -> None:
    message = post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="Fixed.", then=StatusMove(to="resolved")
    )
    assert (message.kind, status_of(ticket)) == ("resolution", "resolved")


def test_a_move_that_is_refused_takes_the_message_with_it(desk: Desk, ticket: Ticket) -> None:
    with refused(NotAllowed):
        post_message(
            actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, body="Done?", then=StatusMove(to="resolved")
        )


def test_the_system_writes_automatic_messages(ticket: Ticket) -> None:
    message = post_message(actor=SYSTEM, at=MONDAY, ticket=ticket, body="The service is back.")
    assert (message.kind, message.author_kind, message.author) == ("automatic", "system", None)


def test_a_contact_who_left_writes_nothing_more(desk: Desk, ticket: Ticket) -> None:
    accounts.end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
    with refused(NotHere):
        reply(ticket, desk.poc)


def test_a_reply_costs_five_statements_of_this_floor(
    desk: Desk, ticket: Ticket, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    engineer = actor_of(desk.engineer)
    with django_assert_max_num_queries(5 + 2):  # two for the savepoint that stands in for the transaction
        post_message(actor=engineer, at=MONDAY, ticket=ticket, body="We look into it.")


class TestRedacting:
    """Taking a text away."""

    def test_an_administrator_leaves_a_mark(self, desk: Desk, ticket: Ticket) -> None:
        message = reply(ticket, desk.poc, "My password is CANARY")
        redact_message(actor=actor_of(desk.administrator), at=MONDAY, message=message, reason="A password")
        message.refresh_from_db()
        assert (message.body, message.redacted_at) == ("", MONDAY)
        assert Record.objects.get(kind="message.redacted").data["reason"] == "A password"
        assert "CANARY" not in str(list(Record.objects.values_list("data", flat=True)))

    @pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm", "account_executive"])
    def test_nobody_else_does(self, desk: Desk, ticket: Ticket, role: str) -> None:
        message = reply(ticket, desk.poc)
        with refused(NotAllowed):
            redact_message(actor=actor_of(desk.person(role)), at=MONDAY, message=message, reason="x")
        message.refresh_from_db()
        assert message.body

    def test_it_needs_a_reason_and_happens_once(self, desk: Desk, ticket: Ticket) -> None:
        message, administrator = reply(ticket, desk.poc), actor_of(desk.administrator)
        with refused(Invalid, field="reason"):
            redact_message(actor=administrator, at=MONDAY, message=message, reason=" ")
        for _ in range(2):
            redact_message(actor=administrator, at=MONDAY, message=message, reason="Secret")
        assert Record.objects.filter(kind="message.redacted").count() == 1
