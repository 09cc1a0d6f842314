"""Periods and months of a contract as moments, in the zone of its calendar (H4, H9).

Periods count from the day on which the contract starts, so that a year under contract holds twelve months of
reserved hours wherever in the calendar it begins.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
ONCE = "once"
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class UnknownPeriodError(ValueError):
    """A period that is no month, quarter, year or `once`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From one local midnight to another, the end not included; `ends_on` is None where it never ends."""

    starts_on: date
    ends_on: date | None


def midnight(on: date, zone: str) -> datetime:
    """The moment at which that day begins in the zone, in UTC.

    Where the clocks skip midnight the day begins at the end of the gap; where midnight comes twice, at the
    first of the two.
    """
    return datetime.combine(on, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(at: datetime, zone: str) -> date:
    """The date that the zone's clock shows at that moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def months_later(start: date, months: int) -> date:
    """The same day of the month that many months on; a month too short ends it at its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def periods(kind: str, *, contract_start: date, contract_end: date | None, after: date) -> Iterator[Period]:
    """The contract's periods of that kind that end later than the day `after`, in order.

    The last one ends with the contract, whose own last day is `contract_end`. `once` is one single period as
    long as the contract. Raises `UnknownPeriodError`.
    """
    last = contract_end + timedelta(days=1) if contract_end else None
    if kind == ONCE:
        if last is None or last > after:
            yield Period(starts_on=contract_start, ends_on=last)
        return
    if kind not in MONTHS_IN:
        raise UnknownPeriodError(kind)
    step = MONTHS_IN[kind]
    number = max(0, _months_between(contract_start, after) // step - 1)
    while True:
        starts_on = months_later(contract_start, number * step)
        if last is not None and starts_on >= last:
            return
        ends_on = months_later(contract_start, (number + 1) * step)
        ends_on = min(ends_on, last) if last else ends_on
        if ends_on > after:
            yield Period(starts_on=starts_on, ends_on=ends_on)
        number += 1


def month_of(on: date) -> date:
    """The first day of the month of that day."""
    return on.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return months_later(month_of(month), 1)


def parse_month(text: str) -> date:
    """The first day of a month written `2026-10`; raises `ValueError` for anything else."""
    found = _MONTH.fullmatch(text)
    if not found or int(found[1]) < 1:
        raise ValueError("Write a month as year and month, like 2026-10.")
    return date(int(found[1]), int(found[2]), 1)


def closes_at(month: date, *, zone: str, grace_days: int) -> datetime:
    """When the month's statement is closed: so many days into the next one, at local midnight (H9)."""
    return midnight(next_month(month) + timedelta(days=grace_days), zone)


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month
