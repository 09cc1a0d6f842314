"""How moments and durations read in mails and notices: always with their zone (Tue 13 Oct, 11:15 CEST)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_words(at: datetime, *, zone: str, year: int | None = None) -> str:
    """The moment on the reader's wall clock, with the zone's name; the year only where it differs."""
    local = at.astimezone(ZoneInfo(zone))
    date = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    if year is not None and year != local.year:
        date = f"{date} {local.year}"
    return f"{date}, {local:%H:%M} {_zone_name(local)}"


def span_words(begins: datetime, ends: datetime, *, zone: str) -> str:
    """From when to when on the reader's wall clock, with date, year and the zone's name; within one day."""
    first, last = begins.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    return f"{date_words(first.date())}, {first:%H:%M} to {last:%H:%M} {_zone_name(first)}"


def date_words(on: date) -> str:
    """A date with its weekday and year, for what has no time of day."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def hours_words(minutes: int) -> str:
    """Logged or bought hours as h:mm, so that they are never mixed up with a clock's time."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours}:{rest:02d}"


def _zone_name(local: datetime) -> str:
    name = local.tzname() or ""
    return f"UTC{name}" if name[:1] in ("+", "-") else name
