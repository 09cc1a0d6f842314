"""Finding tickets by their words, and showing where; never by words that the reader may not read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Max, Q, QuerySet

from events.domain.actor import Actor
from events.together import read_together
from tickets.domain.finding import Part, asked_words, snippet_of
from tickets.models import Message, TicketQuerySet, TicketWords, Visibility

#: So many texts with a word are looked up by the word, before any ticket is; more are found on the way through
#: the tickets. No estimate of the database's decides between the two: of rare words it knows nothing.
_FEW = 2_000
#: How far into a message one looks for the line that is shown.
_SHOWN_FROM = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The line of a message that has the words, in parts of which some are marked."""

    message_id: int
    is_internal: bool
    parts: Sequence[Part]


def found_by(actor: Actor, tickets: TicketQuerySet, text: str) -> TicketQuerySet:
    """Those of the tickets in which every word stands somewhere: key, subject, references, tags, messages.

    The tickets given are ones that the actor sees. Internal notes, tags and the maker's reference count for
    those alone who may read them. Text without a word finds nothing. One statement at once, which looks up the
    rare words; what is given back has not been read.
    """
    asked = [_rows(actor).filter(_has(actor, word)).order_by() for word in asked_words(text)]
    if not asked:
        return tickets.none()
    first = [rows.values_list("ticket_id", flat=True)[: _FEW + 1] for rows in asked]
    read_together(*first)
    rare = [set(found) for found in first if len(found) <= _FEW]
    if rare:
        tickets = tickets.filter(pk__in=set.intersection(*rare))
    for rows, found in zip(asked, first, strict=True):
        if len(found) > _FEW:
            tickets = tickets.filter(pk__in=rows.values("ticket_id"))
    return tickets


def snippets_for(actor: Actor, ticket_ids: Collection[int], text: str) -> dict[int, Snippet]:
    """For each of those tickets the latest message with one of the words, as far as the actor may read it.

    One statement however many tickets there are; they are ones that the actor sees.
    """
    words = asked_words(text)
    if not words or not ticket_ids:
        return {}
    any_word = reduce(or_, (_has(actor, word) for word in words))
    latest = (
        _rows(actor)
        .filter(any_word, ticket_id__in=ticket_ids, message__isnull=False)
        .order_by()
        .values("ticket_id")
        .annotate(latest=Max("message_id"))
        .values("latest")
    )
    found = Message.objects.filter(pk__in=latest, redacted_at__isnull=True)
    if not _reads_internal(actor):
        found = found.public()
    shown = ((one, snippet_of(one.body[:_SHOWN_FROM], words)) for one in found)
    return {
        one.ticket_id: Snippet(
            message_id=one.pk, is_internal=one.visibility == Visibility.INTERNAL, parts=parts
        )
        for one, parts in shown
        if parts
    }


def _rows(actor: Actor) -> QuerySet[TicketWords]:
    """The rows of the actor's clients: a narrow reach is searched by client, a wide one by word."""
    if actor.sees_every_client:
        return TicketWords.objects.all()
    return TicketWords.objects.filter(client_id__in=actor.client_ids | set(actor.roles))


def _has(actor: Actor, word: str) -> Q:
    public = Q(public__has=word)
    return public | Q(internal__has=word) if _reads_internal(actor) else public


def _reads_internal(actor: Actor) -> bool:
    return actor.is_system or actor.sees_internal_notes
