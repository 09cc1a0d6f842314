"""Reading service reviews and their actions; members do not read them, for they show every ticket (P3)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.models import Review, ReviewAction
from proactive.queries.papers import one_of, readable

_WITH = ("client", "contract", "author", "occurrence__programme")
_READERS = ("poc", "observer")


def reviews_visible_to(actor: Actor) -> QuerySet[Review]:
    """The reviews that the actor may read, the newest first."""
    return _without_members(readable(Review.objects.select_related(*_WITH), actor), actor)


def review_for(actor: Actor, *, review_id: int) -> Review:
    """One review, if the actor may read it; else `NotHere`."""
    return one_of(_without_members(Review.objects.select_related(*_WITH), actor), actor, paper_id=review_id)


def action_for(actor: Actor, *, action_id: int) -> ReviewAction:
    """One action, if the actor may read its review; else `NotHere`."""
    seen = reviews_visible_to(actor).order_by().values("pk")
    found = ReviewAction.objects.filter(review__in=seen, pk=action_id).select_related("review")
    action = found.first()
    if action is None:
        raise NotHere
    return action


def overdue_actions(actor: Actor, *, today: date) -> QuerySet[ReviewAction]:
    """What was taken on in published reviews and is not done by its day, the oldest first."""
    seen = reviews_visible_to(actor).filter(published_at__isnull=False).order_by().values("pk")
    found = ReviewAction.objects.filter(review__in=seen, done_at__isnull=True, due_on__lt=today)
    return found.select_related("review", "client").order_by("due_on", "id")


def _without_members(rows: QuerySet[Review], actor: Actor) -> QuerySet[Review]:
    if actor.is_staff or actor.is_system:
        return rows
    return rows.filter(Q(client_id__in=[one for one, role in actor.roles.items() if role in _READERS]))
