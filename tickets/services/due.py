"""Keeping what the service-level floor works out about a ticket: its next due moment and its risk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from events.statements import update_rows
from tickets.models import Ticket

#: The ticket that the running service holds in its hands while what it recorded takes effect.
_in_hand: ContextVar[Ticket | None] = ContextVar("ticket_in_hand", default=None)


@contextmanager
def in_hand(ticket: Ticket) -> Iterator[None]:
    """While what is recorded of this ticket takes effect, let the row in memory follow: no reading anew."""
    token = _in_hand.set(ticket)
    try:
        yield
    finally:
        _in_hand.reset(token)


def note_next_due(*, due: Mapping[int, tuple[datetime | None, bool]]) -> None:
    """Store, by ticket id, when the next clock is due (None: no clock runs) and whether one is at risk.

    A projection and not a change of the ticket: neither version nor `updated_at` moves and nothing is
    recorded. One statement for up to 500 tickets; runs in the caller's transaction.
    """
    held = _in_hand.get()
    if held is not None and held.pk in due:
        held.next_due_at, held.at_risk = due[held.pk]
    rows = ((ticket_id, *values) for ticket_id, values in sorted(due.items()))
    update_rows(Ticket, columns=("next_due_at", "at_risk"), rows=rows)
