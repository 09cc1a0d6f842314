"""Who works when over a week, one line a team, on the reader's clock; a gap has a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from web.drawing.shifts import Span
from web.drawing.strip import Label

_ROW, _FIRST = 38, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A team's spans as aware moments; `is_gap` marks the line of what nobody works in."""

    name: str
    spans: Sequence[Span]
    is_gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One span drawn: x and width in percent of the week, y in pixels."""

    css: str
    x: float
    width: float
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A team's name over its line."""

    words: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Everything the template draws, and the same as rows of text."""

    id: str
    title: str
    words: str
    height: int
    days_y: int
    pieces: tuple[Piece, ...]
    lines: tuple[float, ...]
    days: tuple[Label, ...]
    now: float | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: tuple[Name, ...]


def week_of(rows: Sequence[Row], *, element_id: str, start: datetime, end: datetime, now: datetime) -> Week:
    """Draw the days from `start` to `end` (midnights in the reader's zone); what lies outside is cut off."""
    midnights = _midnights(start, end)
    scale = _Scale(start, end)
    last = midnights[-2]
    title = f"{start:%a} {start.day} {start:%b} to {last:%a} {last.day} {last:%b}"
    told = tuple(_told(row, midnights) for row in rows)
    return Week(
        id=element_id,
        title=title,
        words="; ".join(f"{row.name}: {len(row.spans)} stretches" for row in rows),
        height=_FIRST + len(rows) * _ROW + 6,
        days_y=12,
        pieces=tuple(piece for index, row in enumerate(rows) for piece in scale.pieces(row, index, now)),
        lines=tuple(scale.x(one) for one in midnights[1:-1]),
        days=tuple(
            Label(x=scale.x(one), words=f"{one:%a} {one.day}", anchor="start") for one in midnights[:-1]
        ),
        now=scale.x(now) if start <= now < end else None,
        heads=("Team", *(f"{one:%a} {one.day} {one:%b}" for one in midnights[:-1])),
        rows=told,
        names=tuple(Name(words=row.name, y=_line(index) - 4) for index, row in enumerate(rows)),
    )


class _Scale:
    """A stretch of days as a line of 100 percent, also where a day has 23 or 25 hours."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self._start = start.timestamp()
        self._length = end.timestamp() - self._start

    def x(self, at: datetime) -> float:
        share = (at.timestamp() - self._start) / self._length
        return round(100 * min(max(share, 0.0), 1.0), 3)

    def pieces(self, row: Row, index: int, now: datetime) -> list[Piece]:
        found = []
        for start, end in row.spans:
            x, width = self.x(start), round(self.x(end) - self.x(start), 3)
            if width > 0:
                is_on = start <= now < end
                css = "gap" if row.is_gap else ("s1" if is_on else "s2")
                found.append(Piece(css=css, x=x, width=width, y=_line(index)))
        return found


def _line(index: int) -> int:
    return _FIRST + 18 + index * _ROW


def _midnights(start: datetime, end: datetime) -> list[datetime]:
    days = (end.date() - start.date()).days
    return [start + timedelta(days=day) for day in range(days + 1)]


def _told(row: Row, midnights: Sequence[datetime]) -> tuple[str, ...]:
    """A team's line of the table: what begins on each day, in words, on the reader's clock."""
    cells = []
    for since, until in pairwise(midnights):
        zone = since.tzinfo
        own = [
            f"{max(start, since).astimezone(zone):%H:%M}–{_clock(min(end, until), until, since)}"
            for start, end in row.spans
            if start < until and end > since
        ]
        cells.append(", ".join(own) or "–")
    return (row.name, *cells)


def _clock(at: datetime, midnight: datetime, since: datetime) -> str:
    return "24:00" if at == midnight else f"{at.astimezone(since.tzinfo):%H:%M}"
