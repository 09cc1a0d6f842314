"""A line of weeks small enough for a table cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _TOP, _BOTTOM = 96.0, 3.0, 25.0
_LOW, _HIGH = 84.0, 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """The path of the line, the height of the goal, and the last point."""

    path: str
    goal_y: float
    last: Dot | None
    words: str


def spark_of(percents: Sequence[float | None], *, name: str, goal: float = 95.0) -> Spark:
    """Draw percents from 84 to 100, oldest first; no figure leaves a gap, lower ones lie at 84."""
    space = _WIDTH / max(len(percents) - 1, 1)
    dots = [
        None if percent is None else Dot(x=round(index * space, 2), y=_height(percent))
        for index, percent in enumerate(percents)
    ]
    known = [percent for percent in percents if percent is not None]
    words = f"{name}, {round(min(known))} to {round(max(known))} percent" if known else f"{name}, no figures"
    drawn = [dot for dot in dots if dot is not None]
    return Spark(path=_path(dots), goal_y=_height(goal), last=drawn[-1] if drawn else None, words=words)


def _height(percent: float) -> float:
    share = (min(max(percent, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
    return round(_BOTTOM - share * (_BOTTOM - _TOP), 2)


def _path(dots: Sequence[Dot | None]) -> str:
    steps = []
    pen = "M"
    for dot in dots:
        if dot is None:
            pen = "M"
            continue
        steps.append(f"{pen}{dot.x:g} {dot.y:g}")
        pen = "L"
    return " ".join(steps)
