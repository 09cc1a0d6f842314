"""Reading the queue of tickets that wait for a fix; all starts from the tickets that one sees (E5)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from escalation.models import Development
from events.domain.actor import Actor
from tickets.models import Ticket
from tickets.queries import visible_to as tickets_visible_to


def development_queue(actor: Actor) -> QuerySet[Development]:
    """What waits for a fix: by the plan's priority, then rank, then how long it waits; for staff alone."""
    if not (actor.is_system or actor.sees_internal_notes):
        return Development.objects.none()
    rows = Development.objects.filter(ticket__in=tickets_visible_to(actor))
    return rows.select_related("ticket__client", "ticket__contract", "ticket__assignee").order_by(
        "-priority", "ticket__rank", "since", "id"
    )


def overdue_developments(actor: Actor, *, at: datetime) -> QuerySet[Development]:
    """Those on which somebody should have asked again by that moment."""
    return development_queue(actor).filter(overdue_at__lte=at)


def development_of(ticket: Ticket) -> Development | None:
    """What is known of a ticket's wait for a fix, of a ticket that the caller has authorised."""
    return Development.objects.filter(ticket=ticket).first()


def oldest_follow_up_at() -> datetime | None:
    """Since when the sweep of follow-ups has somebody to tell; None when there is nobody."""
    waiting = Development.objects.filter(told_at__isnull=True).order_by("overdue_at")
    return waiting.values_list("overdue_at", flat=True).first()
