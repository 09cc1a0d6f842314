"""One clock while it is being measured: when it is due, and what pauses and new targets do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from contracts.domain.calendar import Calendar
from slo.domain.clock import JUST_AFTER, FoldedClock, State
from slo.domain.counting import SECOND, Hole, after_counted, counted, merged
from slo.domain.segments import Stop
from slo.domain.terms import Promise
from slo.domain.timeline import Settled, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a clock is to keep at a moment: the promise, its calendar, and the class of ticket.

    `target_seconds` is the promise in open time of the calendar, `target` the same in microseconds.
    """

    promise: Promise
    calendar: Calendar
    urgency: str
    request_type: str
    at_risk_percent: int
    target_seconds: int
    target: int


@lru_cache(maxsize=4096)
def aim_at(
    *, promise: Promise, calendar: Calendar, urgency: str, request_type: str, at_risk_percent: int
) -> Aim:
    """The aim of that promise on that calendar, worked out once for all tickets that share it."""
    seconds = promise.seconds_on(calendar)
    return Aim(
        promise=promise,
        calendar=calendar,
        urgency=urgency,
        request_type=request_type,
        at_risk_percent=at_risk_percent,
        target_seconds=seconds,
        target=seconds * SECOND,
    )


class Run:
    """One clock being measured; every method takes the moment, and moments never step back."""

    __slots__ = (
        "_aim", "_pause_reason", "at_risk_at", "due_at", "left", "ordinal", "paused_since",
        "settled", "started_at", "stops", "warn_at", "windows",
    )  # fmt: skip

    def __init__(
        self, *, aim: Aim, at: datetime, ordinal: int, windows: Sequence[Window], settled: Settled | None
    ) -> None:
        """Start to count at that moment; what was recorded of the clock goes first."""
        self._aim = aim
        self.started_at = at
        self.ordinal = ordinal
        ahead = [window for window in windows if window.ends_at > at] if windows else []
        self.windows = [(window.starts_at, window.ends_at) for window in ahead]
        self.stops = [_stop_of(window) for window in ahead]
        self.settled = settled
        self.at_risk_at = settled.at_risk_at if settled else None
        self.paused_since: datetime | None = None
        self._pause_reason = ""
        self.left: int | None = None
        self.due_at: datetime | None = None
        self.warn_at: datetime | None = None
        self._head_for(at=at, left=aim.target)

    def exempt_before(self, at: datetime, *, started_at: datetime, reason: str) -> None:
        """Show the time since the opening, in which the ticket was not covered, as exempt."""
        self.started_at = started_at
        self.stops.insert(0, Stop(starts_at=started_at, ends_at=at, kind="exempt", reason=reason))

    @property
    def misses_at(self) -> datetime | None:
        """The moment after which the clock is missed; None while it is paused, or was recorded as met."""
        if self.settled and (self.settled.missed_at or self.settled.met_at):
            return self.settled.missed_at
        return self.due_at

    def note_risk(self, *, before: datetime) -> None:
        """Note when the clock came to be at risk, if that was before the given moment (S13)."""
        if self.at_risk_at is None and self.warn_at is not None and self.warn_at < before:
            self.at_risk_at = self.warn_at

    def pause(self, at: datetime, *, reason: str) -> None:
        """Stop counting; pausing twice is pausing once, and a clock that has run out runs out (S9, S3)."""
        if self.paused_since is not None or self.due_at is None or at >= self.due_at:
            return
        self.left = counted(self._aim.calendar, at, self.due_at, self.windows)
        self.paused_since, self._pause_reason = at, reason
        self.due_at = self.warn_at = None

    def resume(self, at: datetime) -> None:
        """Go on counting with what was left (S9)."""
        if self.paused_since is None or self.left is None:
            return
        self._keep_pause(at)
        left, self.left, self.paused_since = self.left, None, None
        self._head_for(at=at, left=left)

    def retarget(self, at: datetime, aim: Aim) -> None:
        """Take up another target; nobody's clock is made late by the change itself (S10).

        A target that ends later than the present one counts from the start; one that would end earlier counts
        from the change, but never beyond the present due time.
        """
        left = self.left if self.left is not None else 0
        before = self.due_at or after_counted(self._aim.calendar, at, left, self.windows)
        pauses = [(stop.starts_at, stop.ends_at) for stop in self.stops]
        if self.paused_since is not None:
            pauses.append((self.paused_since, at))
        due_at = after_counted(aim.calendar, self.started_at, aim.target, merged(pauses))
        if due_at < before:
            due_at = min(before, after_counted(aim.calendar, at, aim.target, self.windows))
        self._aim = aim
        left = counted(aim.calendar, at, due_at, self.windows)
        if self.paused_since is not None:
            self.left = left
        else:
            self._head_for(at=at, left=left, due_at=due_at)

    def told(
        self,
        state: State,
        *,
        until: datetime,
        objective: str,
        label: str,
        repeats: bool,
        met_at: datetime | None = None,
        reason: str = "",
    ) -> FoldedClock:
        """The clock as it stands; `until` is its end, or the present while it runs or is paused."""
        if state == State.RUNNING and self.paused_since is not None:
            state = State.PAUSED
        if self.paused_since is not None:
            self._keep_pause(until)
        settled = self.settled
        is_missed = state == State.MISSED
        due_at = settled.due_at if settled and settled.due_at else self.due_at
        return FoldedClock(
            objective=objective, label=label, ordinal=self.ordinal, state=state, repeats=repeats,
            commitment=self._aim.promise.commitment, urgency=self._aim.urgency,
            request_type=self._aim.request_type, calendar=self._aim.promise.calendar,
            target_seconds=self._aim.target_seconds, started_at=self.started_at, due_at=due_at,
            warn_at=self.warn_at, at_risk_at=self.at_risk_at, met_at=met_at,
            missed_at=self.misses_at if is_missed else None,
            cancelled_at=until if state == State.CANCELLED else None, paused_since=self.paused_since,
            look_at=self._look_at() if state == State.RUNNING else None, reason=reason, left=self.left,
            stops=tuple(self.stops), timing=self._aim.calendar,
        )  # fmt: skip

    def _look_at(self) -> datetime | None:
        if self.due_at is None:
            return None
        if self.at_risk_at is None and self.warn_at is not None and self.warn_at < self.due_at:
            return self.warn_at
        return self.due_at + JUST_AFTER

    def _head_for(self, *, at: datetime, left: int, due_at: datetime | None = None) -> None:
        calendar = self._aim.calendar
        self.due_at = due_at or after_counted(calendar, at, left, self.windows)
        target = self._aim.target
        early = left - (target - target * self._aim.at_risk_percent // 100)
        self.warn_at = after_counted(calendar, at, early, self.windows) if early > 0 else at

    def _keep_pause(self, at: datetime) -> None:
        if self.paused_since is not None and self.paused_since < at:
            stop = Stop(starts_at=self.paused_since, ends_at=at, kind="paused", reason=self._pause_reason)
            self.stops.append(stop)


def _stop_of(window: Window) -> Stop:
    return Stop(starts_at=window.starts_at, ends_at=window.ends_at, kind="exempt", reason=window.reason)


__all__ = ["Aim", "Hole", "Run", "aim_at"]
