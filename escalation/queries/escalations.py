"""Reading escalations; everything starts from the tickets that the actor sees."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from escalation.models import Escalation, State
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Ticket
from tickets.queries import visible_to as tickets_visible_to


def visible_to(actor: Actor) -> QuerySet[Escalation]:
    """The escalations on tickets that the actor sees, the newest first."""
    return Escalation.objects.filter(ticket__in=tickets_visible_to(actor))


def open_for(actor: Actor) -> QuerySet[Escalation]:
    """Those that are not ended yet."""
    return visible_to(actor).exclude(state=State.RESOLVED).select_related("ticket", "client", "asked")


def escalation_for(actor: Actor, *, escalation_id: int) -> Escalation:
    """One escalation, if the actor sees its ticket; else `NotHere`."""
    escalation = visible_to(actor).select_related("ticket").filter(id=escalation_id).first()
    if escalation is None:
        raise NotHere
    return escalation


def of_ticket(ticket: Ticket) -> QuerySet[Escalation]:
    """Everything raised on a ticket that the caller has authorised, the newest first, with its steps."""
    return Escalation.objects.filter(ticket=ticket).prefetch_related("steps")


def open_tickets_with_level(ticket_ids: list[int]) -> dict[int, int]:
    """Which of those tickets stand at which tier, for the queue; one statement."""
    rows = Escalation.objects.filter(ticket_id__in=ticket_ids).exclude(state=State.RESOLVED)
    return dict(rows.values_list("ticket_id", "level"))


def oldest_due_at() -> datetime | None:
    """The oldest acknowledgement that is still waited for; None when there is none."""
    due = Escalation.objects.filter(acknowledge_due_at__isnull=False).order_by("acknowledge_due_at")
    return due.values_list("acknowledge_due_at", flat=True).first()
