"""Hours left over a month: so far, at an even pace, and at this pace, with the range of the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.wording.amounts import hmm

_TOP, _BASE, _RIGHT = 22.0, 258.0, 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Height:
    """A line across: its place in pixels and the hours it stands for."""

    y: float
    text_y: float
    words: str
    is_base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point with words: x in percent, y in pixels; `shift` moves the words off the point."""

    x: float
    y: float = 0.0
    words: str = ""
    text_y: float = 0.0
    anchor: str = "middle"
    shift: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnDown:
    """Everything the template draws; paths are in percent across and pixels down."""

    id: str
    title: str
    words: str
    line: str
    area: str
    even: str
    ahead: str
    band: str
    heights: tuple[Height, ...]
    days: tuple[Mark, ...]
    left: Mark
    empty: Mark | None


def burn_down(
    *,
    element_id: str,
    title: str,
    first: date,
    last: date,
    granted: int,
    left_by_day: Sequence[tuple[date, int]],
    empty_on: date | None = None,
    between: tuple[date | None, date | None] | None = None,
) -> BurnDown:
    """Draw the minutes left at the end of each day since `first`; `empty_on` is the forecast day without any.

    A forecast after `last` is not drawn: the month ends before the hours do. `between` are the earliest and
    the latest day of the forecast (None: never); its band is cut off where the chart ends.
    """
    scale = _Scale(first=first, days=(last - first).days + 1, granted=granted)
    points = [(0.0, _TOP), *((scale.x(day), scale.y(left)) for day, left in left_by_day)]
    here_x, here_y = points[-1]
    left = left_by_day[-1][1] if left_by_day else granted
    is_empty_in_time = empty_on is not None and first <= empty_on <= last and left > 0
    empty = _empty_mark(scale.x(empty_on), empty_on) if empty_on is not None and is_empty_in_time else None
    line = _path(points)
    ends = tuple(scale.x(day) if day else None for day in between) if between and left > 0 else ()
    return BurnDown(
        id=element_id,
        title=title,
        words=_sentence(granted, left, left_by_day, empty_on if empty else None),
        line=line,
        area=f"{line} L{here_x:g} {_BASE:g} L0 {_BASE:g} Z",
        even=_path([(0.0, _TOP), (100.0, _BASE)]),
        ahead=_path([(here_x, here_y), (empty.x, _BASE)]) if empty else "",
        band=_band((here_x, here_y), *ends) if len(ends) == 2 else "",
        heights=scale.heights(),
        days=scale.day_marks(),
        left=_left_mark(here_x, here_y, f"{hmm(left)} left"),
        empty=empty,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: date
    days: int
    granted: int

    def x(self, day: date) -> float:
        """The end of a day, in percent of the month."""
        return round(100 * ((day - self.first).days + 1) / self.days, 2)

    def y(self, minutes: int) -> float:
        """Minutes left, in pixels from above; below nothing is nothing."""
        share = min(max(minutes / self.granted, 0.0), 1.0) if self.granted > 0 else 0.0
        return round(_BASE - share * (_BASE - _TOP), 2)

    def heights(self) -> tuple[Height, ...]:
        """Four lines at about the quarters of what was granted, in quarter hours, and the base."""
        lines = []
        for quarter in (4, 3, 2, 1, 0):
            minutes = self.granted * quarter // 4
            minutes -= minutes % 15 if quarter < 4 else 0
            y = self.y(minutes) if self.granted > 0 else _BASE - quarter * (_BASE - _TOP) / 4
            words = _hours(minutes)
            lines.append(Height(y=y, text_y=y - 5, words=words, is_base=quarter == 0))
        return tuple(lines)

    def day_marks(self) -> tuple[Mark, ...]:
        """Every seventh day by name."""
        days = (date.fromordinal(self.first.toordinal() + offset) for offset in range(0, self.days, 7))
        return tuple(Mark(x=self.x(day), words=f"{day.day} {day:%b}") for day in days)


def _hours(minutes: int) -> str:
    return hmm(minutes) if minutes % 60 else f"{minutes // 60} h"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if index else 'M'}{x:g} {y:g}" for index, (x, y) in enumerate(points))


def _band(here: tuple[float, float], early: float | None, late: float | None) -> str:
    """The wedge from now to where the hours may end at the earliest and the latest, within the chart."""
    if early is None or early >= _RIGHT:
        return ""
    corners = [here, (max(early, here[0]), _BASE)]
    if late is None:
        corners += [(_RIGHT, _BASE), (_RIGHT, here[1])]
    elif late > _RIGHT:
        share = (_RIGHT - here[0]) / (late - here[0])
        corners += [(_RIGHT, _BASE), (_RIGHT, round(here[1] + share * (_BASE - here[1]), 2))]
    else:
        corners.append((max(late, here[0]), _BASE))
    return f"{_path(corners)} Z"


def _left_mark(x: float, y: float, words: str) -> Mark:
    is_early = x < 25
    return Mark(
        x=x,
        y=y,
        words=words,
        text_y=round(min(y + 16, _BASE - 8), 2),
        anchor="start" if is_early else "end",
        shift=8 if is_early else -8,
    )


def _empty_mark(x: float, day: date) -> Mark:
    is_late = x > 70
    return Mark(
        x=x,
        y=_BASE,
        words=f"empty {day:%a} {day.day}",
        text_y=_BASE - 10,
        anchor="end" if is_late else "start",
        shift=-8 if is_late else 8,
    )


def _sentence(granted: int, left: int, by_day: Sequence[tuple[date, int]], empty_on: date | None) -> str:
    words = f"From {hmm(granted)} to {hmm(left)}"
    if by_day:
        words += f" on {by_day[-1][0].day} {by_day[-1][0]:%B}"
    if empty_on is not None:
        words += f". At this pace nothing is left on {empty_on:%A} {empty_on.day} {empty_on:%B}"
    return f"{words}. The table below has every day."
