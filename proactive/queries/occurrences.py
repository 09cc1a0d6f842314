"""Reading programmes and occurrences of the clients that the actor sees."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.models import OPEN_STATES, Occurrence, State


def visible_to(actor: Actor) -> QuerySet[Occurrence]:
    """Every delivery that the actor may see, by due date."""
    found = Occurrence.objects.select_related("programme", "owner", "client", "mailing")
    if actor.sees_every_client:
        return found
    return found.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))


def occurrence_for(actor: Actor, *, occurrence_id: int) -> Occurrence:
    """One delivery, if the actor may see it; else `NotHere`."""
    occurrence = visible_to(actor).filter(id=occurrence_id).first()
    if occurrence is None:
        raise NotHere
    return occurrence


def between(actor: Actor, *, first_on: date, last_on: date) -> QuerySet[Occurrence]:
    """What is due or planned within those dates, both included: the calendar (P10)."""
    planned = Q(planned_on__range=(first_on, last_on))
    due = Q(planned_on__isnull=True, due_on__range=(first_on, last_on))
    return visible_to(actor).filter(planned | due)


def upcoming(actor: Actor, *, client_id: int, on: date, limit: int = 5) -> QuerySet[Occurrence]:
    """The client's next deliveries from that date on."""
    found = visible_to(actor).filter(client_id=client_id, state__in=OPEN_STATES, due_on__gte=on)
    return found[:limit]


def overdue(actor: Actor) -> QuerySet[Occurrence]:
    """What was missed and is still not delivered, the longest overdue first."""
    return visible_to(actor).filter(state=State.MISSED)
