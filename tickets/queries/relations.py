"""How tickets relate to each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from events.domain.actor import Actor
from tickets.domain.links import REVERSE_WORDS, WORDS
from tickets.models import Link, Ticket
from tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedTicket:
    """Another ticket as seen from one: `words` read from here to there ("blocks", "is blocked by")."""

    link_id: int
    kind: str
    words: str
    ticket: Ticket


def links_of(actor: Actor, ticket: Ticket) -> list[RelatedTicket]:
    """The tickets that this one relates to and that the actor may read too, oldest relation first."""
    seen = visible_to(actor)
    rows = (
        Link.objects.filter(Q(source=ticket, target__in=seen) | Q(target=ticket, source__in=seen))
        .select_related("source", "target")
        .order_by("id")
    )
    return [_seen_from(ticket, row) for row in rows]


def _seen_from(ticket: Ticket, link: Link) -> RelatedTicket:
    is_source = link.source_id == ticket.pk
    words = (WORDS if is_source else REVERSE_WORDS)[link.kind]
    other = link.target if is_source else link.source
    return RelatedTicket(link_id=link.pk, kind=link.kind, words=words, ticket=other)
