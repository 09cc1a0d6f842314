"""Keeping what the service-level floor works out about a ticket: its next due moment and its risk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from events.statements import update_rows
from tickets.models import Ticket


def note_next_due(*, due: Mapping[int, tuple[datetime | None, bool]]) -> None:
    """Store, by ticket id, when the next clock is due (None: no clock runs) and whether one is at risk.

    A projection and not a change of the ticket: neither version nor `updated_at` moves and nothing is
    recorded. One statement for up to 500 tickets; runs in the caller's transaction.
    """
    rows = ((ticket_id, *values) for ticket_id, values in sorted(due.items()))
    update_rows(Ticket, columns=("next_due_at", "at_risk"), rows=rows)
