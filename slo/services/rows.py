"""From folded clocks to rows: what changed, which verdicts are new, and what must be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slo.domain.clock import FoldedClock, State
from slo.domain.timeline import Settled
from slo.models import Clock, DueChange, Verdict, VerdictKind
from slo.queries.terms import Standing
from slo.services.reading import Reading, Subject

#: States whose row stays as it is, whatever plans and calendars say later (S14).
SETTLED_STATES = (State.MET, State.MISSED)

#: What a settled clock says of itself; the rest are the terms that held when it was settled.
SETTLED_COLUMNS = (
    "state", "started_at", "due_at", "at_risk_at", "met_at", "missed_at", "cancelled_at", "paused_since",
    "check_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict that was not recorded before, on the row that it belongs to."""

    clock: Clock
    kind: VerdictKind
    at: datetime
    is_late: bool = False
    is_overtaken: bool = False


@dataclass(slots=True)
class Changes:
    """Everything that a projection is about to write; `columns` are those that differ in any known row."""

    rows: list[Clock] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    said: list[tuple[Subject, Said]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    due_changes: list[DueChange] = field(default_factory=list)
    next_due: dict[int, tuple[datetime | None, bool]] = field(default_factory=dict)

    def verdicts(self, *, at: datetime) -> list[Verdict]:
        """The verdict rows of what is said; reaching a missed objective late is no second verdict."""
        return [
            Verdict(
                client_id=subject.client_id, clock_id=one.clock.pk, kind=one.kind, at=one.at,
                due_at=one.clock.due_at, recorded_at=at,
            )
            for subject, one in self.said
            if not one.is_late
        ]  # fmt: skip


def note_changes(
    changes: Changes,
    reading: Reading,
    folded: Sequence[FoldedClock],
    *,
    at: datetime,
    reason: str = "",
    is_repair: bool = False,
) -> None:
    """Compare a ticket's folded clocks with its rows and note what is to be written.

    Settled rows stay as they are, save that a missed objective may be reached late; a repair puts them back
    to what was recorded of them.
    """
    subject, seen = reading.subject, []
    for clock in folded:
        place = (clock.objective, clock.ordinal)
        row = reading.rows.get(place)
        if row is not None and not is_repair and _stands(row, clock):
            seen.append(row)
            continue
        values = columns(clock, subject=subject, standing=reading.standing)
        if row is None:
            row = _new_row(clock, subject, values)
            changes.rows.append(row)
        else:
            before = row.due_at
            if differing := _take(row, values, is_repair=is_repair):
                changes.rows.append(row)
                changes.columns |= differing
            if before != row.due_at and row.is_open:
                changes.due_changes.append(_due_change(row, before, at=at, reason=reason))
        seen.append(row)
        known = reading.story.settled.get(place)
        changes.said += [(subject, one) for one in _new_verdicts(row, clock, known)]
    _note_gone(changes, reading.rows, seen, at)
    _note_next_due(changes, subject, seen, at)


def _new_row(clock: FoldedClock, subject: Subject, values: Mapping[str, Any]) -> Clock:
    return Clock(
        client_id=subject.client_id,
        ticket_id=subject.ticket_id,
        objective=clock.objective,
        ordinal=clock.ordinal,
        **values,
    )


def _due_change(row: Clock, before: datetime | None, *, at: datetime, reason: str) -> DueChange:
    return DueChange(
        client_id=row.client_id, clock_id=row.pk, at=at, before=before, after=row.due_at, reason=reason[:300]
    )


def columns(clock: FoldedClock, *, subject: Subject, standing: Standing) -> dict[str, Any]:
    """The columns of a clock's row."""
    zone = ZoneInfo(standing.zone)
    return {
        "contract_id": subject.contract_id,
        "label": clock.label,
        "repeats": clock.repeats,
        "state": clock.state.value,
        "commitment": clock.commitment,
        "plan": standing.plan.key,
        "urgency": clock.urgency,
        "rank": standing.rank(clock.urgency),
        "request_type": clock.request_type,
        "calendar": clock.calendar,
        "calendar_digest": standing.digests.get(clock.calendar, ""),
        "target_seconds": clock.target_seconds,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "due_on": (clock.due_at or clock.started_at).astimezone(zone).date(),
        "warn_at": clock.warn_at,
        "at_risk_at": clock.at_risk_at,
        "met_at": clock.met_at,
        "missed_at": clock.missed_at,
        "cancelled_at": clock.cancelled_at,
        "paused_since": clock.paused_since,
        "reason": clock.reason[:300],
        "check_at": clock.look_at,
    }


def _stands(row: Clock, clock: FoldedClock) -> bool:
    """Whether the row is settled, and not of a missed clock whose objective was reached at last."""
    is_reached_late = row.state == State.MISSED and row.met_at is None and clock.met_at is not None
    return row.state in SETTLED_STATES and not is_reached_late


def _take(row: Clock, values: Mapping[str, Any], *, is_repair: bool) -> set[str]:
    """Take over what differs; gives the names of the columns that do."""
    if is_repair and values["state"] in SETTLED_STATES:
        values = {name: values[name] for name in SETTLED_COLUMNS}
    elif not is_repair and row.state == State.MISSED:
        values = {"met_at": values["met_at"]}
    elif row.state == values["state"] == State.CANCELLED and row.started_at == values["started_at"]:
        return set()
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return set(changed)


def _new_verdicts(row: Clock, clock: FoldedClock, known: Settled | None) -> list[Said]:
    """What is to be said now and was not recorded before; a late reaching is said, but is no verdict."""
    told: list[Said] = []
    if clock.at_risk_at and not (known and known.at_risk_at):
        is_overtaken = not clock.is_open
        told.append(Said(clock=row, kind=VerdictKind.AT_RISK, at=clock.at_risk_at, is_overtaken=is_overtaken))
    if clock.missed_at and not (known and known.missed_at):
        told.append(Said(clock=row, kind=VerdictKind.MISSED, at=clock.missed_at))
    if clock.met_at and not (known and known.met_at):
        is_late = clock.state == State.MISSED
        told.append(Said(clock=row, kind=VerdictKind.MET, at=clock.met_at, is_late=is_late))
    return told


def _note_gone(
    changes: Changes, rows: Mapping[tuple[str, int], Clock], seen: Sequence[Clock], at: datetime
) -> None:
    """Open clocks that the fold does not know: begun and over at one moment, or not promised any more."""
    kept = {(row.objective, row.ordinal) for row in seen}
    for row in [row for place, row in rows.items() if place not in kept and row.is_open]:
        if row.repeats and row.started_at >= at:
            changes.empty.append(row.pk)
            continue
        row.state, row.cancelled_at, row.check_at = State.CANCELLED.value, at, None
        row.paused_since, row.reason = None, "No longer promised"
        changes.rows.append(row)
        changes.columns |= {"state", "cancelled_at", "check_at", "paused_since", "reason"}


def _note_next_due(changes: Changes, subject: Subject, rows: Sequence[Clock], at: datetime) -> None:
    """The next due moment of the ticket: of its running clocks, or of one missed and still to be reached."""
    waiting = [row for row in rows if row.state == State.RUNNING or row.is_late_unmet]
    next_due_at = min((row.due_at for row in waiting if row.due_at), default=None)
    at_risk = any(row.state == State.MISSED or (row.warn_at and row.warn_at <= at) for row in waiting)
    if (next_due_at, at_risk) != (subject.next_due_at, subject.at_risk):
        changes.next_due[subject.ticket_id] = (next_due_at, at_risk)
