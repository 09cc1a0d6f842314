"""Counted time: the open time of a calendar without the stops, exact to the microsecond.

Calendars count whole seconds; tickets are opened between them. Openings lie on whole seconds, so the parts of
a second at both ends can be told apart exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from contracts.domain.calendar import Calendar

SECOND = 1_000_000
Hole = tuple[datetime, datetime]


def open_microseconds(calendar: Calendar, start: datetime, end: datetime) -> int:
    """The open time from start to end in microseconds; both are in UTC and in order."""
    if not start.microsecond and not end.microsecond:
        return calendar.elapsed(start, end) * SECOND
    first, last = start.replace(microsecond=0), end.replace(microsecond=0)
    passed = calendar.elapsed(first, last) * SECOND
    if start.microsecond and calendar.is_open(first):
        passed -= start.microsecond
    if end.microsecond and calendar.is_open(last):
        passed += end.microsecond
    return passed


def after_open(calendar: Calendar, start: datetime, amount: int) -> datetime:
    """The earliest moment by which that many open microseconds have passed since start (S3)."""
    whole, rest = divmod(amount, SECOND)
    at = calendar.add(start, whole) if whole else start
    while rest:
        at = calendar.next_open(at)
        step = min(rest, SECOND - at.microsecond)
        at += timedelta(microseconds=step)
        rest -= step
    return at


def merged(holes: Iterable[Hole]) -> list[Hole]:
    """Stretches in order, overlapping ones as one."""
    told: list[Hole] = []
    for begins, ends in sorted(holes):
        if told and begins <= told[-1][1]:
            told[-1] = (told[-1][0], max(told[-1][1], ends))
        else:
            told.append((begins, ends))
    return told


def counted(calendar: Calendar, start: datetime, end: datetime, holes: Sequence[Hole]) -> int:
    """Open microseconds from start to end outside the holes, which are in order and apart."""
    if start >= end:
        return 0
    passed = open_microseconds(calendar, start, end)
    for begins, ends in holes:
        since, until = max(begins, start), min(ends, end)
        if since < until:
            passed -= open_microseconds(calendar, since, until)
    return passed


def after_counted(calendar: Calendar, start: datetime, amount: int, holes: Sequence[Hole]) -> datetime:
    """The earliest moment by which that many microseconds were counted since start."""
    at = start
    for begins, ends in holes:
        if ends <= at or not amount:
            continue
        if begins > at:
            free = open_microseconds(calendar, at, begins)
            if free >= amount:
                break
            amount -= free
        at = ends
    return after_open(calendar, at, amount)
