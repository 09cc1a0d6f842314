"""Reading what staff share: views of the queue, canned replies, and who is at a ticket now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import Team
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import CannedReply, Draft, Presence, SavedView, Ticket

#: How long somebody counts as being there; a page says so every fifteen seconds.
PRESENT_FOR = timedelta(seconds=45)

Shared = TypeVar("Shared", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A colleague who has the ticket open; `is_writing` when their page kept a draft of it just now."""

    name: str
    is_writing: bool


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """The actor's own views and those that their teams share, in their order."""
    return _reached(SavedView.objects.all(), actor).select_related("owner", "team")


def view_for(actor: Actor, view_id: int) -> SavedView:
    """A view of the actor's own, or `NotHere`: what others share is used, not changed."""
    return _own(SavedView.objects.all(), actor, view_id)


def canned_replies_of(actor: Actor) -> QuerySet[CannedReply]:
    """The actor's own texts and those that their teams share, by title."""
    return _reached(CannedReply.objects.all(), actor).select_related("owner", "team")


def canned_reply_for(actor: Actor, reply_id: int) -> CannedReply:
    """A text of the actor's own, or `NotHere`."""
    return _own(CannedReply.objects.all(), actor, reply_id)


def teams_of(actor: Actor) -> QuerySet[Team]:
    """The teams that the actor may share with: their own; leads and administrators share with any."""
    if actor.sees_every_client:
        return Team.objects.all()
    return Team.objects.filter(people__id=actor.person_id or 0)


def present_at(actor: Actor, ticket: Ticket, *, at: datetime) -> Sequence[Present]:
    """Who else has the ticket open now, those who write first; told to staff alone, who see the ticket.

    One statement. What is being written is nobody's business but the writer's.
    """
    if not actor.is_staff:
        return []
    since = at - PRESENT_FOR
    drafts = Draft.objects.filter(ticket=ticket, person=OuterRef("person"), saved_at__gt=since)
    there = Presence.objects.filter(ticket=ticket, seen_at__gt=since).exclude(person_id=actor.person_id or 0)
    rows = there.annotate(is_writing=Exists(drafts)).order_by("-is_writing", "person__name")
    return [
        Present(name=name, is_writing=is_writing)
        for name, is_writing in rows.values_list("person__name", "is_writing")
    ]


def _reached(rows: QuerySet[Shared], actor: Actor) -> QuerySet[Shared]:
    if not actor.is_staff or actor.person_id is None:
        return rows.none()
    return rows.filter(Q(owner_id=actor.person_id) | Q(team__in=_teams_with(actor)))


def _teams_with(actor: Actor) -> QuerySet[Team]:
    return Team.objects.filter(people__id=actor.person_id or 0)


def _own(rows: QuerySet[Shared], actor: Actor, row_id: int) -> Shared:
    found = rows.filter(pk=row_id, owner_id=actor.person_id).first() if actor.is_staff else None
    if found is None:
        raise NotHere
    return found
