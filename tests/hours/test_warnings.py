"""Warnings at 75, 90 and 100 per cent, once a period (H6)."""

from __future__ import annotations

from events.models import Record
from hours import services
from hours.models import OverageRequest, UseWarning
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours


def told() -> list[int]:
    """The percentages that people were told of, in order."""
    rows = Record.objects.filter(kind="balance.warned").order_by("id")
    return [row.data["percent"] for row in rows]


def test_each_level_is_told_once(hours: Hours) -> None:
    for minutes in (7 * HOUR, 30, 45, 45, 60):
        hours.log(minutes)
    assert told() == [75, 90, 100]


def test_a_jump_tells_of_the_highest_level_alone(hours: Hours) -> None:
    hours.log(9 * HOUR + 30)
    assert told() == [90]
    assert list(UseWarning.objects.values_list("percent", "overtaken")) == [(75, True), (90, False)]


def test_a_new_period_warns_anew(hours: Hours) -> None:
    hours.log(8 * HOUR)
    hours.log(8 * HOUR, at=moment("2026-04-02 09:00"))
    assert told() == [75, 75]


def test_held_work_does_not_warn_twice(hours: Hours) -> None:
    hours.log(10 * HOUR)
    hours.log(60)
    assert told() == [100]


def test_held_work_that_takes_the_last_minutes_warns_too(hours: Hours) -> None:
    hours.log(8 * HOUR)
    hours.log(3 * HOUR)
    request = OverageRequest.objects.get()
    services.decide_overage(actor=hours.actor("poc"), at=MONDAY, overage=request, approve=True)
    assert told() == [75, 100]
