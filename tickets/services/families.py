"""Saying the same on a parent and on everything below it: one act, one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, NotAllowed
from tickets import permissions
from tickets.models import Message, Ticket
from tickets.queries import children_of
from tickets.services.messages import post_message
from tickets.services.rows import locked


@transaction.atomic
def tell_family(
    *, actor: Actor, at: datetime, ticket: Ticket, body: str, submission_id: str | None = None
) -> list[Message]:
    """Write one public update on a parent and on each of its open children; on all of them or on none.

    Ended children hear nothing; who reads a child reads the update there. `Conflict` where no child is open.
    The same `submission_id` again returns the first messages.
    """
    family = [ticket, *children_of(actor, ticket).open()]
    if len(family) == 1:
        raise Conflict(f"{ticket.key} has no open ticket below it.")
    rows = [locked(actor, one) for one in sorted(family, key=lambda one: one.pk)]
    if not permissions.may_work(actor, next(row for row in rows if row.pk == ticket.pk)):
        raise NotAllowed("Staff write to all the tickets of a family.")
    told = (row for row in rows if row.is_open)
    return [
        post_message(actor=actor, at=at, ticket=row, body=body, submission_id=_own(submission_id, row))
        for row in told
    ]


def _own(submission_id: str | None, row: Ticket) -> str | None:
    return f"{submission_id}-{row.pk}"[:64] if submission_id else None
