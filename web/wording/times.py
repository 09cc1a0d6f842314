"""Moments with their zone, and how far off they are.

Moments are 24-hour; today drops the date, other days keep weekday and day, other years the year.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

_DAY = 86_400


def moment(value: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """The moment as read in that zone: `09:36 CEST` today, else `Tue 13 Oct, 11:15 CEST`."""
    local = value.astimezone(zone)
    here = now.astimezone(zone)
    clock = f"{local:%H:%M} {zone_name(local)}"
    if local.date() == here.date():
        return clock
    year = f" {local.year}" if local.year != here.year else ""
    return f"{local:%a} {local.day} {local:%b}{year}, {clock}"


def short_moment(value: datetime, *, zone: ZoneInfo, now: datetime) -> str:
    """For a table whose head names the zone: `11:15` today, `Wed 11:00` this week, else the date."""
    local = value.astimezone(zone)
    here = now.astimezone(zone)
    clock = f"{local:%H:%M}"
    if local.date() == here.date():
        return clock
    if abs((local.date() - here.date()).days) < 7:
        return f"{local:%a} {clock}"
    year = f" {local.year}" if local.year != here.year else ""
    return f"{local:%a} {local.day} {local:%b}{year}, {clock}"


def zone_name(local: datetime) -> str:
    """The zone's short name at that moment; zones that have only a number get `UTC+03:00`."""
    name = local.tzname() or "UTC"
    if name[:1] in "+-":
        offset = local.strftime("%z")
        return f"UTC{offset[:3]}:{offset[3:5]}"
    return name


def zone_in_words(zone: ZoneInfo, *, at: datetime) -> str:
    """The zone by the name of its city: `Amsterdam time (CEST)`; zones of no city by their short name."""
    name = zone_name(at.astimezone(zone))
    area, _, city = zone.key.rpartition("/")
    return f"{city.replace('_', ' ')} time ({name})" if area not in {"", "Etc"} else name


def relative(value: datetime, *, now: datetime) -> str:
    """How far off a moment is: `in 1 h 27 min`, `4 days ago`, `now`."""
    seconds = (value - now).total_seconds()
    if abs(seconds) < 60:
        return "now"
    words = _rough(abs(int(seconds)))
    return f"in {words}" if seconds > 0 else f"{words} ago"


def duration(seconds: int) -> str:
    """A length of time on a clock: `1 h 27 min`, `32 min`, `0 min`; begun minutes do not count."""
    hours, minutes = divmod(max(0, seconds) // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def duration_short(seconds: int) -> str:
    """The same for a chip: `1 h 27`, `17 min`."""
    hours, minutes = divmod(max(0, seconds) // 60, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def _rough(seconds: int) -> str:
    if seconds < 2 * _DAY:
        return duration(seconds)
    return f"{seconds // _DAY} days"
