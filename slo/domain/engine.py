"""The fold: terms, calendars and a ticket's timeline in, clocks with their segments out (S1 to S18).

The same fold serves the live clock, its explanation, the rebuild and the what-if replay (S17). It reads no
clock: `until` is the present.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from contracts.domain.calendar import Calendar
from slo.domain.clock import FoldedClock
from slo.domain.terms import Terms
from slo.domain.timeline import Fact, FactKind, Settled, Window, checked, merged_windows
from slo.domain.walk import Scene, Walk, exempt_clock


def fold(
    terms: Terms,
    calendars: Mapping[str, Calendar],
    facts: Iterable[Fact],
    *,
    until: datetime,
    windows: Iterable[Window] = (),
    settled: Iterable[Settled] = (),
) -> tuple[FoldedClock, ...]:
    """The clocks of one ticket as they stand at `until`, in order of objective and ordinal.

    Facts stand in the order in which they happened, the opening first. `windows` are those announced before
    they began; `settled` is what was recorded of clocks before and stands (S13, S14). Facts later than
    `until` are left out. Raises kinds of `FoldError` for a timeline or terms that make no sense.
    """
    story = [fact for fact in checked(facts) if fact.at <= until or fact.kind == FactKind.OPENED]
    scene = Scene(
        terms=terms,
        calendars=calendars,
        windows=merged_windows(windows),
        settled={(one.objective, one.ordinal): one for one in settled},
    )
    walks = [Walk(rule=rule, scene=scene) for rule in terms.rules]
    until = max(until, story[0].at).astimezone(UTC)
    pending_end: datetime | None = None
    for fact in story:
        at = fact.at.astimezone(UTC)
        if pending_end is not None and pending_end <= at:
            _step(walks, _end_of_agreement(pending_end))
            pending_end = None
        if fact.kind == FactKind.UPDATES_AGREED:
            pending_end = fact.until.astimezone(UTC) if fact.until else None
        _step(walks, replace(fact, at=at) if fact.at.tzinfo is not UTC else fact)
    is_pending = pending_end is not None and pending_end > until
    if pending_end is not None and not is_pending:
        _step(walks, _end_of_agreement(pending_end))
    clocks = [clock for walk in walks for clock in walk.finish(until)]
    if is_pending and pending_end is not None:
        clocks = [_looked_at_by(clock, pending_end) for clock in clocks]
    return tuple(clocks) or _best_endeavours(story[0])


def _step(walks: list[Walk], fact: Fact) -> None:
    for walk in walks:
        walk.advance(fact.at)
        walk.take(fact)


def _end_of_agreement(at: datetime) -> Fact:
    return Fact(kind=FactKind.UPDATES_AGREED, at=at)


def _looked_at_by(clock: FoldedClock, moment: datetime) -> FoldedClock:
    """An open update clock must be looked at again when the agreed interval ends."""
    if not clock.is_open or not clock.repeats:
        return clock
    return replace(clock, look_at=min(clock.look_at or moment, moment))


def _best_endeavours(opened: Fact) -> tuple[FoldedClock, ...]:
    """One exempt clock where the plan promises nothing and the ticket says why, for the reports (S16)."""
    if not opened.exempt_reason:
        return ()
    clock = exempt_clock(
        objective="first_response", label="First response", at=opened.at, reason=opened.exempt_reason
    )
    return (replace(clock, urgency=opened.urgency, request_type=opened.request_type),)
