"""How tickets relate to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from events.domain.actor import Actor
from tickets.domain.links import REVERSE_WORDS, WORDS, LinkKind
from tickets.models import Link, Ticket, TicketQuerySet
from tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedTicket:
    """Another ticket as seen from one: `words` read from here to there ("blocks", "is blocked by").

    `is_source` where the relation was made from here: a parent is the source.
    """

    link_id: int
    kind: str
    words: str
    ticket: Ticket
    is_source: bool = True


def children_of(actor: Actor, ticket: Ticket) -> TicketQuerySet:
    """The tickets directly below this one that the actor may read."""
    return visible_to(actor).filter(links_in__source=ticket, links_in__kind=LinkKind.PARENT)


def link_rows(actor: Actor, ticket: Ticket) -> QuerySet[Link]:
    """The links of the ticket whose other end the actor may read too, oldest relation first."""
    seen = visible_to(actor)
    found = Link.objects.filter(Q(source=ticket, target__in=seen) | Q(target=ticket, source__in=seen))
    return found.select_related("source", "target").order_by("id")


def links_of(actor: Actor, ticket: Ticket, rows: Iterable[Link] | None = None) -> list[RelatedTicket]:
    """The tickets that this one relates to and that the actor may read too, oldest relation first.

    The rows may be given, where the caller has read them along with other lists.
    """
    return [_seen_from(ticket, row) for row in (link_rows(actor, ticket) if rows is None else rows)]


def _seen_from(ticket: Ticket, link: Link) -> RelatedTicket:
    is_source = link.source_id == ticket.pk
    words = (WORDS if is_source else REVERSE_WORDS)[link.kind]
    other = link.target if is_source else link.source
    return RelatedTicket(link_id=link.pk, kind=link.kind, words=words, ticket=other, is_source=is_source)
