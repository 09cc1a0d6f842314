"""Closing what was solved and not taken up again within the plan's days."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from events.domain.actor import SYSTEM
from events.services import record_many
from tickets import events
from tickets.domain.lifecycle import Status
from tickets.models import Ticket


@transaction.atomic
def close_due(*, at: datetime, limit: int = 500) -> int:
    """Close the solved tickets whose time for an objection has passed; returns how many.

    A sweep: late is fine, twice is harmless. Rows that somebody else holds are left for the next run, and
    only what is still solved and due when its row is locked is closed.
    """
    due = Ticket.objects.filter(status=Status.RESOLVED, close_due_at__lte=at)
    rows = list(
        due.select_for_update(
            of=("self",) if connection.features.has_select_for_update_of else (),
            skip_locked=connection.features.has_select_for_update_skip_locked,
        ).order_by("close_due_at")[:limit]
    )
    if not rows:
        return 0
    due.filter(pk__in=[row.pk for row in rows]).update(
        status=Status.CLOSED.value,
        closed_at=at,
        close_due_at=None,
        updated_at=at,
        version=F("version") + 1,
    )
    record_many([_closed(row) for row in rows], at=at, actor=SYSTEM)
    return len(rows)


def _closed(ticket: Ticket) -> events.StatusChanged:
    return events.StatusChanged(
        client_id=ticket.client_id,
        subject_id=ticket.pk,
        key=ticket.key,
        before=Status.RESOLVED.value,
        after=Status.CLOSED.value,
        by="system",
        reason="No objection within the time for one.",
    )
