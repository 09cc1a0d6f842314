"""Moving a ticket in its life cycle (domain.md §4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from events.domain.actor import Actor
from events.domain.errors import NotAllowed
from tickets import permissions
from tickets.domain.lifecycle import Status
from tickets.domain.texts import clean_body
from tickets.models import MessageKind, Ticket, Visibility
from tickets.services.moves import StatusMove, make_move
from tickets.services.rows import locked
from tickets.services.writing import write_message


@transaction.atomic
def change_status(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    to: str,
    summary: str = "",
    reason: str = "",
    waiting_on: Person | None = None,
    waiting_for: str = "",
    scheduled_at: datetime | None = None,
    vendor_reference: str = "",
) -> Ticket:
    """Move the ticket: work starts, waits, is planned, solved, confirmed, taken up again or withdrawn.

    *Resolved* needs `summary`, which becomes a public message and the last word on the ticket; it closes by
    itself after the plan's days unless the client confirms (`closed`) or takes it up again (`in_progress`).
    *Scheduled* needs `scheduled_at`; *waiting on client* the person and the question where the plan's clocks
    pause (S9). Raises `Conflict` for a move that the state does not allow, also for the same move twice.
    """
    row = locked(actor, ticket)
    move = StatusMove(
        to=to,
        reason=reason,
        waiting_on=waiting_on,
        waiting_for=waiting_for,
        scheduled_at=scheduled_at,
        vendor_reference=vendor_reference,
    )
    text = clean_body(summary) if to == Status.RESOLVED else ""
    if text.strip():
        _write_summary(actor, at, row, text)
    make_move(actor=actor, at=at, ticket=row, move=move, summary_given=text)
    return row


def _write_summary(actor: Actor, at: datetime, ticket: Ticket, text: str) -> None:
    if not permissions.may_work(actor, ticket):
        raise NotAllowed("Staff say when a ticket is solved.")
    write_message(
        actor=actor,
        at=at,
        ticket=ticket,
        body=text,
        visibility=Visibility.PUBLIC,
        kind=MessageKind.RESOLUTION,
    )
