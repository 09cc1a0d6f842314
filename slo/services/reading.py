"""Reading what a projection needs, for many tickets at once: facts, stored clocks, terms and windows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slo.domain.clock import FoldedClock
from slo.domain.engine import fold
from slo.domain.timeline import Window
from slo.models import Clock
from slo.queries.terms import Standing, standings_of
from slo.queries.timeline import Story, stories_of, windows_of
from tickets.models import Ticket

Place = tuple[str, int]
Rows = dict[int, dict[Place, Clock]]

#: What the projection needs of a ticket.
SUBJECT_COLUMNS = ("id", "client_id", "contract_id", "key", "environment_id", "next_due_at", "at_risk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The ticket whose clocks are written, as far as its clocks carry it."""

    ticket_id: int
    client_id: int
    contract_id: int
    key: str
    environment_id: int | None = None
    next_due_at: datetime | None = None
    at_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of one ticket: its facts, its stored clocks, and the terms that hold for it."""

    subject: Subject
    story: Story
    rows: Mapping[Place, Clock]
    standing: Standing
    windows: Sequence[Window] = ()


def subject_of(ticket: Ticket) -> Subject:
    """A ticket as far as its clocks carry it."""
    return Subject(
        ticket_id=ticket.pk,
        client_id=ticket.client_id,
        contract_id=ticket.contract_id,
        key=ticket.key,
        environment_id=ticket.environment_id,
        next_due_at=ticket.next_due_at,
        at_risk=ticket.at_risk,
    )


def locked_subjects(ticket_ids: Collection[int]) -> list[Subject]:
    """The tickets, locked until the transaction ends, in order of id: whoever projects them too must wait."""
    rows = Ticket.objects.select_for_update(of=("self",)).filter(id__in=ticket_ids).order_by("id")
    return [subject_of(ticket) for ticket in rows.only(*SUBJECT_COLUMNS)]


def readings_of(subjects: Collection[Subject], *, rows: Rows | None = None) -> list[Reading]:
    """What there is to read of those tickets, in at most four statements; `rows` where they are known."""
    ids = [subject.ticket_id for subject in subjects]
    standings = standings_of({subject.contract_id for subject in subjects})
    stories = stories_of(ids)
    windows = windows_around(subjects)
    stored = rows_of(ids) if rows is None else rows
    return [
        Reading(
            subject=subject,
            story=stories[subject.ticket_id],
            rows=stored.get(subject.ticket_id, {}),
            standing=standings[subject.contract_id],
            windows=windows.get(subject.environment_id or 0, ()),
        )
        for subject in subjects
    ]


def rows_of(ticket_ids: Iterable[int]) -> Rows:
    """The stored clocks by ticket, then by objective and ordinal, in one statement."""
    told: Rows = {}
    for row in Clock.objects.filter(ticket_id__in=list(ticket_ids)).order_by("id"):
        told.setdefault(row.ticket_id, {})[row.objective, row.ordinal] = row
    return told


def windows_around(subjects: Iterable[Subject]) -> Mapping[int, Sequence[Window]]:
    """The maintenance windows of the tickets' environments; no statement where no ticket names one."""
    ids = {subject.environment_id for subject in subjects if subject.environment_id is not None}
    return windows_of(ids) if ids else {}


def fold_reading(reading: Reading, *, at: datetime) -> tuple[FoldedClock, ...]:
    """The clocks at a moment, or at the last fact if people's machines are a little ahead of it."""
    facts = reading.story.facts
    return fold(
        reading.standing.terms,
        reading.standing.calendars,
        facts,
        until=max(at, facts[-1].at) if facts else at,
        windows=reading.windows,
        settled=reading.story.settled.values(),
    )
