"""The other side's number of a ticket: it stands once an interconnection (X2)."""

from __future__ import annotations

from events.domain.actor import Actor
from events.domain.errors import Conflict
from tickets.models import Ticket


def require_free_reference(actor: Actor, reference: str, *, ticket: Ticket | None = None) -> None:
    """Raise `Conflict`, naming the ticket, where the actor's interconnection has that reference already."""
    if actor.interconnection_id is None or not reference:
        return
    others = Ticket.objects.filter(interconnection_id=actor.interconnection_id, external_reference=reference)
    known = others.exclude(pk=ticket.pk if ticket else 0).values_list("key", flat=True).first()
    if known is not None:
        raise Conflict(f"{reference} is {known} here already.", code="reference_taken")
