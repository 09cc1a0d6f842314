"""What a list shows of a ticket, and that the queue is ordered by the same clock (S8, S9, S13)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slo.models import Clock
from slo.queries import explain
from slo.services import sweep_due
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tests.slo.reading import after
from tickets.models import Ticket
from tickets.services import change_status
from web.chips import NextDue, next_dues, next_owed, pressing

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def managed(db: None) -> Desk:
    """A client that is owed an answer within half an hour, and an update every half hour."""
    return make_desk("MANA", "managed-self-hosted")


def row(state: str, due: float | None = 1, **facts: object) -> Clock:
    """A clock in memory, due so many hours after Monday at nine."""
    due_at = None if due is None else after(hours=due)
    return Clock(state=state, started_at=after(), due_at=due_at, **facts)


def shown(ticket: Ticket, *, now: datetime) -> NextDue:
    """What the queue shows of the ticket."""
    return next_dues([Ticket.objects.get(pk=ticket.pk)], zone=LONDON, now=now)[ticket.pk]


def test_of_running_clocks_the_first_due_is_owed_next() -> None:
    late, soon = row("running", 5), row("running", 2)
    assert next_owed([late, soon]) is soon


def test_a_missed_objective_is_owed_until_it_is_reached() -> None:
    missed = row("missed", 1)
    assert next_owed([row("running", 2), missed]) is missed
    missed.met_at = after(hours=3)
    assert next_owed([missed]) is None


def test_a_missed_interval_is_owed_no_more() -> None:
    running = row("running", 2, repeats=True)
    assert next_owed([row("missed", 1, repeats=True), running]) is running
    assert next_owed([row("missed", 1, repeats=True)]) is None


def test_a_paused_clock_stands_behind_those_that_run() -> None:
    running = row("running", 9)
    assert next_owed([row("paused", 1), running]) is running


def test_a_pause_without_due_time_stands_behind_one_that_has_one() -> None:
    waits = row("paused", 4)
    assert next_owed([row("paused", None), waits]) is waits


@pytest.mark.parametrize("state", ["met", "exempt", "cancelled"])
def test_what_is_settled_is_not_owed(state: str) -> None:
    assert next_owed([row(state)]) is None


def test_where_nothing_is_owed_the_list_says_why() -> None:
    exempt = row("exempt", None)
    assert pressing([row("met"), exempt]) is exempt
    assert pressing([row("met")]) is None


@pytest.mark.parametrize("hours", [0.1, 0.55, 3.2, 50])
def test_a_silent_incident_stands_in_the_queue_where_its_chip_says(managed: Desk, hours: float) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(hours=hours))
    ticket.refresh_from_db()
    assert shown(ticket, now=after(hours=hours)).due_at == ticket.next_due_at


def test_after_the_answer_a_missed_interval_presses_nobody(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    reply(ticket, managed.engineer, at=after(minutes=5))
    sweep_due(at=after(minutes=50))
    ticket.refresh_from_db()
    told = shown(ticket, now=after(minutes=50))
    assert Clock.objects.filter(ticket=ticket, state="missed", repeats=True).exists()
    assert (told.is_missed, told.due_at) == (False, after(minutes=65))
    assert ticket.next_due_at == told.due_at


def test_the_ticket_and_the_list_name_the_same_clock(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    for minutes in (5, 40, 200):
        sweep_due(at=after(minutes=minutes))
        owed = next_owed(explain(ticket, at=after(minutes=minutes)))
        assert owed is not None
        assert owed.due_at == shown(ticket, now=after(minutes=minutes)).due_at


def test_once_solved_nothing_is_owed_and_nothing_stands_in_the_queue(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(hours=2))
    change_status(
        actor=actor_of(managed.engineer), at=after(hours=2.1), ticket=ticket, to="resolved",
        summary="It works again.",
    )  # fmt: skip
    ticket.refresh_from_db()
    assert ticket.next_due_at is None
    assert next_owed(explain(ticket, at=after(hours=3))) is None


def test_a_list_costs_two_statements_however_long(managed: Desk, django_assert_num_queries: object) -> None:
    tickets = [make_ticket(managed.contract, requester=managed.poc) for _ in range(4)]
    next_dues(tickets, zone=LONDON, now=after())
    with django_assert_num_queries(2):  # type: ignore[operator]
        next_dues(tickets, zone=LONDON, now=after() + timedelta(minutes=1))
