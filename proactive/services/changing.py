"""What a change of plan or contract does to deliveries that are planned already (P1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet

from contracts.domain.calendar import Calendar
from events.domain.actor import SYSTEM
from proactive.domain.recurrence import Window, due_on
from proactive.domain.terms import kept_window
from proactive.events import OccurrenceSkipped
from proactive.models import OPEN_STATES, Occurrence, Programme, State
from proactive.queries.days import today_on
from proactive.services.telling import tell

NOT_OWED = "The plan or the contract changed; this is no longer owed."


def fit_to_terms(
    programme: Programme,
    series: Mapping[date, Window],
    *,
    calendar: Calendar,
    ends_on: date | None,
    at: datetime,
) -> None:
    """Bring the open windows of a programme in line with its present terms; a second time changes nothing.

    Runs inside the caller's transaction. Windows that nobody had touched and that are owed no more go without
    a trace, for they were only planned; the others are skipped with the reason.
    """
    today = today_on(calendar, at)
    for row in _scheduled(programme):
        old = Window(row.window_first_on, row.window_last_on)
        kept = kept_window(old, new=series.get(row.window_first_on), today=today, ends_on=ends_on)
        if kept is None:
            _drop(row, at=at)
        elif kept != old:
            was_moved = row.deadline_on > row.window_last_on
            row.window_last_on, row.due_on = kept.last_on, due_on(kept, calendar=calendar)
            row.deadline_on = max(row.deadline_on, kept.last_on) if was_moved else kept.last_on
            row.save(update_fields=["window_last_on", "due_on", "deadline_on"])


def drop_what_has_not_begun(programme: Programme, *, today: date, at: datetime) -> None:
    """Let go of the windows ahead of a service that the plan no longer carries."""
    for row in _scheduled(programme).filter(window_first_on__gt=today):
        _drop(row, at=at)


def _scheduled(programme: Programme) -> QuerySet[Occurrence]:
    found = Occurrence.objects.filter(programme=programme, requested_on__isnull=True, is_initial=False)
    return found.filter(state__in=OPEN_STATES).select_related("programme")


def _is_touched(row: Occurrence) -> bool:
    return row.planned_on is not None or row.started_at is not None


def _drop(row: Occurrence, *, at: datetime) -> None:
    if not _is_touched(row):
        row.delete()
        return
    row.state, row.skipped_at, row.reason = State.SKIPPED, at, NOT_OWED
    row.save(update_fields=["state", "skipped_at", "reason"])
    tell(OccurrenceSkipped, row, actor=SYSTEM, at=at, reason=NOT_OWED)
