"""Reading batons and handoffs; everything starts from the tickets that the actor sees."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from escalation.models import Baton, Handoff
from escalation.models.handoff import HandoffQuerySet
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Ticket
from tickets.queries import visible_to as tickets_visible_to


def handoffs_visible_to(actor: Actor) -> HandoffQuerySet:
    """The handoffs of the tickets that the actor sees; none for contacts: briefs stay among staff."""
    if not (actor.is_system or actor.sees_internal_notes):
        return Handoff.objects.none()
    return Handoff.objects.filter(ticket__in=tickets_visible_to(actor))


def handoff_for(actor: Actor, *, handoff_id: int) -> Handoff:
    """One handoff with its teams and ticket, if the actor sees it; else `NotHere`."""
    found = (
        handoffs_visible_to(actor)
        .select_related("ticket", "from_team", "to_team")
        .filter(id=handoff_id)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def handoffs_of(actor: Actor, ticket: Ticket) -> HandoffQuerySet:
    """Every passing of a ticket that the caller has authorised, the newest first."""
    rows = handoffs_visible_to(actor).filter(ticket=ticket).order_by("-ends_at")
    return rows.select_related("from_team", "to_team", "written_by", "answered_by")


def on_the_board(actor: Actor, *, since: datetime) -> QuerySet[Handoff]:
    """What stands on the board: everything open, and what was taken since then, by the end of the shift."""
    wanted = Q(state__in=("due", "offered", "declined", "missed")) | Q(
        state="accepted", answered_at__gte=since
    )
    return (
        handoffs_visible_to(actor)
        .filter(wanted)
        .select_related(
            "ticket__client", "ticket__assignee", "from_team", "to_team", "written_by", "answered_by"
        )
    )


def waiting_handoffs(actor: Actor) -> QuerySet[Handoff]:
    """The handoffs that wait for a team of the actor's, for counting beside other rows."""
    waiting = handoffs_visible_to(actor).filter(state__in=("offered", "missed"))
    return waiting.filter(to_team__people=actor.person_id or 0)


def batons_visible_to(actor: Actor) -> QuerySet[Baton]:
    """The batons of the tickets that the actor sees, with what a list says of them."""
    if not (actor.is_system or actor.sees_internal_notes):
        return Baton.objects.none()
    return Baton.objects.filter(ticket__in=tickets_visible_to(actor))


def oldest_look_at() -> datetime | None:
    """Since when the sweep of handoffs has something to do; None when there is nothing at all."""
    waiting = Baton.objects.filter(look_at__isnull=False).order_by("look_at")
    return waiting.values_list("look_at", flat=True).first()
