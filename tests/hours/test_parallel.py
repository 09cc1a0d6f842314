"""Many people on one balance at the same instant: exact, never below zero, nothing twice (H5, F20, F21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import close_old_connections, connections

from events.domain.errors import Conflict, DomainError
from hours import services
from hours.models import Bucket, OverageRequest, Statement, TimeEntry, Timer
from hours.queries import ledger_faults
from tests.factories import MONDAY, actor_of, make_staff
from tests.hours.conftest import HOUR, Hours, direct_ticket, make_hours

ROUNDS = 5
PEOPLE = 12
Act = Callable[[], Any]


@pytest.fixture
def shared(transactional_db: None) -> Iterator[Hours]:
    """A contract whose account is open, on a database that really commits."""
    hours = make_hours()
    services.open_account(contract=hours.contract, at=MONDAY)
    yield hours
    assert ledger_faults() == []


def together(acts: list[Act]) -> list[Any]:
    """Start all acts at one instant, a thread and a connection each; gives results and refusals in order."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> Any:  # noqa: ANN401
        close_old_connections()
        try:
            barrier.wait(30)
            return act()
        except DomainError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def logging(hours: Hours, minutes: int, number: int, **facts: Any) -> Act:  # noqa: ANN401
    """Somebody logs so many minutes on a ticket of their own."""
    ticket, actor = direct_ticket(hours.contract, number), hours.actor("lead")
    work: dict[str, Any] = {
        "actor": actor,
        "at": MONDAY,
        "ticket": ticket,
        "worked_on": MONDAY.date(),
        "note": "Mended",
    }
    return partial(services.log_time, minutes=minutes, **work, **facts)


def test_the_last_hours_are_drawn_once(shared: Hours) -> None:
    entries = together([logging(shared, HOUR, 10 + number) for number in range(PEOPLE)])
    states = sorted(entry.state for entry in entries)
    assert states == ["drawn"] * 10 + ["held"] * (PEOPLE - 10)
    assert shared.balance().available == 0
    assert OverageRequest.objects.get().minutes == (PEOPLE - 10) * HOUR


def test_the_same_request_sent_at_once_makes_one_entry(shared: Hours) -> None:
    act = logging(shared, HOUR, 10, request_key="k1")
    results = together([act] * 8)
    assert {entry.pk for entry in results} == {TimeEntry.objects.get().pk}
    assert shared.balance().available == 9 * HOUR


def test_approve_and_decline_at_once_is_one_decision(shared: Hours) -> None:
    shared.log(10 * HOUR)
    shared.log(HOUR)
    request, actor = OverageRequest.objects.get(), shared.actor("poc")
    decide = partial(services.decide_overage, actor=actor, at=MONDAY, overage=request)
    results = together([partial(decide, approve=yes) for yes in (True, False, True, False)])
    assert sum(isinstance(one, Conflict) for one in results) == 3


def test_an_entry_reversed_at_once_is_given_back_once(shared: Hours) -> None:
    entry, actor = shared.log(HOUR), shared.actor("engineer")
    results = together(
        [lambda: services.reverse_entry(actor=actor, at=MONDAY, entry=entry, reason="Wrong")] * 4
    )
    assert sum(isinstance(one, Conflict) for one in results) == 3
    assert shared.balance().available == 10 * HOUR


def test_a_period_is_granted_once_by_several_sweeps(shared: Hours) -> None:
    at = MONDAY + timedelta(days=40)
    together([lambda: services.grant_periods(at=at), lambda: services.close_months(at=at)] * 3)
    assert Bucket.objects.count() == 2
    assert Statement.objects.count() == 1


def test_an_account_is_opened_once(transactional_db: None) -> None:
    hours = make_hours()
    together([lambda: services.open_account(contract=hours.contract, at=MONDAY)] * 4)
    assert hours.lines() == [("grant", 600)]


def test_two_timers_started_at_once_leave_one_running(shared: Hours) -> None:
    actor = shared.actor("engineer")
    tickets = [direct_ticket(shared.contract, number) for number in range(10, 14)]
    together([partial(services.start_timer, actor=actor, at=MONDAY, ticket=one) for one in tickets])
    assert Timer.objects.running().count() == 1


def test_a_timer_stopped_at_once_makes_one_entry(shared: Hours) -> None:
    actor = shared.actor("engineer")
    timer = services.start_timer(actor=actor, at=MONDAY, ticket=shared.ticket)
    at = MONDAY + timedelta(minutes=30)
    together([lambda: services.stop_timer(actor=actor, at=at, timer=timer, note="Done")] * 4)
    assert TimeEntry.objects.count() == 1


def test_a_crowd_that_logs_reverses_approves_and_ends_periods_stays_exact(shared: Hours) -> None:
    crowd = [actor_of(make_staff("engineer", clients=(shared.desk.client,))) for _ in range(PEOPLE)]
    tickets = [direct_ticket(shared.contract, 100 + number) for number in range(PEOPLE)]
    for turn in range(ROUNDS):
        at = MONDAY + timedelta(days=7 * turn)
        acts: list[Act] = []
        for number, (actor, ticket) in enumerate(zip(crowd, tickets, strict=True)):
            work: dict[str, Any] = {
                "actor": actor,
                "at": at,
                "ticket": ticket,
                "worked_on": at.date(),
                "note": "Work",
            }
            minutes = 15 + 11 * ((number + turn) % 7)
            acts.append(partial(services.log_time, minutes=minutes, **work))
        acts += mixed_acts(shared, at)
        together(acts)
        assert ledger_faults() == []
    assert TimeEntry.objects.filter(reverses__isnull=True).count() == ROUNDS * PEOPLE


def mixed_acts(hours: Hours, at: Any) -> list[Act]:  # noqa: ANN401
    """Somebody takes an entry back, the client answers what is asked, and the sweeps come by."""
    acts: list[Act] = [lambda: services.grant_periods(at=at), lambda: services.close_months(at=at)]
    lead, poc = hours.actor("lead"), hours.actor("poc")
    drawn = TimeEntry.objects.filter(state="drawn").order_by("?").first()
    if drawn is not None:
        acts.append(lambda: services.reverse_entry(actor=lead, at=at, entry=drawn, reason="Wrong"))
    asked = OverageRequest.objects.filter(state="asked").first()
    if asked is not None:
        acts.append(lambda: services.decide_overage(actor=poc, at=at, overage=asked, approve=True))
        acts.append(lambda: services.decide_overage(actor=poc, at=at, overage=asked, approve=False))
    return acts
