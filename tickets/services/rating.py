"""How it went, in the client's eyes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import Status
from tickets.domain.texts import clean_body
from tickets.models import Ticket
from tickets.services.rows import locked, save_change


@transaction.atomic
def rate_ticket(*, actor: Actor, at: datetime, ticket: Ticket, rating: int, comment: str = "") -> Ticket:
    """Rate a solved or closed ticket from 1 to 5; a later rating replaces the earlier one."""
    row = locked(actor, ticket)
    if not permissions.may_rate(actor, row):
        raise NotAllowed("The requester or a point of contact says how it went.")
    if row.status not in (Status.RESOLVED, Status.CLOSED):
        raise Conflict("A ticket is rated when it is solved.")
    if not 1 <= rating <= 5:
        raise Invalid("Rate from 1 to 5.", fields={"rating": "From 1 to 5."})
    row.rating, row.rating_comment = rating, clean_body(comment)
    save_change(row, "rating", "rating_comment", at=at)
    record(
        events.TicketRated(client_id=row.client_id, subject_id=row.pk, key=row.key, rating=rating),
        at=at,
        actor=actor,
    )
    return row
