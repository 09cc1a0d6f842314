"""A month as weeks of days with what is planned on them, and as a list for narrow screens."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_STATES = {
    "late": ("calendar-x", "cd-due--late", "overdue"),
    "plan": ("calendar-clock", "cd-due--plan", "planned"),
    "on": ("circle-play", "", "under way"),
    "done": ("circle-check", "cd-due--done", "done"),
}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity on a day; `state` is late, plan, on or done."""

    on: date
    title: str
    text: str
    state: str
    address: str

    @property
    def icon(self) -> str:
        """The Lucide icon of the state."""
        return _STATES[self.state][0]

    @property
    def css(self) -> str:
        """The class of the state."""
        return _STATES[self.state][1]

    @property
    def state_words(self) -> str:
        """The state in words."""
        return _STATES[self.state][2]

    @property
    def day(self) -> str:
        """The day in a list: `Tue 6`."""
        return f"{self.on:%a} {self.on.day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One cell of the table."""

    words: str
    css: str
    is_today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Weeks from Monday to Sunday that cover the month, and its entries in their order."""

    title: str
    weeks: tuple[tuple[Day, ...], ...]
    agenda: tuple[Entry, ...]
    weekdays: tuple[str, ...] = _WEEKDAYS

    @property
    def has_weekends(self) -> bool:
        """Whether something stands on a Saturday or Sunday: their columns are as wide as the others then."""
        return any(day.entries for week in self.weeks for day in week[5:])


def month_of(year: int, month: int, entries: Iterable[Entry], *, today: date) -> Month:
    """Lay the entries on the days of a month; days of its neighbours fill the first and last week."""
    ordered = sorted(entries, key=lambda entry: (entry.on, entry.title))
    by_day: dict[date, list[Entry]] = {}
    for entry in ordered:
        by_day.setdefault(entry.on, []).append(entry)
    weeks = tuple(
        tuple(_day(day, month=month, today=today, entries=by_day.get(day, [])) for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, month)
    )
    inside = tuple(entry for entry in ordered if (entry.on.year, entry.on.month) == (year, month))
    return Month(title=f"{date(year, month, 1):%B %Y}", weeks=weeks, agenda=inside)


def _day(day: date, *, month: int, today: date, entries: list[Entry]) -> Day:
    marks = {"is-out": day.month != month, "is-off": day.weekday() >= 5, "is-today": day == today}
    return Day(
        words=f"{day.day} {day:%b}" if day.day == 1 else str(day.day),
        css=" ".join(name for name, holds in marks.items() if holds),
        is_today=day == today,
        entries=tuple(entries),
    )
