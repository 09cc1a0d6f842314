"""Why a clock is due then: its stretches with counted seconds, and every change of its due time (S15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from contracts.domain.calendar import Calendar
from contracts.models import MaintenanceWindow
from events.models import Record
from slo.domain.clock import FoldedClock, State
from slo.domain.engine import fold
from slo.domain.segments import Segment
from slo.domain.timeline import Window
from slo.models import Clock, DueChange
from slo.queries.terms import Standing, archived_calendars, standings_of
from slo.queries.timeline import Story, stories_of, window_rows, windows_of
from tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClock:
    """One clock as it stands at a moment, with what explains it.

    The seconds of the segments sum exactly to the target, or to what had elapsed when the clock was met,
    paused or cancelled. `remaining_seconds` is 0 for clocks that neither run nor are paused.
    """

    objective: str
    label: str
    ordinal: int
    state: str
    commitment: str
    urgency: str
    request_type: str
    calendar: str
    target_seconds: int
    repeats: bool
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    at_risk_at: datetime | None
    met_at: datetime | None
    missed_at: datetime | None
    cancelled_at: datetime | None
    paused_since: datetime | None
    reason: str
    elapsed_seconds: int
    remaining_seconds: int
    segments: Sequence[Segment]
    due_changes: Sequence[DueChange] = ()

    @property
    def exempt_reason(self) -> str:
        """Why no time is counted; empty for clocks that count."""
        return self.reason if self.state == State.EXEMPT else ""

    @property
    def is_open(self) -> bool:
        """Whether it runs or is paused."""
        return self.state in (State.RUNNING, State.PAUSED)

    @property
    def is_late_unmet(self) -> bool:
        """Whether it was missed once and for all and is still to be reached; never a missed interval (S8)."""
        return self.state == State.MISSED and self.met_at is None and not self.repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What a ticket's clocks are explained from, for pages that read it along with other lists.

    `records` is the ticket's whole history; the lists can be read with others (`read_together`).
    """

    records: Sequence[Record]
    changes: QuerySet[DueChange]
    windows: QuerySet[MaintenanceWindow]


def clock_facts(ticket: Ticket, records: Sequence[Record]) -> ClockFacts:
    """The facts of a ticket whose history the caller has read; nothing else is read yet."""
    windows = window_rows([ticket.environment_id] if ticket.environment_id else [])
    return ClockFacts(records=records, changes=_changes([ticket]), windows=windows)


def explain(
    ticket: Ticket, *, at: datetime, standing: Standing | None = None, facts: ClockFacts | None = None
) -> list[ExplainedClock]:
    """All clocks of a ticket at a moment, computed anew from its facts; the caller has authorised the ticket.

    What was settled under an earlier state of a calendar is explained with that state (S14). The contract's
    terms and the facts may be given, where the caller has read them already.
    """
    known = None if standing is None else {ticket.contract_id: standing}
    told = _explained_tickets([ticket], at=at, standings=known, facts=facts)[ticket.pk]
    return sorted(told, key=lambda clock: (not clock.is_open, clock.objective, clock.ordinal))


def explain_clocks(clocks: Sequence[Clock], *, at: datetime) -> list[tuple[Clock, ExplainedClock]]:
    """Stored clocks with their explanations, in their order, for as many statements as one ticket costs.

    The clocks come with their tickets (`select_related`). A clock that the fold does not tell is left out.
    """
    told = _explained_tickets(list({clock.ticket_id: clock.ticket for clock in clocks}.values()), at=at)
    places = {(ticket_id, one.objective, one.ordinal): one for ticket_id, of in told.items() for one in of}
    found = [(row, places.get((row.ticket_id, row.objective, row.ordinal))) for row in clocks]
    return [(row, one) for row, one in found if one is not None]


def _explained_tickets(
    tickets: Sequence[Ticket],
    *,
    at: datetime,
    standings: Mapping[int, Standing] | None = None,
    facts: ClockFacts | None = None,
) -> dict[int, list[ExplainedClock]]:
    if standings is None:
        standings = standings_of({ticket.contract_id for ticket in tickets})
    stories = stories_of([ticket.pk for ticket in tickets], records=facts.records if facts else None)
    environments = {ticket.environment_id for ticket in tickets if ticket.environment_id}
    windows = windows_of(environments, rows=facts.windows if facts else None) if environments else {}
    changes = _due_changes(facts.changes if facts else _changes(tickets))
    told: dict[int, list[ExplainedClock]] = {}
    for ticket in tickets:
        around = windows.get(ticket.environment_id or 0, [])
        told[ticket.pk] = [
            explained(one, until=at, due_changes=changes.get((ticket.pk, one.objective, one.ordinal), ()))
            for one in _folded(stories[ticket.pk], standings[ticket.contract_id], around, at)
        ]
    return told


def explained(
    clock: FoldedClock, *, until: datetime, due_changes: Sequence[DueChange] = ()
) -> ExplainedClock:
    """A folded clock with its stretches up to that moment."""
    elapsed = clock.elapsed_seconds(until=until)
    shared = {name: getattr(clock, name) for name in _SHARED}
    return ExplainedClock(
        **shared,
        state=clock.state.value,
        elapsed_seconds=elapsed,
        remaining_seconds=clock.target_seconds - elapsed if clock.is_open else 0,
        segments=clock.segments(until=until),
        due_changes=due_changes,
    )


_SHARED = (
    "objective", "label", "ordinal", "commitment", "urgency", "request_type", "calendar", "target_seconds",
    "repeats", "started_at", "due_at", "warn_at", "at_risk_at", "met_at", "missed_at", "cancelled_at",
    "paused_since", "reason",
)  # fmt: skip


def _folded(story: Story, standing: Standing, windows: Sequence[Window], at: datetime) -> list[FoldedClock]:
    """The clocks, each on the calendar that it was settled on, or on today's while it is open."""
    until = max(at, story.facts[-1].at) if story.facts else at

    def on(calendars: Mapping[str, Calendar]) -> tuple[FoldedClock, ...]:
        return fold(
            standing.terms,
            {**standing.calendars, **calendars},
            story.facts,
            until=until,
            windows=windows,
            settled=story.settled.values(),
        )

    clocks = list(on({}))
    archive = archived_calendars(_earlier_states(clocks, story, standing))
    for digest, calendar in archive.items():
        then = {(one.objective, one.ordinal): one for one in on(dict.fromkeys(standing.calendars, calendar))}
        for position, clock in enumerate(clocks):
            place = (clock.objective, clock.ordinal)
            if story.digests.get(place) == digest and place in then:
                clocks[position] = then[place]
    return clocks


def _earlier_states(clocks: Iterable[FoldedClock], story: Story, standing: Standing) -> set[str]:
    told = set()
    for clock in clocks:
        digest = story.digests.get((clock.objective, clock.ordinal), "")
        if digest and digest != standing.digests.get(clock.calendar):
            told.add(digest)
    return told


def _changes(tickets: Sequence[Ticket]) -> QuerySet[DueChange]:
    return DueChange.objects.filter(clock__ticket__in=tickets).select_related("clock")


def _due_changes(rows: Iterable[DueChange]) -> dict[tuple[int, str, int], list[DueChange]]:
    told: dict[tuple[int, str, int], list[DueChange]] = {}
    for row in rows:
        place = (row.clock.ticket_id, row.clock.objective, row.clock.ordinal)
        told.setdefault(place, []).append(row)
    return told
