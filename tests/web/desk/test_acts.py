"""Acts on a ticket, each by its small form: assigning, moving, classing, connecting, asking."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hours.queries import entries_of
from hours.services import log_time
from tests.factories import Desk, actor_of, make_contact, make_environment, make_team, make_ticket, reply
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Link, Participant, Ticket
from tickets.services import add_participant, link_tickets, watch

HTMX = {"hx-request": "true"}
FORMS = (
    "assign", "status", "status/in_progress", "status/waiting_on_client", "status/waiting_on_vendor",
    "status/scheduled", "status/resolved", "status/cancelled", "urgency", "kind", "tags", "details", "link",
    "merge", "tell-all", "people", "approvals", "call", "escalate", "hours",
)  # fmt: skip


def post(browser: Client, ticket: Ticket, place: str, **facts: object) -> int:
    """Send a form of the ticket and read the ticket anew; the status of the answer."""
    answer = browser.post(f"/desk/tickets/{ticket.key}/{place}/", facts)
    ticket.refresh_from_db()
    return int(answer.status_code)


@pytest.mark.parametrize("place", FORMS)
def test_every_form_is_a_page_and_a_part_of_one(engineer: Client, ticket: Ticket, place: str) -> None:
    address = f"/desk/tickets/{ticket.key}/{place}/"
    whole, part = text_of(engineer, address), text_of(engineer, address, **HTMX)
    assert whole.count("<h1>") == 1
    assert "<h1>" not in part
    assert "cd-panel" in part


@pytest.mark.parametrize("place", FORMS)
def test_no_form_opens_for_a_ticket_of_others(other: Desk, engineer: Client, place: str) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    assert engineer.get(f"/desk/tickets/{foreign.key}/{place}/").status_code == 404


def test_an_engineer_takes_a_ticket(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "take") == 302
    assert ticket.assignee == desk.engineer


def test_an_engineer_is_offered_themselves_alone(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/assign/")
    assert f"{desk.engineer.name} (you)" in page
    assert desk.csm.name not in page
    assert post(engineer, ticket, "assign", assignee=desk.lead.pk) == 422
    assert ticket.assignee is None


def test_a_lead_gives_a_ticket_to_somebody_and_a_team(desk: Desk, lead: Client, ticket: Ticket) -> None:
    team = make_team(desk.engineer, key="lyon")
    assert post(lead, ticket, "assign", assignee=desk.engineer.pk, team=team.pk, reason="Knows them") == 302
    assert (ticket.assignee, ticket.team) == (desk.engineer, team)


def test_who_is_away_is_marked(desk: Desk, lead: Client, ticket: Ticket) -> None:
    desk.engineer.away_until = timezone.now() + timedelta(days=2)
    desk.engineer.save()
    assert f"{desk.engineer.name} (away)" in text_of(lead, f"/desk/tickets/{ticket.key}/assign/")


def test_only_cleared_engineers_are_offered(desk: Desk, lead: Client, ticket: Ticket) -> None:
    desk.contract.restricts_engineers = True
    desk.contract.save()
    assert desk.engineer.name not in text_of(lead, f"/desk/tickets/{ticket.key}/assign/")


def test_work_starts(engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "status/in_progress") == 302
    assert ticket.status == "in_progress"


def test_waiting_for_the_client_names_person_and_question(
    desk: Desk, engineer: Client, ticket: Ticket
) -> None:
    assert post(engineer, ticket, "status/waiting_on_client", waiting_on=desk.poc.pk) == 422
    facts = {"waiting_on": desk.poc.pk, "waiting_for": "Which version?"}
    assert post(engineer, ticket, "status/waiting_on_client", **facts) == 302
    assert (ticket.waiting_on, ticket.waiting_for) == (desk.poc, "Which version?")


def test_planned_work_is_read_on_the_reader_s_clock(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    desk.engineer.zone = "Europe/Paris"
    desk.engineer.save()
    assert post(engineer, ticket, "status/scheduled", scheduled_at="2099-01-05T09:00") == 302
    assert ticket.scheduled_at is not None
    assert ticket.scheduled_at.hour == 8


def test_a_moment_that_has_passed_is_refused_with_what_was_typed(engineer: Client, ticket: Ticket) -> None:
    answer = engineer.post(
        f"/desk/tickets/{ticket.key}/status/scheduled/", {"scheduled_at": "2001-01-05T09:00"}
    )
    assert answer.status_code == 422
    assert "2001-01-05T09:00" in answer.content.decode()


def test_a_solved_ticket_needs_a_summary(engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "status/resolved", summary=" ") == 422
    assert ticket.status == "new"
    assert post(engineer, ticket, "status/resolved", summary="The disk is bigger.") == 302
    assert ticket.status == "resolved"


def test_a_move_that_is_not_open_is_said_on_the_form(engineer: Client, ticket: Ticket) -> None:
    post(engineer, ticket, "status/cancelled")
    answer = engineer.post(f"/desk/tickets/{ticket.key}/status/in_progress/")
    assert answer.status_code == 422
    assert "cannot become working" in answer.content.decode()


def test_there_is_no_other_status(engineer: Client, ticket: Ticket) -> None:
    assert engineer.get(f"/desk/tickets/{ticket.key}/status/asleep/").status_code == 404
    assert engineer.get(f"/desk/tickets/{ticket.key}/status/new/").status_code == 404


def test_staff_propose_an_urgency(engineer: Client, ticket: Ticket) -> None:
    before = ticket.urgency
    assert post(engineer, ticket, "urgency", urgency="low", reason="One person.") == 302
    assert ticket.urgency == before
    assert ticket.urgency_proposals.get().proposed == "low"


def test_staff_correct_the_kind_with_a_reason(engineer: Client, ticket: Ticket) -> None:
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/kind/")
    assert f'value="{ticket.request_type}" selected' in page
    assert post(engineer, ticket, "kind", request_type=ticket.request_type) == 422


def test_tags_and_details_are_changed(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    system = make_environment(desk.contract)
    post(engineer, ticket, "tags", tags="Disk, slow ,")
    facts = {"subject": "A better subject", "environment": system.pk, "vendor_reference": "V-7"}
    assert post(engineer, ticket, "details", **facts) == 302
    assert ticket.tags == ["disk", "slow"]
    assert (ticket.subject, ticket.environment, ticket.vendor_reference) == (
        "A better subject",
        system,
        "V-7",
    )


def test_tickets_are_linked_and_unlinked(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    second = make_ticket(desk.contract, requester=desk.poc)
    assert post(engineer, ticket, "link", kind="blocks", key=second.key.lower()) == 302
    link = Link.objects.get()
    assert (link.source, link.target) == (ticket, second)
    assert post(engineer, second, f"links/{link.pk}/remove") == 302
    assert not Link.objects.exists()


@pytest.mark.parametrize("place", ["link", "merge"])
def test_a_number_that_is_not_theirs_is_a_slip_and_no_hint(
    other: Desk, engineer: Client, ticket: Ticket, place: str
) -> None:
    foreign = make_ticket(other.contract, requester=other.poc)
    for key in (foreign.key, "HAL-999"):
        answer = engineer.post(f"/desk/tickets/{ticket.key}/{place}/", {"kind": "relates", "key": key})
        assert answer.status_code == 422
        assert f"There is no ticket {key}." in answer.content.decode()
    assert not Link.objects.exists()


def test_a_link_of_other_tickets_is_not_here(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    one, two = make_ticket(desk.contract, requester=desk.poc), make_ticket(desk.contract, requester=desk.poc)
    link = link_tickets(
        actor=actor_of(desk.engineer), at=timezone.now(), source=one, target=two, kind="blocks"
    )
    assert post(engineer, ticket, f"links/{link.pk}/remove") == 404
    assert Link.objects.exists()


def test_two_tickets_become_one(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    stays = make_ticket(desk.contract, requester=desk.poc)
    assert post(engineer, ticket, "merge", key=stays.key) == 302
    assert (ticket.status, ticket.merged_into) == ("cancelled", stays)


def test_a_message_gets_a_ticket_of_its_own(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    message = reply(ticket, desk.poc, "And the printer burns.", at=timezone.now())
    place = f"messages/{message.pk}/split"
    assert "And the printer burns." in text_of(engineer, f"/desk/tickets/{ticket.key}/{place}/")
    assert post(engineer, ticket, place, subject="The printer burns") == 302
    assert Ticket.objects.filter(subject="The printer burns").exists()


def test_contacts_join_and_leave(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    colleague = make_contact(desk.client, "member")
    assert post(engineer, ticket, "people", person=colleague.pk) == 302
    assert Participant.objects.get().person == colleague
    assert post(engineer, ticket, f"people/{colleague.pk}/remove") == 302
    assert not Participant.objects.exists()
    assert post(engineer, ticket, f"people/{colleague.pk}/remove") == 404


def test_who_takes_part_is_not_offered_again(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    add_participant(actor=actor_of(desk.poc), at=timezone.now(), ticket=ticket, person=desk.member)
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/people/")
    assert desk.member.name not in page
    assert desk.observer.name in page


def test_staff_watch_and_stop_watching(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    assert post(engineer, ticket, "watch") == 302
    assert ticket.watchers.get().person == desk.engineer
    assert "Stop watching" in text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert post(engineer, ticket, "unwatch") == 302
    assert not ticket.watchers.exists()


def test_approvals_are_asked_of_a_role_or_a_person(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    post(engineer, ticket, "approvals", kind="other", question="May we?", asked_of="poc")
    post(engineer, ticket, "approvals", kind="other", question="Really?", asked_of=f"p{desk.member.pk}")
    asked = [(one.asked_of_role, one.asked_of) for one in ticket.approvals.order_by("id")]
    assert asked == [("poc", None), ("", desk.member)]


def test_the_same_question_is_not_asked_twice(engineer: Client, ticket: Ticket) -> None:
    facts = {"kind": "other", "question": "May we?", "asked_of": "poc"}
    assert post(engineer, ticket, "approvals", **facts) == 302
    assert post(engineer, ticket, "approvals", **facts) == 422
    assert ticket.approvals.count() == 1


def test_an_account_executive_is_told_whose_acts_these_are(
    desk: Desk, sign_in: SignIn, ticket: Ticket
) -> None:
    reader = sign_in(desk.account_executive)
    assert post(reader, ticket, "status/in_progress") == 403
    assert post(reader, ticket, "tags", tags="x") == 403
    assert post(reader, ticket, "take") == 403
    assert (ticket.status, ticket.tags, ticket.assignee) == ("new", [], None)


def test_a_watcher_s_name_is_theirs_alone(desk: Desk, engineer: Client, lead: Client, ticket: Ticket) -> None:
    watch(actor=actor_of(desk.lead), at=timezone.now(), ticket=ticket)
    assert post(engineer, ticket, "unwatch") == 302
    assert ticket.watchers.get().person == desk.lead


def test_one_update_goes_to_all_below_a_ticket(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    child = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    address = f"/desk/tickets/{ticket.key}/tell-all/"
    assert address not in text_of(engineer, f"/desk/tickets/{ticket.key}/")
    by = actor_of(desk.engineer)
    link_tickets(actor=by, at=timezone.now(), source=ticket, target=child, kind="parent")
    assert address in text_of(engineer, f"/desk/tickets/{ticket.key}/")
    assert child.key in text_of(engineer, address)
    engineer.post(address, {"body": "The node is back.", "submission_id": "one"})
    assert child.messages.filter(body="The node is back.", visibility="public").exists()


def test_what_stays_is_told_before_a_merge(desk: Desk, engineer: Client, ticket: Ticket) -> None:
    log_time(
        actor=actor_of(desk.engineer),
        at=timezone.now(),
        ticket=ticket,
        minutes=30,
        worked_on=timezone.now().date(),
        note="Read",
    )
    page = text_of(engineer, f"/desk/tickets/{ticket.key}/merge/")
    assert "1 messages, 0 files, 0 approvals and 0:30 of logged time stay" in page
    other = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    engineer.post(f"/desk/tickets/{ticket.key}/merge/", {"key": other.key})
    assert sum(entries_of(one).count() for one in (ticket, other)) == 1
