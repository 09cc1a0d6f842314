"""When support is open, in words: the week of a calendar, and the present day of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar, CalendarError
from web.wording.times import moment

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def opening_hours(calendar: Calendar) -> str:
    """The week of a calendar: `Mon–Fri 09:00–17:00, London time`, or `day and night`."""
    spec: Mapping[str, Any] = calendar.to_dict()
    if "always" in spec:
        return "day and night"
    if "span" in spec:
        opens, closes = spec["span"]["opens"], spec["span"]["closes"]
        but = ", except on local holidays" if calendar.waits_on_local_holidays else ""
        return f"from {_point(opens)} to {_point(closes)}{but}"
    return f"{'; '.join(_runs(spec['weekly']))}, {_city(str(spec['tz']))} time"


def open_now(calendar: Calendar, *, zone: ZoneInfo, now: datetime) -> str:
    """Whether support is open, and until or from when, as a sentence."""
    if calendar.is_always:
        return "Support is open day and night."
    if not calendar.is_open(now):
        try:
            opens_at = calendar.next_open(now)
        except CalendarError:
            return ""
        return f"Support opens {moment(opens_at, zone=zone, now=now)}."
    stretches = calendar.intervals(now, now + timedelta(days=8))
    return f"Support is open until {moment(stretches[0][1], zone=zone, now=now)}."


def _runs(week: Mapping[str, Sequence[Sequence[str]]]) -> list[str]:
    """Neighbouring days with the same windows as one: `Mon–Fri 09:00–17:00`."""
    runs: list[tuple[str, str, str]] = []
    for day in _DAYS:
        windows = " and ".join("–".join(window) for window in week.get(day, ()))
        if runs and runs[-1][2] == windows:
            runs[-1] = (runs[-1][0], day, windows)
        else:
            runs.append((day, day, windows))
    return [f"{_span(first, last)} {windows}" for first, last, windows in runs if windows]


def _span(first: str, last: str) -> str:
    if (first, last) == ("mon", "sun"):
        return "every day"
    return first.title() if first == last else f"{first.title()}–{last.title()}"


def _point(written: Sequence[str]) -> str:
    day, time, zone = written
    return f"{day.title()} {time} in {_city(zone)}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
