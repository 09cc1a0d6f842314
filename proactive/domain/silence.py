"""When an announced maintenance window keeps a problem silent, and from when on it is one (P8, S11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Interval = tuple[datetime, datetime]


def first_outside(at: datetime, intervals: Iterable[Interval]) -> datetime:
    """The first moment from `at` on that lies in none of the half-open intervals; they may overlap."""
    moment = at
    for start, end in sorted(intervals):
        if start <= moment < end:
            moment = end
    return moment


def overlapping(intervals: Iterable[tuple[int, datetime, datetime]]) -> dict[int, list[int]]:
    """Which of the named intervals share time with which others; touching ends share none."""
    rows = list(intervals)
    shared = {
        name: [other for other, begins, ends in rows if other != name and begins < end and start < ends]
        for name, start, end in rows
    }
    return {name: others for name, others in shared.items() if others}
