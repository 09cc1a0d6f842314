"""Who is told of what."""

from typing import Any

import pytest

from notify.models import Delivery
from notify.routing import ALWAYS_AT_ONCE, GROUPS, ROUTES
from slo.events import ClockAtRisk, ClockMissed
from tests.factories import MONDAY, actor_of, make_contact, make_staff, make_team, make_ticket, reply
from tests.notify.told import Desk, belled, clear, happened, mailed, names, tell, ticket_facts
from tickets import services
from tickets.models import Ticket

CLOCK: dict[str, Any] = {
    "objective": "first_response",
    "ordinal": 1,
    "label": "First response",
    "commitment": "objective",
    "urgency": "critical",
    "rank": 1,
    "request_type": "incident",
    "target_seconds": 1800,
    "due_at": "2026-03-02T09:30:00+00:00",
}


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def test_opening_sends_a_receipt_to_the_requester_and_mails_the_engineers(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.member)
    tell()
    assert mailed(template="ticket_received") == names(desk.member)
    assert mailed(template="ticket_opened") == names(desk.engineer)


def test_a_participant_hears_of_the_opening_too(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.member, participants=[desk.poc])
    tell()
    assert mailed(template="ticket_received") == names(desk.member, desk.poc)


def test_a_reply_of_staff_reaches_the_requester_and_not_its_author(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    tell()
    assert mailed("message.posted", "reply_from_us") == names(desk.member)
    assert desk.engineer.name not in mailed("message.posted")


def test_a_reply_of_the_client_reaches_the_desk_and_the_other_participants(
    desk: Desk, ticket: Ticket
) -> None:
    services.add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.poc)
    reply(ticket, desk.member)
    tell()
    assert mailed("message.posted") == names(desk.engineer, desk.poc)


def test_once_assigned_only_the_assignee_hears_of_replies(desk: Desk, ticket: Ticket) -> None:
    second = make_staff("engineer", clients=(desk.client,))
    services.assign(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, assignee=second)
    reply(ticket, desk.member)
    tell()
    assert mailed("ticket.assigned") == names(second)
    assert mailed("message.posted") == names(second)


def test_a_team_hears_before_the_engineers_at_large(desk: Desk, ticket: Ticket) -> None:
    second = make_staff("engineer", clients=(desk.client,))
    services.assign(actor=actor_of(desk.lead), at=MONDAY, ticket=ticket, team=make_team(second))
    reply(ticket, desk.member)
    tell()
    assert mailed("message.posted") == names(second)


def test_an_internal_note_reaches_watchers_and_no_contact(desk: Desk, ticket: Ticket) -> None:
    services.watch(actor=actor_of(desk.csm), at=MONDAY, ticket=ticket)
    services.post_message(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, body="Careful.", visibility="internal"
    )
    tell()
    assert mailed("message.posted") == belled("message.posted") == names(desk.csm)


def test_a_reply_that_also_asks_the_client_is_one_mail(desk: Desk, ticket: Ticket) -> None:
    actor = actor_of(desk.engineer)
    reply(ticket, desk.engineer, "Which version?")
    services.change_status(
        actor=actor,
        at=MONDAY,
        ticket=ticket,
        to="waiting_on_client",
        waiting_on=desk.member,
        waiting_for="it",
    )
    tell()
    assert mailed("message.posted") == names(desk.member)
    assert mailed("ticket.status_changed") == set()


def test_waiting_for_somebody_by_name_mails_that_person(desk: Desk, ticket: Ticket) -> None:
    services.change_status(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        to="waiting_on_client",
        waiting_on=desk.poc,
        waiting_for="the version",
    )
    tell()
    assert desk.poc.name in mailed("ticket.status_changed", "waiting_for_you")


def test_a_solution_is_mailed_once_with_its_summary(desk: Desk, ticket: Ticket) -> None:
    services.change_status(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="resolved", summary="The index was full."
    )
    tell()
    assert Delivery.objects.filter(person=desk.member, template="ticket_solved").count() == 1
    assert mailed("ticket.status_changed") == set()


def test_reopening_reaches_the_desk(desk: Desk, ticket: Ticket) -> None:
    services.change_status(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="resolved", summary="Done."
    )
    clear()
    services.change_status(
        actor=actor_of(desk.member), at=MONDAY, ticket=ticket, to="in_progress", reason="No."
    )
    tell()
    assert mailed("ticket.status_changed", "ticket_reopened") == names(desk.engineer)


def test_a_proposed_urgency_is_put_to_the_requester_and_the_points_of_contact(
    desk: Desk, ticket: Ticket
) -> None:
    services.propose_urgency(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        urgency="low",
        reason="One person is affected.",
    )
    tell()
    assert mailed("urgency.proposed") == names(desk.member, desk.poc)


def test_an_approval_asked_of_one_person_reaches_that_person_alone(desk: Desk, ticket: Ticket) -> None:
    second = make_contact(desk.client, "poc")
    services.ask_approval(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        kind="exception",
        question="May we?",
        asked_of=second,
    )
    tell()
    assert mailed("approval.asked") == names(second)


def test_an_approval_asked_of_the_client_reaches_its_points_of_contact(desk: Desk, ticket: Ticket) -> None:
    services.ask_approval(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        kind="exception",
        question="May we?",
        asked_of_role="poc",
    )
    tell()
    assert mailed("approval.asked") == names(desk.poc)


def test_a_missed_clock_reaches_the_desk_the_leads_and_the_success_manager(
    desk: Desk, ticket: Ticket
) -> None:
    happened(ClockMissed(**ticket_facts(ticket, **CLOCK), missed_at=CLOCK["due_at"]))
    tell()
    assert mailed("clock.missed") == names(desk.engineer, desk.lead, desk.csm)


def test_no_contact_is_ever_told_of_a_clock(desk: Desk, ticket: Ticket) -> None:
    happened(ClockMissed(**ticket_facts(ticket, **CLOCK), missed_at=CLOCK["due_at"]))
    tell()
    assert not (mailed() | belled()) & names(desk.member, desk.poc, desk.observer)


def test_a_warning_that_was_overtaken_is_not_told(desk: Desk, ticket: Ticket) -> None:
    happened(ClockAtRisk(**ticket_facts(ticket, **CLOCK), at_risk_at=CLOCK["due_at"], overtaken=True))
    tell()
    assert mailed("clock.at_risk") == belled("clock.at_risk") == set()


def test_of_many_missed_intervals_only_the_last_is_told(desk: Desk, ticket: Ticket) -> None:
    for ordinal in (1, 2, 3):
        facts = ticket_facts(ticket, **{**CLOCK, "objective": "status_update", "ordinal": ordinal})
        happened(ClockMissed(**facts, missed_at=CLOCK["due_at"], repeats=True))
    tell()
    told = Delivery.objects.filter(record__kind="clock.missed", person=desk.engineer)
    assert [delivery.record.data["ordinal"] for delivery in told] == [3]


def test_nobody_of_another_client_is_told_anything(desk: Desk, ticket: Ticket) -> None:
    stranger = make_contact(desk.client.__class__.objects.create(key="OTHER", name="Other"), "poc")
    reply(ticket, desk.engineer)
    tell()
    assert stranger.name not in mailed() | belled()


@pytest.mark.parametrize("kind", sorted(ROUTES))
def test_every_row_names_a_group_that_people_can_choose_by(kind: str) -> None:
    assert all(route.group in GROUPS for route in ROUTES[kind])


def test_what_somebody_waits_for_cannot_be_turned_off() -> None:
    assert set(GROUPS) > ALWAYS_AT_ONCE == {"decisions"}
