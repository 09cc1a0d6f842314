"""One objective followed through a ticket's timeline, from its start to its last clock (S6 to S12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from contracts.domain.calendar import Calendar
from contracts.domain.plan import ObjectiveRule
from slo.domain.clock import FoldedClock, State
from slo.domain.errors import BadIntervalError, EndlessUpdatesError, UnknownCalendarError
from slo.domain.run import Aim, Run, aim_at
from slo.domain.terms import Promise, Terms
from slo.domain.timeline import Fact, FactKind, Settled, Window

#: More intervals than a ticket can owe in years of silence; beyond, the terms or the moment must be wrong.
MOST_INTERVALS = 50_000

_STARTS = {FactKind.WORK_STARTED.value: (FactKind.WORK_STARTED, FactKind.TIME_LOGGED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What all objectives of a ticket share: terms, calendars, windows, and what was recorded once."""

    terms: Terms
    calendars: Mapping[str, Calendar]
    windows: Sequence[Window]
    settled: Mapping[tuple[str, int], Settled]

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name; raises `UnknownCalendarError` when the contract has none."""
        try:
            return self.calendars[name]
        except KeyError:
            raise UnknownCalendarError(
                f"a promise counts on the calendar {name!r}, which was not given"
            ) from None


class Walk:
    """The clocks of one objective, made while the facts go by in order."""

    def __init__(self, *, rule: ObjectiveRule, scene: Scene) -> None:
        """Before the opening: nothing started, nothing owed."""
        self._rule = rule
        self._scene = scene
        self._objective = rule.objective.value
        self._repeats = self._objective in scene.terms.repeating
        self._pauses = scene.terms.pause_reasons(self._objective)
        self._starts = _STARTS.get(rule.starts_on, (rule.starts_on,))
        self._urgency = self._request_type = self._exempt_reason = self._status = ""
        self._agreed: Fact | None = None
        self._began_at: datetime | None = None
        self._is_over = False
        self._run: Run | None = None
        self._late: int | None = None
        self._ordinal = 0
        self.clocks: list[FoldedClock] = []

    def advance(self, to: datetime, *, includes: bool = False) -> None:
        """Let time pass: note risk and misses before `to` (risk also at it, if included)."""
        while (run := self._run) is not None:
            settled = run.settled
            if settled and settled.met_at and not settled.missed_at and settled.met_at < to:
                self._meet(settled.met_at)
                continue
            missed_at = run.misses_at
            is_missed = missed_at is not None and missed_at < to
            run.note_risk(before=missed_at if is_missed and missed_at else to)
            if includes and run.at_risk_at is None and run.warn_at == to and run.due_at != to:
                run.at_risk_at = to
            if not is_missed or missed_at is None:
                return
            self._miss(run, missed_at)

    def take(self, fact: Fact) -> None:
        """Take one fact; time has been advanced to its moment."""
        change = _CHANGES.get(fact.kind)
        if change is not None:
            change(self, fact)
        if fact.kind in self._starts and self._began_at is None:
            self._began_at = fact.at
            self._begin(fact.at)
        elif fact.kind in self._rule.met_by:
            self._reach(fact.at)
        elif fact.kind in self._rule.ends_on:
            self._end(fact)

    def finish(self, until: datetime) -> list[FoldedClock]:
        """All clocks as they stand at `until`."""
        self.advance(until, includes=True)
        if self._run is not None:
            self._keep(self._run, State.RUNNING, until=until, reason=self._pauses.get(self._status, ""))
        return self.clocks

    def _classify(self, fact: Fact) -> None:
        self._urgency, self._request_type = fact.urgency, fact.request_type
        if fact.kind == FactKind.OPENED:
            self._exempt_reason = fact.exempt_reason
        else:
            self._retarget(fact.at)

    def _change_status(self, fact: Fact) -> None:
        self._status = fact.status
        if self._run is None:
            return
        if fact.status in self._pauses:
            self._run.pause(fact.at, reason=self._pauses[fact.status])
        else:
            self._run.resume(fact.at)

    def _change_cover(self, fact: Fact) -> None:
        reason, self._exempt_reason = self._exempt_reason, fact.exempt_reason
        if fact.kind == FactKind.COVERED:
            self._exempt_reason = ""
            exempt = next((clock for clock in self.clocks if clock.state == State.EXEMPT), None)
            if exempt is not None:
                self.clocks.remove(exempt)
                self._ordinal = exempt.ordinal - 1
                self._begin(fact.at, exempt_since=exempt.started_at, reason=reason)
        elif self._run is not None:
            run, self._run = self._run, None
            self._keep(run, State.EXEMPT, until=fact.at, reason=fact.exempt_reason)

    def _agree(self, fact: Fact) -> None:
        if self._repeats:
            self._agreed = fact if fact.interval_seconds else None
            self._retarget(fact.at)

    def _reopen(self, fact: Fact) -> None:
        if self._repeats and self._is_over and self._began_at is not None:
            self._is_over = False
            self._begin(fact.at)

    def _retarget(self, at: datetime) -> None:
        if self._began_at is None or self._is_over or self._exempt_reason:
            return
        aim = self._aim()
        if self._run is None:
            is_owed = aim is not None and self._late is None and (self._repeats or not self.clocks)
            if is_owed:
                self._begin(at)
        elif aim is None:
            self._drop(at, reason="No target for this classification")
        else:
            self._run.retarget(at, aim)

    def _aim(self) -> Aim | None:
        terms, agreed = self._scene.terms, self._agreed
        promise = terms.promise(
            objective=self._objective, request_type=self._request_type, urgency=self._urgency
        )
        if agreed is not None:
            if agreed.interval_seconds < 0:
                raise BadIntervalError(f"an agreed interval of {agreed.interval_seconds} seconds is none")
            name = promise.calendar if promise else agreed.calendar or "business"
            promise = Promise(calendar=name, seconds=agreed.interval_seconds, commitment=terms.commitment)
        if promise is None:
            return None
        return aim_at(
            promise=promise,
            calendar=self._scene.calendar(promise.calendar),
            urgency=self._urgency,
            request_type=self._request_type,
            at_risk_percent=terms.at_risk_percent,
        )

    def _begin(self, at: datetime, *, exempt_since: datetime | None = None, reason: str = "") -> None:
        aim = self._aim()
        if aim is None or self._is_over:
            return
        self._ordinal += 1
        if self._ordinal > MOST_INTERVALS:
            raise EndlessUpdatesError(
                f"{self._objective}: more than {MOST_INTERVALS} intervals since {self._began_at}"
            )
        if self._exempt_reason:
            self.clocks.append(exempt_clock(
                objective=self._objective, label=self._rule.label, at=at, reason=self._exempt_reason, aim=aim,
                ordinal=self._ordinal,
            ))  # fmt: skip
            return
        settled = self._scene.settled.get((self._objective, self._ordinal))
        run = Run(aim=aim, at=at, ordinal=self._ordinal, windows=self._scene.windows, settled=settled)
        if exempt_since is not None:
            run.exempt_before(at, started_at=exempt_since, reason=reason)
        if self._status in self._pauses:
            run.pause(at, reason=self._pauses[self._status])
        self._run = run

    def _miss(self, run: Run, missed_at: datetime) -> None:
        self._run = None
        self._keep(run, State.MISSED, until=missed_at)
        if self._repeats:
            self._begin(missed_at)
        else:
            self._late = len(self.clocks) - 1

    def _reach(self, at: datetime) -> None:
        """The objective is reached: in time, or late for a clock that is missed already."""
        if self._run is not None:
            self._meet(at)
        elif self._late is not None:
            self.clocks[self._late] = replace(self.clocks[self._late], met_at=at)
            self._late = None
            self._is_over = True
        elif not self._repeats:
            self._is_over = True

    def _meet(self, at: datetime) -> None:
        run, self._run = self._run, None
        if run is None:
            return
        settled = run.settled
        state = State.MISSED if settled and settled.missed_at else State.MET
        met_at = settled.met_at if settled and settled.met_at else at
        self._keep(run, state, until=at, met_at=met_at)
        if self._repeats:
            self._begin(at)
        else:
            self._is_over = True

    def _end(self, fact: Fact) -> None:
        if self._run is not None:
            self._drop(fact.at, reason=fact.reason or "No longer owed: the ticket is solved")
        self._is_over = True

    def _stop(self, fact: Fact) -> None:
        if self._run is not None:
            self._drop(fact.at, reason=fact.reason or fact.kind)
        self._late = None
        self._is_over = True

    def _drop(self, at: datetime, *, reason: str) -> None:
        """Let a running clock go uncounted; one that has only just begun leaves no trace."""
        run, self._run = self._run, None
        if run is None:
            return
        if run.started_at == at and self._repeats and self._ordinal > 1:
            self._ordinal -= 1
            return
        self._keep(run, State.CANCELLED, until=at, reason=reason)

    def _keep(
        self, run: Run, state: State, *, until: datetime, met_at: datetime | None = None, reason: str = ""
    ) -> None:
        clock = run.told(
            state, until=until, objective=self._objective, label=self._rule.label, repeats=self._repeats,
            met_at=met_at, reason=reason,
        )  # fmt: skip
        self.clocks.append(clock)


#: What a fact changes besides starting, meeting or ending the objective, which the plan decides.
_CHANGES: dict[str, Callable[[Walk, Fact], None]] = {
    FactKind.OPENED: Walk._classify,
    FactKind.RECLASSIFIED: Walk._classify,
    FactKind.STATUS: Walk._change_status,
    FactKind.CANCELLED: Walk._stop,
    FactKind.MERGED: Walk._stop,
    FactKind.CLOSED: Walk._stop,
    FactKind.EXEMPTED: Walk._change_cover,
    FactKind.COVERED: Walk._change_cover,
    FactKind.UPDATES_AGREED: Walk._agree,
    FactKind.REOPENED: Walk._reopen,
}


def exempt_clock(
    *, objective: str, label: str, at: datetime, reason: str, aim: Aim | None = None, ordinal: int = 1
) -> FoldedClock:
    """A clock that does not run, with the reason shown (S11)."""
    return FoldedClock(
        objective=objective,
        label=label,
        ordinal=ordinal,
        state=State.EXEMPT,
        commitment=aim.promise.commitment if aim else "best_efforts",
        urgency=aim.urgency if aim else "",
        request_type=aim.request_type if aim else "",
        calendar=aim.promise.calendar if aim else "",
        target_seconds=aim.target_seconds if aim else 0,
        started_at=at.astimezone(UTC),
        reason=reason,
    )
