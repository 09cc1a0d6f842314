"""Stop-watches: one running a person, kept on the server, logged once (H8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from hours import services
from hours.models import TimeEntry, Timer
from hours.queries import running_timer, timers_of
from hours.queries.timers import minutes_of
from tests.factories import MONDAY
from tests.hours.conftest import Hours, direct_ticket


def after(minutes: float) -> datetime:
    """So many minutes after nine."""
    return MONDAY + timedelta(minutes=minutes)


def start(hours: Hours, *, minutes: float = 0, role: str = "engineer", **facts: object) -> Timer:
    """Start the person's timer."""
    where: dict[str, Any] = {"ticket": hours.ticket, **facts}
    return services.start_timer(actor=hours.actor(role), at=after(minutes), **where)


def stop(hours: Hours, timer: Timer, later: float, **facts: object) -> TimeEntry:
    """Stop it and log."""
    words: dict[str, Any] = {"note": "Searched the logs", **facts}
    return services.stop_timer(actor=hours.actor("engineer"), at=after(later), timer=timer, **words)


def test_a_stopped_timer_logs_begun_minutes(hours: Hours) -> None:
    entry = stop(hours, start(hours), 22.2)
    assert (entry.worked_minutes, entry.billed_minutes) == (23, 30)
    assert running_timer(hours.desk.engineer.pk) is None


def test_starting_is_an_event_and_starting_again_changes_nothing(hours: Hours) -> None:
    assert start(hours) == start(hours, minutes=5)
    assert Record.objects.filter(kind="timer.started").count() == 1
    assert minutes_of(Timer.objects.get(), at=after(10)) == 10


def test_paused_time_does_not_count(hours: Hours) -> None:
    timer = start(hours)
    services.pause_timer(actor=hours.actor("engineer"), at=after(10), timer=timer)
    services.resume_timer(actor=hours.actor("engineer"), at=after(50), timer=timer)
    assert stop(hours, timer, 55).worked_minutes == 15


def test_a_second_timer_pauses_the_first(hours: Hours) -> None:
    first = start(hours)
    second = start(hours, minutes=10, ticket=direct_ticket(hours.contract, 2))
    assert running_timer(hours.desk.engineer.pk) == second
    assert timers_of(hours.desk.engineer.pk).count() == 2
    first.refresh_from_db()
    assert first.counted_seconds == 600


def test_stopping_twice_makes_one_entry(hours: Hours) -> None:
    timer = start(hours)
    assert stop(hours, timer, 10) == stop(hours, timer, 12)
    assert TimeEntry.objects.count() == 1


def test_a_discarded_timer_logs_nothing(hours: Hours) -> None:
    timer = start(hours)
    services.discard_timer(actor=hours.actor("engineer"), at=after(10), timer=timer)
    with pytest.raises(Conflict):
        stop(hours, timer, 12)
    assert not TimeEntry.objects.exists()


def test_a_forgotten_timer_asks_how_long_the_work_took(hours: Hours) -> None:
    timer = start(hours)
    with pytest.raises(Invalid, match="more than a day"):
        stop(hours, timer, 25 * 60)
    assert stop(hours, timer, 25 * 60, minutes=90).worked_minutes == 90


def test_a_timer_belongs_to_its_person(hours: Hours) -> None:
    timer = start(hours, role="lead")
    with pytest.raises(NotHere):
        stop(hours, timer, 10)
    assert not TimeEntry.objects.exists()


def test_contacts_run_no_timers(hours: Hours) -> None:
    with pytest.raises(NotAllowed):
        start(hours, role="poc")
    assert not Timer.objects.exists()


def test_a_refused_entry_leaves_the_timer_running(hours: Hours) -> None:
    timer = start(hours)
    with pytest.raises(Invalid):
        stop(hours, timer, 10, note="")
    assert running_timer(hours.desk.engineer.pk) == timer


def test_people_are_reminded_of_a_long_run_once(hours: Hours) -> None:
    start(hours)
    assert services.remind_idle_timers(at=after(239)) == 0
    assert services.remind_idle_timers(at=after(240)) == 1
    assert services.remind_idle_timers(at=after(300)) == 0
    assert Record.objects.filter(kind="timer.idle").count() == 1
