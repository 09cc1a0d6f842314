"""Tickets that wait for a maker's fix: the queue, its order, and what is overdue (E5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from escalation.invariants import INVARIANTS
from escalation.models import Development
from escalation.queries import development_of, development_queue, overdue_developments
from escalation.services import FollowUp, follow_up_development, sweep_follow_ups
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_contract, make_desk, make_ticket, moment, refused
from tickets.models import Ticket
from tickets.services import change_status

TUESDAY = moment("2026-03-03 10:00")
FRIDAY = date(2026, 3, 6)
LATE = moment("2026-03-07 00:00")


def wait(ticket: Ticket, at: Any = MONDAY) -> Development:  # noqa: ANN401
    """The ticket, waiting for its maker."""
    change_status(actor=SYSTEM, at=at, ticket=ticket, to="waiting_on_vendor", vendor_reference="M-1")
    found = development_of(ticket)
    assert found is not None
    return found


def note(desk: Desk, ticket: Ticket, role: str = "engineer", **facts: Any) -> Development:  # noqa: ANN401
    """A follow-up by that person."""
    step = FollowUp(**{"note": "They look at it.", "follow_up_on": FRIDAY, **facts})
    return follow_up_development(actor=actor_of(desk.person(role)), at=TUESDAY, ticket=ticket, step=step)


def test_a_ticket_stands_in_the_queue_while_it_waits_and_no_longer(desk: Desk, ticket: Ticket) -> None:
    assert wait(ticket).since == MONDAY
    change_status(actor=SYSTEM, at=TUESDAY, ticket=ticket, to="in_progress")
    assert development_of(ticket) is None
    assert wait(ticket, TUESDAY).since == TUESDAY


@pytest.mark.parametrize(
    ("urgency", "day"),
    [
        *(("critical", date(2026, 3, 3)), ("high", date(2026, 3, 4))),
        *(("medium", date(2026, 3, 9)), ("low", date(2026, 3, 16))),
    ],
)
def test_the_graver_the_sooner_the_maker_is_asked_again(desk: Desk, urgency: str, day: date) -> None:
    assert wait(make_ticket(desk.contract, requester=desk.poc, urgency=urgency)).follow_up_on == day


def test_nobody_is_asked_on_a_closed_day(desk: Desk) -> None:
    friday = moment("2026-03-06 15:00")
    waits = wait(make_ticket(desk.contract, requester=desk.poc, at=friday), friday)
    assert waits.follow_up_on == date(2026, 3, 9)


def test_plans_with_priority_stand_first_then_the_graver_then_the_older(desk: Desk) -> None:
    premier = make_contract(desk.client, "premier-support")
    small = make_ticket(premier, actor=SYSTEM, urgency="level-4", subject="premier")
    for name, urgency, at in (
        ("new", "high", TUESDAY),
        ("old", "high", MONDAY),
        ("grave", "critical", TUESDAY),
    ):
        wait(make_ticket(desk.contract, requester=desk.poc, urgency=urgency, subject=name), at)
    wait(small, TUESDAY)
    queue = development_queue(actor_of(desk.engineer))
    assert [one.ticket.subject for one in queue] == ["premier", "grave", "old", "new"]


def test_staff_of_other_clients_and_contacts_read_none_of_it(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    other = make_desk("ORCA")
    for person in (other.engineer, desk.poc, desk.account_executive):
        assert not development_queue(actor_of(person)).exists()


def test_a_follow_up_is_noted_with_reference_and_day(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    row = note(desk, ticket, vendor="Atlassian", reference="PS-7")
    ticket.refresh_from_db()
    assert (row.vendor, row.follow_up_on, ticket.vendor_reference) == ("Atlassian", FRIDAY, "PS-7")
    event = Record.objects.get(kind="development.followed_up")
    assert (event.data["note"], event.data["reference"]) == ("They look at it.", "PS-7")


def test_a_second_click_notes_nothing_new(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    for _ in range(2):
        note(desk, ticket, reference="PS-7")
    assert Record.objects.filter(kind="development.followed_up").count() == 1


def test_a_day_that_has_passed_or_no_word_is_refused(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    with refused(Invalid, field="follow_up_on"):
        note(desk, ticket, follow_up_on=date(2026, 3, 2))
    with refused(Invalid, field="note"):
        note(desk, ticket, note=" ")


def test_only_staff_follow_up_and_only_what_waits(desk: Desk, ticket: Ticket) -> None:
    with refused(Conflict, "waiting on vendor"):
        note(desk, ticket)
    wait(ticket)
    with refused(NotAllowed):
        note(desk, ticket, "poc")


def test_an_overdue_follow_up_is_told_once_however_often_the_sweep_runs(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    note(desk, ticket)
    assert not overdue_developments(actor_of(desk.engineer), at=moment("2026-03-06 23:59")).exists()
    assert [sweep_follow_ups(at=LATE) for _ in range(2)] == [1, 0]
    assert Record.objects.filter(kind="development.overdue").count() == 1
    assert overdue_developments(actor_of(desk.engineer), at=LATE).exists()


def test_a_new_day_can_become_overdue_again(desk: Desk, ticket: Ticket) -> None:
    wait(ticket)
    assert sweep_follow_ups(at=LATE) == 1
    note(desk, ticket)
    assert sweep_follow_ups(at=LATE) == 1
    assert all(check() == [] for _, check in INVARIANTS)
