"""Percents by month against a goal; a point below the goal is hollow and its number bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LEFT, _RIGHT = 7.0, 93.0
_TOP, _BASE = 22.0, 100.0
_ABOVE, _BELOW = 9.0, 18.0
_LOWEST_FOR_BELOW = 88.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One month: x in percent, y in pixels (None without a figure), its number and its name."""

    x: float
    y: float | None
    text_y: float
    words: str
    label: str
    is_below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """What the template draws; `words` carry the same figures."""

    id: str
    words: str
    goal_y: float
    path: str
    points: tuple[Point, ...]


def line_chart(
    figures: Sequence[tuple[str, float | None]],
    *,
    element_id: str,
    name: str,
    goal: float = 95.0,
    low: float = 80.0,
) -> LineChart:
    """Draw figures as pairs of a label and a percent; the axis starts at `low`, lower figures lie on it."""
    heights = [None if percent is None else _height(percent, low) for _, percent in figures]
    space = (_RIGHT - _LEFT) / max(len(figures) - 1, 1)
    points = tuple(
        Point(
            x=round(_LEFT + index * space, 2),
            y=heights[index],
            text_y=_text_height(heights, index),
            words="–" if percent is None else f"{round(percent, 1):g}",
            label=label,
            is_below=percent is not None and percent < goal,
        )
        for index, (label, percent) in enumerate(figures)
    )
    drawn = [point for point in points if point.y is not None]
    return LineChart(
        id=element_id,
        words=f"{name}: {', '.join(_said(*figure) for figure in figures)}. Goal {goal:g} %.",
        goal_y=_height(goal, low),
        path=" ".join(f"{'L' if index else 'M'}{point.x:g} {point.y:g}" for index, point in enumerate(drawn)),
        points=points,
    )


def _said(label: str, percent: float | None) -> str:
    return f"{label} no figure" if percent is None else f"{label} {percent:.1f} %"


def _height(percent: float, low: float) -> float:
    share = (min(max(percent, low), 100.0) - low) / (100.0 - low)
    return round(_BASE - share * (_BASE - _TOP), 2)


def _text_height(heights: Sequence[float | None], index: int) -> float:
    """Above the point; below it in a valley, where the line would run through the number."""
    here = heights[index]
    if here is None:
        return _BASE - _ABOVE
    beside = [
        height for height in (*heights[max(index - 1, 0) : index], *heights[index + 1 : index + 2]) if height
    ]
    is_valley = len(beside) == 2 and all(height < here for height in beside)
    return round(here + _BELOW if is_valley and here <= _LOWEST_FOR_BELOW else here - _ABOVE, 2)
