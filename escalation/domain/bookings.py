"""When an engineer can be booked for planned work at a weekend (E8). Moments are aware."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar

#: Nobody is booked for longer in one piece.
LONGEST: Final = timedelta(hours=24)
#: Work further away cannot be promised by name.
FURTHEST: Final = timedelta(days=366)
_REACH: Final = timedelta(days=15)
_SATURDAY: Final = 5


def is_in_time(starts_at: datetime, *, asked_at: datetime, notice_days: int) -> bool:
    """Whether it was asked for early enough: that many times 24 hours before the start are in time (E8)."""
    return starts_at - asked_at >= timedelta(days=notice_days)


def is_weekend(week: Calendar | None, at: datetime, *, zone: ZoneInfo) -> bool:
    """Whether the dedicated team is off then: its week is closed, or without one it is Saturday or Sunday."""
    if week is None:
        return at.astimezone(zone).weekday() >= _SATURDAY
    return not week.is_open(at)


def earliest_start(
    week: Calendar | None, *, asked_at: datetime, notice_days: int, zone: ZoneInfo
) -> datetime:
    """The first moment at a weekend that can still be asked for."""
    from_at = asked_at + timedelta(days=notice_days)
    if is_weekend(week, from_at, zone=zone):
        return from_at
    if week is None:
        local = from_at.astimezone(zone)
        saturday = local.date() + timedelta(days=_SATURDAY - local.weekday())
        return datetime.combine(saturday, time.min, tzinfo=zone)
    return week.intervals(from_at, from_at + _REACH)[0][1]


def whole_minute(moment: datetime) -> datetime:
    """The moment, or the next whole minute: what a person reads and types is then in time."""
    if not (moment.second or moment.microsecond):
        return moment
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
