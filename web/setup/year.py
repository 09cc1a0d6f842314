"""A year of a calendar at one glance: a row a month, a cell a day, by how long it is open."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from web.wording.amounts import hmm

_LEFT, _WIDTH, _ROW, _TOP = 9.0, 91.0 / 31, 18, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day: where it is drawn, and how; `words` are said on hovering."""

    x: float
    y: int
    width: float
    css: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One month: its name, where the name stands, its open days and hours, and what closes it."""

    label: str
    y: int
    days: int
    hours: str
    closings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The drawing with its rows; `heads` are day numbers with their places."""

    number: int
    height: int
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    heads: tuple[tuple[int, float], ...]
    total: str


def year_of(rule: Calendar, number: int) -> Year:
    """Lay a year of the calendar out, in the calendar's own zone."""
    minutes = _open_minutes(rule, number, ZoneInfo(rule.zone))
    rows, cells = [], []
    usual = max(minutes.values(), default=0)
    for month in range(1, 13):
        y = _TOP + (month - 1) * _ROW
        days = [date(number, month, one + 1) for one in range(calendar.monthrange(number, month)[1])]
        names = {day: rule.holiday_name(day) for day in days}
        cells += [_cell(day, minutes[day], usual, names[day], y) for day in days]
        rows.append(
            Row(
                label=f"{days[0]:%b}",
                y=y + 11,
                days=sum(minutes[day] > 0 for day in days),
                hours=hmm(sum(minutes[day] for day in days)),
                closings=", ".join(
                    f"{day.day} {name or 'closed'}" for day, name in names.items() if name is not None
                ),
            )
        )
    return Year(
        number=number,
        height=_TOP + 12 * _ROW,
        rows=tuple(rows),
        cells=tuple(cells),
        heads=tuple((day, round(_LEFT + (day - 0.5) * _WIDTH, 2)) for day in (1, 5, 10, 15, 20, 25, 30)),
        total=hmm(sum(minutes.values())),
    )


def _open_minutes(rule: Calendar, number: int, place: ZoneInfo) -> Mapping[date, int]:
    """The open minutes of every day of the year, from one reading of the calendar."""
    first, last = datetime(number, 1, 1, tzinfo=place), datetime(number + 1, 1, 1, tzinfo=place)
    days = [date(number, 1, 1) + timedelta(days=one) for one in range((last.date() - first.date()).days)]
    minutes = dict.fromkeys(days, 0)
    for since, until in rule.intervals(first.astimezone(UTC), last.astimezone(UTC)):
        begin = since
        while begin < until:
            day = begin.astimezone(place).date()
            midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=place).astimezone(UTC)
            minutes[day] += int((min(until, midnight) - begin).total_seconds()) // 60
            begin = midnight
    return minutes


def _cell(day: date, minutes: int, usual: int, holiday: str | None, y: int) -> Cell:
    if holiday is not None and not minutes:
        css, words = "lap", holiday or "Closed"
    elif not minutes:
        css, words = "shut", "closed"
    else:
        css, words = ("s1" if minutes == usual else "s2"), f"open {hmm(minutes)}"
    return Cell(
        x=round(_LEFT + (day.day - 1) * _WIDTH, 2),
        y=y,
        width=round(_WIDTH - 0.4, 2),
        css=css,
        words=f"{day.day} {day:%b}: {words}",
    )
