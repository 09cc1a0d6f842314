"""Reading what is written: staff see drafts of their clients, contacts only what is published."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.models.papers import Paper

AnyPaper = TypeVar("AnyPaper", bound=Paper)


def readable(rows: QuerySet[AnyPaper], actor: Actor) -> QuerySet[AnyPaper]:
    """Those of the papers that the actor may read."""
    if actor.contract_id is not None:
        rows = rows.filter(contract_id=actor.contract_id)
    if actor.sees_every_client:
        return rows
    published = Q(client_id__in=list(actor.roles), published_at__isnull=False)
    if not actor.is_staff:
        return rows.filter(published)
    return rows.filter(Q(client_id__in=actor.client_ids) | published)


def one_of(rows: QuerySet[AnyPaper], actor: Actor, *, paper_id: int) -> AnyPaper:
    """One paper, if the actor may read it; else `NotHere`."""
    paper = readable(rows, actor).filter(pk=paper_id).first()
    if paper is None:
        raise NotHere
    return paper
