"""Building the clocks from the event log again, or only comparing (S17)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from slo.domain.clock import FoldedClock, State
from slo.models import Clock, Verdict, VerdictKind
from slo.services.reading import Reading, Subject, fold_reading, locked_subjects, readings_of, subject_of
from slo.services.rows import Changes, columns, note_changes
from slo.services.writing import write
from tickets.models import Ticket

_BATCH = 500

#: What must agree of a clock that is settled: its terms may have changed since, its verdict may not (S14).
_SETTLED = ("state", "started_at", "due_at", "at_risk_at", "met_at", "missed_at")
_ENDED = ("state", "started_at", "reason")
_OPEN = (*_SETTLED, "warn_at", "paused_since", "check_at", "target_seconds", "calendar", "cancelled_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A clock whose row and fold do not agree: which field, what is stored, and what the events say."""

    ticket: str
    objective: str
    ordinal: int
    field: str
    stored: object
    folded: object


def rebuild(
    *, at: datetime, check: bool, progress: Callable[[int, int], None] | None = None
) -> list[Mismatch]:
    """Compare every ticket's clocks with the fold of its events, and unless `check` put the rows right.

    Tickets that wait for the sweep are left to it. What the log has recorded is not said again; what it has
    not, is said now. One transaction for each 500 tickets; safe to repeat.
    """
    told: list[Mismatch] = []
    total, done = Ticket.objects.count(), 0
    for ids in _batches():
        with transaction.atomic():
            told += _compare(locked_subjects(ids) if not check else _subjects(ids), at=at, check=check)
        done += len(ids)
        if progress is not None:
            progress(done, total)
    return told


def _compare(subjects: Sequence[Subject], *, at: datetime, check: bool) -> list[Mismatch]:
    told: list[Mismatch] = []
    changes, repaired = Changes(), []
    for reading in readings_of(subjects):
        if any(row.check_at and row.check_at <= at for row in reading.rows.values()):
            continue
        folded = fold_reading(reading, at=at)
        found = mismatches(reading, folded)
        told += found
        if found and not check:
            note_changes(changes, reading, folded, at=at, reason="Rebuilt from the log", is_repair=True)
            repaired.append(reading.subject.ticket_id)
    write(changes, at=at)
    _restore_verdicts(repaired, at=at)
    return told


def _restore_verdicts(ticket_ids: Sequence[int], *, at: datetime) -> None:
    """Write the verdict rows that are missing of clocks that say of themselves that they were judged."""
    moments = {VerdictKind.AT_RISK: "at_risk_at", VerdictKind.MISSED: "missed_at", VerdictKind.MET: "met_at"}
    rows = [
        Verdict(
            client_id=clock.client_id, clock=clock, kind=kind, at=getattr(clock, name), due_at=clock.due_at,
            recorded_at=at,
        )
        for clock in Clock.objects.filter(ticket_id__in=ticket_ids)
        for kind, name in moments.items()
        if getattr(clock, name) and not (kind == VerdictKind.MET and clock.missed_at)
    ]  # fmt: skip
    Verdict.objects.bulk_create(rows, ignore_conflicts=True)


def mismatches(reading: Reading, folded: Sequence[FoldedClock]) -> list[Mismatch]:
    """Every field in which a ticket's rows and their fold do not agree."""
    told: list[Mismatch] = []
    places = {(clock.objective, clock.ordinal) for clock in folded}
    for clock in folded:
        place = (clock.objective, clock.ordinal)
        row = reading.rows.get(place)
        values = columns(clock, subject=reading.subject, standing=reading.standing)
        pairs = {name: (getattr(row, name, None), values[name]) for name in _compared(clock)}
        told += [_mismatch(reading, place, name, *pair) for name, pair in pairs.items() if pair[0] != pair[1]]
    gone = [
        row for place, row in reading.rows.items() if place not in places and row.state != State.CANCELLED
    ]
    return told + [_mismatch(reading, (row.objective, row.ordinal), "state", row.state, None) for row in gone]


def _compared(clock: FoldedClock) -> tuple[str, ...]:
    if clock.state in (State.MET, State.MISSED):
        return _SETTLED
    return _ENDED if clock.state in (State.CANCELLED, State.EXEMPT) else _OPEN


def _mismatch(
    reading: Reading, place: tuple[str, int], name: str, stored: object, folded: object
) -> Mismatch:
    return Mismatch(
        ticket=reading.subject.key,
        objective=place[0],
        ordinal=place[1],
        field=name,
        stored=stored,
        folded=folded,
    )


def _subjects(ids: Sequence[int]) -> list[Subject]:
    return [subject_of(ticket) for ticket in Ticket.objects.filter(id__in=ids).order_by("id")]


def _batches() -> Iterator[list[int]]:
    after = 0
    tickets = Ticket.objects.order_by("id").values_list("id", flat=True)
    while ids := list(tickets.filter(id__gt=after)[:_BATCH]):
        yield ids
        after = ids[-1]
