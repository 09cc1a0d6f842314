"""Windows of a cadence: from when until when each delivery of a proactive service is owed (P1).

Dates are calendar dates in the contract's zone; both ends of a window belong to it. The same inputs always
give the same windows, so a job that runs twice, or late, finds the ones it made before.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Cadence

ONBOARDING_DAYS = 14
#: Cadences that owe something by themselves; the others are continuous, or wait for somebody to ask.
OWED = ("at_least", "every", "per_contract")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of days within which one delivery is owed; `first_on` and `last_on` belong to it."""

    first_on: date
    last_on: date


def windows(
    cadence: Cadence, *, starts_on: date, ends_on: date | None, count_a_year: int, until: date
) -> Iterator[Window]:
    """The windows that begin on or before `until`, counted from the contract's start, in order.

    `count_a_year` matters for `per_contract` alone: a contract year is cut into that many parts. The last
    window ends with the contract. Cadences that owe nothing by themselves have no windows.
    """
    number = 0
    while True:
        first = _nth_start(cadence, starts_on=starts_on, count_a_year=count_a_year, number=number)
        if first is None or first > until or (ends_on is not None and first > ends_on):
            return
        following = _nth_start(cadence, starts_on=starts_on, count_a_year=count_a_year, number=number + 1)
        last = (following or first) - timedelta(days=1)
        yield Window(first, min(last, ends_on) if ends_on is not None else last)
        number += 1


def onboarding_window(starts_on: date) -> Window:
    """The window of an initial delivery that belongs to onboarding: the first fortnight."""
    return Window(starts_on, starts_on + timedelta(days=ONBOARDING_DAYS))


def due_on(window: Window, *, calendar: Calendar) -> date:
    """The last open day of the window on the contract's calendar, or its last day when none is open."""
    day = window.last_on
    while day >= window.first_on:
        if is_open_day(day, calendar=calendar):
            return day
        day -= timedelta(days=1)
    return window.last_on


def is_open_day(day: date, *, calendar: Calendar) -> bool:
    """Whether the calendar opens at all on that date of its own zone."""
    zone = ZoneInfo(calendar.zone)
    start = datetime.combine(day, time.min, tzinfo=zone)
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return bool(calendar.intervals(start, end))


def may_ask_again(cadence: Cadence, *, asked_on: date, earlier: list[date]) -> bool:
    """Whether an on-request service may be asked for on that date: at most `limit` in a calendar quarter.

    `earlier` are the dates of the requests so far; the initial delivery of the onboarding is not among them.
    """
    quarter = (asked_on.year, (asked_on.month - 1) // 3)
    same = [day for day in earlier if (day.year, (day.month - 1) // 3) == quarter]
    return cadence.limit is None or len(same) < cadence.limit


def add_months(day: date, count: int) -> date:
    """The same day that many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _nth_start(cadence: Cadence, *, starts_on: date, count_a_year: int, number: int) -> date | None:
    if cadence.kind not in OWED:
        return None
    if cadence.kind != "per_contract":
        return add_months(starts_on, (cadence.every_months or 12) * number)
    if count_a_year < 1:
        return None
    year, part = divmod(number, count_a_year)
    return add_months(starts_on, 12 * year) + timedelta(days=part * 365 // count_a_year)
