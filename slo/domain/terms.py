"""The terms under which a ticket's clocks run: a plan's promises joined with what one contract adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, ObjectiveRule, PauseRule, Plan, Target
from slo.domain.errors import BadIntervalError, UnknownFactError
from slo.domain.timeline import FactKind

#: Commitment of a resolution threshold, which a contract sets for escalations and no plan promises (E2).
THRESHOLD = "threshold"

_RESOLUTION = ObjectiveRule(
    objective=Objective.RESOLUTION, label="Resolution", starts_on="opened", met_by=("resolved",)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The time allowed for one objective, on a named calendar; business days wait for the calendar itself."""

    calendar: str
    seconds: int | None = None
    business_days: int | None = None
    commitment: str = "objective"

    def seconds_on(self, calendar: Calendar) -> int:
        """The promise in seconds of open time; a business day is one full day of the calendar."""
        if self.business_days is not None:
            return self.business_days * calendar.full_day_seconds()
        if self.seconds is None or self.seconds < 0:
            raise BadIntervalError(f"a target of {self.seconds!r} seconds promises nothing")
        return self.seconds


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What starts, stops and pauses each objective, and how much time it has; all of it from the plan."""

    commitment: str
    at_risk_percent: int = 75
    rules: tuple[ObjectiveRule, ...] = ()
    promises: Mapping[tuple[str, str, str], Promise] = field(default_factory=dict)
    thresholds: Mapping[str, Promise] = field(default_factory=dict)
    repeating: frozenset[str] = frozenset()
    pauses: tuple[PauseRule, ...] = ()
    exempt_channels: frozenset[str] = frozenset()

    def promise(self, *, objective: str, request_type: str, urgency: str) -> Promise | None:
        """The promise for that combination, or None where there is none."""
        found = self.promises.get((objective, request_type, urgency))
        if found is None and objective == Objective.RESOLUTION:
            return self.thresholds.get(urgency)
        return found

    def pause_reasons(self, objective: str) -> Mapping[str, str]:
        """Ticket status to reason, for the states in which that objective stops counting (S9)."""
        return self._pause_reasons.get(objective, {})

    @cached_property
    def _pause_reasons(self) -> dict[str, dict[str, str]]:
        told: dict[str, dict[str, str]] = {}
        for rule in self.pauses:
            for objective in rule.objectives:
                told.setdefault(objective.value, {})[rule.status] = rule.reason
        return told

    def update_calendar(self, *, request_type: str) -> str:
        """The calendar on which agreed intervals count: that of the plan's updates, or `business`."""
        for (objective, kind, _), promise in self.promises.items():
            if objective == Objective.STATUS_UPDATE and kind in ("", request_type):
                return promise.calendar
        return "business"


def terms_of_plan(
    plan: Plan, *, thresholds: Mapping[str, object] | None = None, counted_channels: tuple[str, ...] = ()
) -> Terms:
    """The terms that a plan and a contract make together.

    `thresholds` are the contract's resolution thresholds by urgency, in seconds on the business calendar or
    as `{"seconds", "calendar"}`; `counted_channels` count here although the plan exempts them. Raises kinds
    of `FoldError` for a rule that names an unknown fact or a target that promises nothing.
    """
    limits = {urgency: _threshold(value) for urgency, value in (thresholds or {}).items() if value}
    rules = tuple(_known(rule) for rule in plan.objectives)
    if limits and all(rule.objective != Objective.RESOLUTION for rule in rules):
        rules = (*rules, _RESOLUTION)
    return Terms(
        commitment=plan.commitment.value,
        at_risk_percent=plan.at_risk_percent,
        rules=rules,
        promises={
            (target.objective.value, target.request_type, target.urgency): _promise(target, plan)
            for target in plan.targets
        },
        thresholds=limits,
        repeating=frozenset({Objective.STATUS_UPDATE.value})
        | {target.objective.value for target in plan.targets if target.repeats},
        pauses=plan.pauses,
        exempt_channels=frozenset(plan.exempt_channels) - frozenset(counted_channels),
    )


def _promise(target: Target, plan: Plan) -> Promise:
    amount = target.seconds if target.business_days is None else target.business_days
    if amount is None or amount <= 0:
        raise BadIntervalError(f"{plan.key}: {target.objective} for {target.urgency} promises {amount!r}")
    return Promise(
        calendar=target.calendar,
        seconds=target.seconds,
        business_days=target.business_days,
        commitment=plan.commitment.value,
    )


def _threshold(value: object) -> Promise:
    if isinstance(value, Mapping):
        seconds, calendar = value.get("seconds"), str(value.get("calendar") or "business")
    else:
        seconds, calendar = value, "business"
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        raise BadIntervalError(f"a resolution threshold of {seconds!r} seconds is no limit")
    return Promise(calendar=calendar, seconds=seconds, commitment=THRESHOLD)


def _known(rule: ObjectiveRule) -> ObjectiveRule:
    for name in (rule.starts_on, *rule.met_by, *rule.ends_on):
        if name not in set(FactKind):
            raise UnknownFactError(
                f"{rule.objective}: the plan names the fact {name!r}, which nobody defined"
            )
    return rule
