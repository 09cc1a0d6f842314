"""Writing a batch of changes: clocks, verdicts, events and next due moments, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from events.domain.actor import SYSTEM
from events.fail_points import crash_here
from events.services import record_many
from events.statements import update_rows
from slo.events import ClockAtRisk, ClockEvent, ClockMet, ClockMissed
from slo.models import Clock, DueChange, Verdict, VerdictKind
from slo.services.reading import Subject
from slo.services.rows import Changes, Said
from tickets.services import note_next_due

_BATCH = 500


def write(changes: Changes, *, at: datetime) -> None:
    """Write everything; verdicts stand by constraint, and their events are recorded with them (S13).

    Runs in the caller's transaction, which holds the locks of the tickets: whoever comes second reads what
    was recorded and says nothing again. The next due moments go before the events: reactions find them.
    """
    if changes.rows:
        _store(changes.rows, columns=sorted(changes.columns))
        crash_here("clocks_written")
    if changes.empty:
        Clock.objects.filter(id__in=changes.empty).delete()
    if changes.due_changes:
        DueChange.objects.bulk_create(changes.due_changes, batch_size=_BATCH)
    if changes.next_due:
        note_next_due(due=changes.next_due)
    if changes.said:
        Verdict.objects.bulk_create(changes.verdicts(at=at), batch_size=_BATCH)
        crash_here("verdicts_written")
        record_many([event_of(subject, said) for subject, said in changes.said], at=at, actor=SYSTEM)
        crash_here("verdicts_said")


def event_of(subject: Subject, said: Said) -> ClockEvent:
    """The event that says it."""
    clock = said.clock
    facts: dict[str, Any] = {
        "client_id": subject.client_id,
        "subject_id": subject.ticket_id,
        "key": subject.key,
        "objective": clock.objective,
        "ordinal": clock.ordinal,
        "label": clock.label,
        "commitment": clock.commitment,
        "urgency": clock.urgency,
        "rank": clock.rank,
        "request_type": clock.request_type,
        "target_seconds": clock.target_seconds,
        "due_at": clock.due_at.isoformat() if clock.due_at else None,
        "calendar_digest": clock.calendar_digest,
    }
    moment = said.at.isoformat()
    if said.kind == VerdictKind.AT_RISK:
        return ClockAtRisk(**facts, at_risk_at=moment, overtaken=said.is_overtaken)
    if said.kind == VerdictKind.MISSED:
        return ClockMissed(**facts, missed_at=moment, repeats=clock.repeats)
    return ClockMet(**facts, met_at=moment, late=said.is_late)


def _store(rows: Sequence[Clock], *, columns: Sequence[str]) -> None:
    """Insert the new clocks with one statement, and with another write what differs in the known ones."""
    new, known = [row for row in rows if row._state.adding], [row for row in rows if not row._state.adding]
    if new:
        Clock.objects.bulk_create(new, batch_size=_BATCH)
    if known:
        values = ((row.pk, *(getattr(row, name) for name in columns)) for row in known)
        update_rows(Clock, columns=columns, rows=values)
