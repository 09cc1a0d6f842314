"""What the fold gives: clocks, each with its state, its moments and the stretches that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.domain.calendar import Calendar
from slo.domain.counting import SECOND, counted, merged
from slo.domain.segments import Segment, Stop, segments_between

#: Missed is later than due: reaching an objective exactly at due is on time (S2).
JUST_AFTER = timedelta(microseconds=1)


class State(StrEnum):
    """Where a clock stands; a missed clock stays missed when the objective is reached late."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    EXEMPT = "exempt"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedClock:
    """One objective of one ticket, measured up to a moment; all moments are in UTC.

    `look_at` is the next moment at which time alone changes something. `left` is what remains of the
    target in microseconds while it is paused. `met_at` on a missed clock says when it was reached
    late.
    """

    objective: str
    label: str
    ordinal: int
    state: State
    commitment: str
    urgency: str
    request_type: str
    calendar: str
    target_seconds: int
    started_at: datetime
    repeats: bool = False
    due_at: datetime | None = None
    warn_at: datetime | None = None
    at_risk_at: datetime | None = None
    met_at: datetime | None = None
    missed_at: datetime | None = None
    cancelled_at: datetime | None = None
    paused_since: datetime | None = None
    look_at: datetime | None = None
    reason: str = ""
    left: int | None = None
    stops: tuple[Stop, ...] = ()
    timing: Calendar | None = None

    @property
    def is_open(self) -> bool:
        """Whether it runs or is paused."""
        return self.state in (State.RUNNING, State.PAUSED)

    @property
    def ended_at(self) -> datetime | None:
        """When its verdict fell or it stopped counting; None while it is open or exempt."""
        return self.missed_at or self.cancelled_at or self.met_at

    @property
    def is_late_unmet(self) -> bool:
        """Whether the objective was missed once and for all and is still to be reached."""
        return self.state == State.MISSED and self.met_at is None and not self.repeats

    def ends_at(self, *, until: datetime) -> datetime:
        """Up to where the clock is explained: its end, its due time, or `until` while it has none."""
        if self.state == State.MET:
            return self.met_at or until
        if self.state == State.CANCELLED:
            return self.cancelled_at or until
        return max(self.due_at or until, self.started_at)

    def segments(self, *, until: datetime) -> list[Segment]:
        """The stretches from start to due, or to being met, cancelled or `until`, with counted seconds (S15).

        They sum exactly to the target, or to what had elapsed. After a change to a shorter target the time
        that no longer counts stands with zero seconds.
        """
        end = self.ends_at(until=until)
        if self.state == State.EXEMPT or self.timing is None:
            return [Segment(start=self.started_at, end=max(end, until), kind="exempt", reason=self.reason)]
        return segments_between(
            calendar=self.timing, start=self.started_at, end=end, stops=self.stops, excess=self._excess(end)
        )

    def elapsed_seconds(self, *, until: datetime) -> int:
        """Whole counted seconds of the target that are used up at `until`."""
        if self.timing is None or self.state == State.EXEMPT:
            return 0
        end = min(self.ends_at(until=until), max(until, self.started_at))
        passed = counted(self.timing, self.started_at, end, self._holes()) - self._excess(end)
        return min(max(passed, 0) // SECOND, self.target_seconds)

    def _excess(self, end: datetime) -> int:
        """Counted time before the one that makes up the target: what a shorter target no longer counts."""
        if self.timing is None or (self.due_at is None and self.left is None):
            return 0
        holes = self._holes()
        whole = counted(self.timing, self.started_at, self.due_at or end, holes) + (self.left or 0)
        return max(whole - self.target_seconds * SECOND, 0)

    def _holes(self) -> list[tuple[datetime, datetime]]:
        return merged((stop.starts_at, stop.ends_at) for stop in self.stops)
