"""Taking over what another desk had: each row once, whatever stops on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from events.domain.actor import Actor
from events.domain.errors import DomainError, NotAllowed
from intake.domain.moving import Row
from intake.models import ImportedRow, RowOutcome
from intake.services.rows_taken import MAKERS, Made

Progress = Callable[[int, int], None]


def import_rows(
    *,
    actor: Actor,
    at: datetime,
    source: str,
    rows: Sequence[Row],
    progress: Progress,
    is_dry: bool = False,
) -> list[ImportedRow]:
    """Take the rows over, each in its own transaction, and say what came of each.

    Repeating it does what is not done yet: a row that was made, or was there, is left as it is. A dry run
    does all of it in one transaction and takes it back.
    """
    if not actor.is_system and actor.staff_role != "administrator":
        raise NotAllowed("Administrators take over what another desk had.")
    if not is_dry:
        return list(_each(actor, at, source, rows, progress))
    with transaction.atomic():
        outcomes = list(_each(actor, at, source, rows, progress))
        transaction.set_rollback(True)
    return outcomes


def counted(outcomes: Sequence[ImportedRow]) -> dict[tuple[str, str], int]:
    """How many rows of each kind came to what."""
    return dict(Counter((one.kind, one.outcome) for one in outcomes))


def _each(
    actor: Actor, at: datetime, source: str, rows: Sequence[Row], progress: Progress
) -> Iterator[ImportedRow]:
    seen: set[tuple[str, str]] = set()
    for done, row in enumerate(rows, start=1):
        name = (row.table.kind, row.reference)
        if name in seen:
            words = "This row stands there twice; the first one counts."
            yield _outcome(source, row, at, outcome=RowOutcome.REFUSED, detail=words)
        else:
            yield _taken(actor, at, source, row)
        seen.add(name)
        progress(done, len(rows))


def _taken(actor: Actor, at: datetime, source: str, row: Row) -> ImportedRow:
    known = _known(source, row)
    if known is not None and known.outcome != RowOutcome.REFUSED:
        return known
    try:
        with transaction.atomic():
            made = MAKERS[row.table.kind](actor=actor, at=at, source=source, row=row)
            return _noted(source, row, at, made=made)
    except DomainError as refusal:
        words = " ".join([refusal.detail, *(f"{name}: {text}" for name, text in refusal.fields.items())])
        with transaction.atomic():
            return _noted(source, row, at, refused=words)
    except IntegrityError:
        known = _known(source, row)
        if known is None:
            raise
        return known


def _known(source: str, row: Row) -> ImportedRow | None:
    rows = ImportedRow.objects.filter(source=source, kind=row.table.kind, reference=row.reference[:400])
    return rows.first()


def _noted(
    source: str, row: Row, at: datetime, *, made: Made | None = None, refused: str = ""
) -> ImportedRow:
    """Write the outcome down with the effect; one that was refused before gets the new one."""
    ImportedRow.objects.filter(
        source=source, kind=row.table.kind, reference=row.reference[:400], outcome=RowOutcome.REFUSED
    ).delete()
    if made is None:
        noted = _outcome(source, row, at, outcome=RowOutcome.REFUSED, detail=refused)
    else:
        outcome = RowOutcome.MADE if made.is_new else RowOutcome.THERE
        noted = _outcome(source, row, at, outcome=outcome, detail=made.detail)
        noted.client_id, noted.subject_id = made.client_id, made.subject_id
    noted.save(force_insert=True)
    return noted


def _outcome(source: str, row: Row, at: datetime, *, outcome: str, detail: str) -> ImportedRow:
    return ImportedRow(
        source=source,
        kind=row.table.kind,
        reference=row.reference[:400],
        line=row.line,
        outcome=outcome,
        detail=detail[:500],
        at=at,
    )
