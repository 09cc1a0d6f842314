"""Who is on duty when, on the reader's clock, with the overlaps in which a handoff is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from web.drawing.strip import Label

_ROW, _FIRST = 38, 30
#: Bars narrower than this, in percent of the day, have no room for a name.
_NARROW = 22
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A region's hours on that day: its spans as aware moments, and its own office hours in words."""

    region: str
    spans: tuple[Span, ...]
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One span drawn: x and width in percent of the day, y in pixels; the longest has the region's name.

    In a bar too narrow for it the name stands beside: `beside` says on which side.
    """

    css: str
    x: float
    width: float
    y: int
    text_x: float
    text_y: int
    label: str = ""
    hours: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """An overlap of two regions."""

    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Everything the template draws."""

    id: str
    title: str
    words: str
    height: int
    lap_height: int
    hours_y: int
    now_end: int
    bars: tuple[Bar, ...]
    laps: tuple[Lap, ...]
    hours: tuple[Label, ...]
    now: Label | None


def shifts_of(
    shifts: Sequence[Shift], *, element_id: str, title: str, words: str, midnight: datetime, now: datetime
) -> Shifts:
    """Draw one day from `midnight` (aware, in the reader's zone); what lies outside the day is cut off."""
    bottom = _FIRST + len(shifts) * _ROW
    day = _Day(midnight)
    laps = [
        lap
        for one, other in combinations(shifts, 2)
        for a in one.spans
        for b in other.spans
        if (lap := day.lap(max(a[0], b[0]), min(a[1], b[1]))) is not None
    ]
    at = day.x(now)
    return Shifts(
        id=element_id,
        title=title,
        words=words,
        height=bottom + 20,
        lap_height=bottom - 20,
        hours_y=bottom + 16,
        now_end=bottom + 2,
        bars=tuple(bar for row, shift in enumerate(shifts) for bar in day.bars(shift, row, now)),
        laps=tuple(laps),
        hours=tuple(
            Label(
                x=hour * 25.0,
                words=f"{hour * 6:02d}:00",
                anchor=("start", "middle", "end")[(hour > 0) + (hour > 3)],
            )
            for hour in range(5)
        ),
        now=Label(x=at, words=f"now {now.astimezone(midnight.tzinfo):%H:%M}", anchor=_anchor(at)),
    )


class _Day:
    """A calendar day as a line of 100 percent; a day of 23 or 25 hours fills it too."""

    def __init__(self, midnight: datetime) -> None:
        self._start = midnight.timestamp()
        self._length = (midnight + timedelta(days=1)).timestamp() - self._start

    def x(self, moment: datetime) -> float:
        share = (moment.timestamp() - self._start) / self._length
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def lap(self, start: datetime, end: datetime) -> Lap | None:
        x, width = self.x(start), round(self.x(end) - self.x(start), 2)
        return Lap(x=x, width=width) if width > 0 else None

    def bars(self, shift: Shift, row: int, now: datetime) -> list[Bar]:
        shown = [span for span in shift.spans if self.x(span[0]) < self.x(span[1])]
        longest = max(shown, key=lambda span: self.x(span[1]) - self.x(span[0]), default=None)
        is_on = any(start <= now < end for start, end in shift.spans)
        y = _FIRST + row * _ROW
        return [
            Bar(
                css="s1" if is_on else "s2",
                x=self.x(start),
                width=round(self.x(end) - self.x(start), 2),
                y=y,
                text_x=self._text_x(start, end),
                text_y=y + 17,
                label=shift.region if (start, end) == longest else "",
                hours=shift.hours,
                beside=self._beside(start, end),
            )
            for start, end in shown
        ]

    def _beside(self, start: datetime, end: datetime) -> str:
        if self.x(end) - self.x(start) >= _NARROW:
            return ""
        return "left" if self.x(start) > 50 else "right"

    def _text_x(self, start: datetime, end: datetime) -> float:
        return self.x(end) if self._beside(start, end) == "right" else self.x(start)


def _anchor(x: float) -> str:
    if x < 8:
        return "start"
    return "end" if x > 92 else "middle"
