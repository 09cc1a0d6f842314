"""Projecting tickets: read the facts, fold them, write what changed; clocks come about in no other way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import structlog
from django.db import transaction

from events.models import Record
from slo.domain.errors import FoldError
from slo.queries.terms import standing_of
from slo.queries.timeline import Line, story_of
from slo.services.reading import (
    Reading,
    Rows,
    Subject,
    fold_reading,
    locked_subjects,
    readings_of,
    rows_of,
    windows_around,
)
from slo.services.rows import Changes, note_changes
from slo.services.writing import write

log = structlog.get_logger(__name__)


@transaction.atomic(savepoint=False)
def project(*, ticket_id: int, at: datetime, reason: str = "") -> None:
    """Fold one ticket's facts up to `at` and write what changed; doing it again changes nothing (S17).

    `reason` is what a change of due time is put down to (S15). Raises kinds of `FoldError` for facts or terms
    that make no sense.
    """
    project_subjects(locked_subjects([ticket_id]), at=at, reason=reason)


@transaction.atomic
def project_many(ticket_ids: Collection[int], *, at: datetime, reason: str = "") -> None:
    """The same for several tickets, with as many statements as for one.

    A ticket that cannot be folded is logged and left as it is; the others are projected.
    """
    project_subjects(locked_subjects(ticket_ids), at=at, reason=reason, is_forgiving=True)


@transaction.atomic(savepoint=False)
def project_waiting(*, ticket_id: int, at: datetime, reason: str = "") -> None:
    """The same for events that matter only while a clock waits for something; else it costs one statement.

    For reactions: the service that caused the event holds the lock of the ticket.
    """
    rows = rows_of([ticket_id])
    if any(row.is_open or row.is_late_unmet for row in rows.get(ticket_id, {}).values()):
        project_subjects(locked_subjects([ticket_id]), at=at, reason=reason, rows=rows)


@transaction.atomic(savepoint=False)
def project_opened(record: Record) -> None:
    """Start the clocks of a ticket that was just received: its opening is all that there is to read (S1)."""
    data = record.data
    subject = Subject(
        ticket_id=record.subject_id,
        client_id=record.client_id or 0,
        contract_id=data["contract_id"],
        key=data["key"],
        environment_id=data.get("environment_id"),
    )
    reading = Reading(
        subject=subject,
        story=story_of([Line(record.kind, record.at, data)]),
        rows={},
        standing=standing_of(subject.contract_id),
        windows=windows_around([subject]).get(subject.environment_id or 0, ()),
    )
    changes = Changes()
    note_changes(changes, reading, fold_reading(reading, at=record.at), at=record.at)
    write(changes, at=record.at)


def project_subjects(
    subjects: Collection[Subject],
    *,
    at: datetime,
    reason: str,
    rows: Rows | None = None,
    is_forgiving: bool = False,
) -> list[int]:
    """Project locked tickets; gives the ids of those that could not be folded, if that is forgiven."""
    changes = Changes()
    failed: list[int] = []
    for reading in readings_of(subjects, rows=rows):
        try:
            note_changes(changes, reading, fold_reading(reading, at=at), at=at, reason=reason)
        except FoldError:
            if not is_forgiving:
                raise
            failed.append(reading.subject.ticket_id)
            log.exception("ticket_not_folded", ticket=reading.subject.key)
    write(changes, at=at)
    return failed
