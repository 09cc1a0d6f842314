"""Marking what was not delivered in time (P1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from contracts.queries import calendars_of_many
from events.domain.actor import SYSTEM
from proactive.events import OccurrenceMissed
from proactive.models import OPEN_STATES, Occurrence, State
from proactive.queries.days import end_of
from proactive.services.telling import tell

#: The earliest zone is so far ahead of UTC that its day ends this much sooner.
_EARLIEST_ZONE = timedelta(hours=14)


def mark_missed(*, at: datetime, limit: int = 500) -> int:
    """Mark what its deadline overtook, once, dated at the end of that day in the contract's zone; how many.

    The row's state is the claim: a second run at the same time finds it taken.
    """
    possible = list(
        Occurrence.objects.filter(state__in=OPEN_STATES, deadline_on__lt=(at + _EARLIEST_ZONE).date())
        .select_related("programme__contract__calendar")
        .order_by("deadline_on", "id")[:limit]
    )
    calendars = calendars_of_many({row.programme.contract for row in possible})
    marked = 0
    for row in possible:
        ended_at = end_of(row.deadline_on, calendars[row.programme.contract_id]["business"])
        if ended_at > at:
            continue
        with transaction.atomic():
            claimed = Occurrence.objects.filter(id=row.pk, state__in=OPEN_STATES, deadline_on=row.deadline_on)
            if claimed.update(state=State.MISSED, missed_at=ended_at):
                marked += 1
                tell(OccurrenceMissed, row, actor=SYSTEM, at=at)
    return marked
