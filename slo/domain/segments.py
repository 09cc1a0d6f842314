"""The explanation of a clock: stretches of open, closed, holiday, paused and exempt time (S15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from contracts.domain.calendar import Calendar
from slo.domain.counting import SECOND

_MICROSECOND = timedelta(microseconds=1)
_BEFORE_CHANGE = "Before the change to a shorter target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Open time that is not counted: a pause (`paused`) or a maintenance window (`exempt`)."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of a clock: `open`, `closed`, `holiday`, `paused` or `exempt`, with its counted seconds."""

    start: datetime
    end: datetime
    kind: str
    seconds: int = 0
    reason: str = ""

    @property
    def length_seconds(self) -> int:
        """How long the stretch is by the wall clock, counted or not."""
        return (self.end - self.start) // timedelta(seconds=1)


def segments_between(
    *, calendar: Calendar, start: datetime, end: datetime, stops: Sequence[Stop], excess: int = 0
) -> list[Segment]:
    """Cover start to end; `excess` is the counted time, in microseconds, that no longer counts."""
    if start >= end:
        return []
    told: list[Segment] = []
    for stretch in calendar.stretches(start, end):
        if stretch.kind == "open":
            told += _cut_at_stops(start=stretch.start, end=stretch.end, stops=stops)
        else:
            reason = (
                "Outside support hours"
                if stretch.kind == "closed"
                else _holiday(calendar, stretch.start, stretch.end)
            )
            told.append(Segment(start=stretch.start, end=stretch.end, kind=stretch.kind, reason=reason))
    return _counted(_without(told, excess))


def _holiday(calendar: Calendar, start: datetime, end: datetime) -> str:
    """Name what a stretch was lost to; two holidays in a row are one stretch of a week without nights."""
    names = dict.fromkeys(name or "Holiday" for name in calendar.holidays_between(start, end))
    return ", ".join(names) or "Holiday"


def _cut_at_stops(*, start: datetime, end: datetime, stops: Sequence[Stop]) -> list[Segment]:
    """Cut an open stretch where it is stopped; where two stops overlap, a window goes before a pause."""
    edges = {start, end}
    for stop in stops:
        edges.update(moment for moment in (stop.starts_at, stop.ends_at) if start < moment < end)
    moments = sorted(edges)
    told: list[Segment] = []
    for since, until in pairwise(moments):
        found = _stop_at(since, stops)
        kind, reason = ("open", "") if found is None else (found.kind, found.reason)
        if told and (told[-1].kind, told[-1].reason) == (kind, reason):
            told[-1] = replace(told[-1], end=until)
        else:
            told.append(Segment(start=since, end=until, kind=kind, reason=reason))
    return told


def _stop_at(at: datetime, stops: Sequence[Stop]) -> Stop | None:
    found = [stop for stop in stops if stop.starts_at <= at < stop.ends_at]
    return min(found, key=lambda stop: (stop.kind != "exempt", stop.starts_at), default=None)


def _without(told: list[Segment], excess: int) -> list[Segment]:
    """Mark the first open time, as much as the excess, as time that no longer counts."""
    result: list[Segment] = []
    for segment in told:
        length = (segment.end - segment.start) // _MICROSECOND
        if segment.kind != "open" or not excess:
            result.append(segment)
        elif length <= excess:
            excess -= length
            result.append(replace(segment, reason=_BEFORE_CHANGE))
        else:
            change = segment.start + timedelta(microseconds=excess)
            excess = 0
            result += [replace(segment, end=change, reason=_BEFORE_CHANGE), replace(segment, start=change)]
    return result


def _counted(told: list[Segment]) -> list[Segment]:
    """Give each open stretch its whole seconds so that their sum is the whole seconds of all of them."""
    passed = 0
    result: list[Segment] = []
    for segment in told:
        if segment.kind != "open" or segment.reason:
            result.append(segment)
            continue
        before = passed // SECOND
        passed += (segment.end - segment.start) // _MICROSECOND
        result.append(replace(segment, seconds=passed // SECOND - before))
    return result
