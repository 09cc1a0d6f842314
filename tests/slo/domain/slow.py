"""A slow clock: counts minute by minute, with none of the fold's arithmetic, so that both can be compared."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from contracts.domain.calendar import Calendar
from slo.domain.timeline import Fact, Window

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class SlowClock:
    """One clock: what it has used and has left, in minutes."""

    started_at: datetime
    left: int
    used: int = 0
    state: str = "running"
    ended_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(slots=True)
class Slow:
    """Steps through time and facts for one objective; targets are minutes by urgency."""

    calendar: Calendar
    targets: dict[str, int | None]
    repeats: bool
    pauses: bool
    windows: list[Window]
    clocks: list[SlowClock] = field(default_factory=list)
    urgency: str = ""
    is_paused: bool = False
    is_over: bool = False

    def walk(self, facts: list[Fact], until: datetime) -> list[SlowClock]:
        """The clocks at `until`; facts lie on whole minutes."""
        at = facts[0].at
        waiting = list(facts)
        while True:
            while waiting and waiting[0].at == at:
                self._take(waiting.pop(0))
            if at >= until:
                return self.clocks
            self._pass_minute(at)
            at += MINUTE

    @property
    def _current(self) -> SlowClock | None:
        found = self.clocks[-1] if self.clocks else None
        return found if found and found.state == "running" else None

    def _begin(self, at: datetime) -> None:
        target = self.targets[self.urgency]
        if target is not None and not self.is_over:
            self.clocks.append(SlowClock(started_at=at, left=target))

    def _pass_minute(self, at: datetime) -> None:
        one = self._current
        if one is not None and one.left == 0:
            one.state, one.ended_at = "missed", one.due_at
            if self.repeats:
                self._begin(one.due_at or at)
                one = self._current
        is_off = any(window.starts_at <= at < window.ends_at for window in self.windows)
        if one is None or one.left == 0 or self.is_paused or is_off or not self.calendar.is_open(at):
            return
        one.left -= 1
        one.used += 1
        if one.left == 0:
            one.due_at = at + MINUTE

    def _take(self, fact: Fact) -> None:
        one = self._current
        if fact.kind in ("opened", "reclassified"):
            self._classify(fact, one)
        elif fact.kind == "status":
            self.is_paused = self.pauses and fact.status == "waiting_on_client"
        elif fact.kind == "cancelled":
            self._stop(fact, one)
        elif fact.kind == "public_staff_message" and not self.is_over:
            if one is not None:
                one.state, one.ended_at = "met", fact.at
            if self.repeats and one is not None:
                self._begin(fact.at)
            elif not self.repeats:
                self.is_over = True

    def _stop(self, fact: Fact, one: SlowClock | None) -> None:
        self.is_over = True
        if one is not None and one.started_at == fact.at and self.repeats and len(self.clocks) > 1:
            self.clocks.pop()
        elif one is not None:
            one.state, one.ended_at = "cancelled", fact.at

    def _classify(self, fact: Fact, one: SlowClock | None) -> None:
        self.urgency = fact.urgency
        target = self.targets[fact.urgency]
        if fact.kind == "opened" or (one is None and not self.is_over and (self.repeats or not self.clocks)):
            self._begin(fact.at)
        elif one is not None and target is not None:
            longer = target - one.used
            one.left = longer if longer >= one.left else min(one.left, target)
            one.due_at = fact.at if one.left == 0 else None
