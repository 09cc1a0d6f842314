"""The same history under other terms: urgencies and request types translated, verdicts compared (S17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.domain.plan import Commitment, Plan
from slo.domain.clock import FoldedClock, State
from slo.domain.terms import Terms
from slo.domain.timeline import Fact, FactKind

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """How the words of one plan read in another: urgencies by rank, request types by code, else by kind."""

    urgencies: dict[str, str]
    request_types: dict[str, str]

    def facts(self, facts: Iterable[Fact], *, exempt_reason: str) -> list[Fact]:
        """The facts in the other plan's words; the opening is exempt for the reason given, or counts."""
        told = []
        for fact in facts:
            if fact.kind == FactKind.OPENED:
                told.append(self._in_words(fact, exempt_reason=exempt_reason))
            elif fact.kind == FactKind.RECLASSIFIED:
                told.append(self._in_words(fact, exempt_reason=fact.exempt_reason))
            elif fact.kind not in (FactKind.EXEMPTED, FactKind.COVERED):
                told.append(fact)
        return told

    def _in_words(self, fact: Fact, *, exempt_reason: str) -> Fact:
        urgency = self.urgencies.get(fact.urgency, fact.urgency)
        request_type = self.request_types.get(fact.request_type, fact.request_type)
        if (urgency, request_type, exempt_reason) == (fact.urgency, fact.request_type, fact.exempt_reason):
            return fact
        return replace(fact, urgency=urgency, request_type=request_type, exempt_reason=exempt_reason)


def translation(before: Plan, after: Plan) -> Translation:
    """How to read a ticket of one plan under another.

    A request type that the other plan lacks becomes its first incident or its first request, as it was one.
    """
    by_rank = {urgency.rank: urgency.code for urgency in after.urgencies}
    codes = {kind.code for kind in after.request_types}
    kinds = {}
    for kind in before.request_types:
        alike = [other.code for other in after.request_types if other.is_incident == kind.is_incident]
        first = (alike or [other.code for other in after.request_types])[0]
        kinds[kind.code] = kind.code if kind.code in codes else first
    return Translation(
        urgencies={urgency.code: by_rank.get(urgency.rank, urgency.code) for urgency in before.urgencies},
        request_types=kinds,
    )


def exemption(terms: Terms, *, channel: str) -> str:
    """Why a ticket of that channel would carry no service level; empty when it would (S11)."""
    if terms.commitment == Commitment.BEST_EFFORTS:
        return "Best endeavours"
    return "Alternate channel" if channel in terms.exempt_channels else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one clock ended, or stands: its state, its due time, and by how many minutes it was late."""

    state: str
    due_at: datetime | None
    late_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A clock that would have stood otherwise; None where there would be none, or was none."""

    ticket: str
    objective: str
    ordinal: int
    before: Outcome | None
    after: Outcome | None


def outcome(clock: FoldedClock, *, until: datetime) -> Outcome:
    """How a clock stands; lateness of one that is still to be reached is counted up to `until`."""
    late = 0
    if clock.state == State.MISSED and clock.missed_at is not None:
        late = ((clock.met_at or (clock.missed_at if clock.repeats else until)) - clock.missed_at) // _MINUTE
    return Outcome(state=clock.state.value, due_at=clock.due_at, late_minutes=late)


def differences(
    *, ticket: str, before: Sequence[FoldedClock], after: Sequence[FoldedClock], until: datetime
) -> list[Difference]:
    """The clocks of a ticket whose verdict, due time or lateness differs, by objective and ordinal."""
    old = {(clock.objective, clock.ordinal): outcome(clock, until=until) for clock in before}
    new = {(clock.objective, clock.ordinal): outcome(clock, until=until) for clock in after}
    return [
        Difference(
            ticket=ticket, objective=place[0], ordinal=place[1], before=old.get(place), after=new.get(place)
        )
        for place in sorted(old.keys() | new.keys())
        if old.get(place) != new.get(place)
    ]
