"""Who is at a ticket at this moment: said by their page again and again, forgotten when it stops."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import NotAllowed
from tickets.models import Presence, Ticket
from tickets.queries.visibility import ticket_by_id

#: Long after nobody is told of it any more.
_KEPT = timedelta(minutes=10)


@transaction.atomic
def note_presence(*, actor: Actor, at: datetime, ticket: Ticket) -> None:
    """Say that a member of staff has the ticket open now.

    Nothing is recorded; saying it again only renews it.
    """
    if not actor.is_staff or actor.person_id is None:
        raise NotAllowed("Who is at a ticket is told among staff alone.")
    row = ticket_by_id(actor, ticket.pk)
    Presence.objects.update_or_create(
        ticket=row,
        person_id=actor.person_id,
        defaults={"client_id": row.client_id, "seen_at": at},
    )


@transaction.atomic
def forget_presence(*, at: datetime) -> int:
    """Clear away what is long over."""
    gone, _ = Presence.objects.filter(seen_at__lt=at - _KEPT).delete()
    return gone
