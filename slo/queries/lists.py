"""Lists of clocks: those of tickets, those an actor may see, and the oldest that waits for the sweep."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from events.domain.actor import Actor
from events.queries import database_now
from slo.models import Clock, ClockQuerySet
from tickets.queries import visible_to as tickets_visible_to


def clocks_of(ticket_ids: Collection[int]) -> dict[int, list[Clock]]:
    """The clocks of several tickets by ticket id, in one statement; the caller has authorised the tickets.

    Open and missed ones stand first, in order of due; the rest in order of objective.
    """
    told: dict[int, list[Clock]] = {ticket_id: [] for ticket_id in ticket_ids}
    for clock in Clock.objects.filter(ticket_id__in=told).order_by("objective", "ordinal"):
        told[clock.ticket_id].append(clock)
    for clocks in told.values():
        clocks.sort(key=lambda clock: (not clock.is_open, clock.due_at or clock.started_at))
    return told


def visible_to(actor: Actor) -> ClockQuerySet:
    """The clocks of the tickets that the actor sees: all of a client for points of contact and observers."""
    found = Clock.objects.all()
    if actor.contract_id is not None:
        found = found.filter(contract_id=actor.contract_id)
    if actor.sees_every_client:
        return found
    if any(role == "member" for role in actor.roles.values()):
        return found.filter(ticket__in=tickets_visible_to(actor))
    return found.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))


def oldest_due_at() -> datetime | None:
    """Since when the oldest clock waits for the sweep to look at it; None when nothing is due."""
    due = Clock.objects.to_check(database_now())
    return due.values_list("check_at", flat=True).first()
