"""Finding tickets by their words, and showing where; never by words that the reader may not read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from events.domain.actor import Actor
from events.together import read_together
from tickets.domain.finding import Part, asked_words, snippet_of
from tickets.models import Document, DocumentEdition, Message, TicketQuerySet, TicketWords, Visibility

#: So many texts with a word are looked up by the word, before any ticket is; those of a commoner one are
#: met on the way through the tickets. The database would choose by an estimate, which rare words do not have.
_FEW = 200
#: How far into a message one looks for the line that is shown.
_SHOWN_FROM = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """The line of a message or document that has the words, in parts of which some are marked.

    `message_id` is 0 and `label` says which document it is, where no message has them.
    """

    message_id: int = 0
    label: str = ""
    is_internal: bool
    parts: Sequence[Part]

    @property
    def anchor(self) -> str:
        """Where on its ticket's page it stands."""
        return f"m{self.message_id}" if self.message_id else "documents"


def found_by(actor: Actor, tickets: TicketQuerySet, text: str) -> TicketQuerySet:
    """Those of the tickets in which every word stands somewhere: key, subject, references, tags, messages.

    The tickets given are ones that the actor sees. Internal notes, tags and the maker's reference count for
    those alone who may read them. Text without a word finds nothing. One statement at once, which looks up
    the rare words; what is given back has not been read.
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
    """For each of those tickets the latest message with one of the words, else a document that has one.

    As far as the actor may read them: drafts are for those who read notes.

    One statement however many tickets there are; they are ones that the actor sees.
    """
    words = asked_words(text)
    if not words or not ticket_ids:
        return {}
    any_word = reduce(or_, (_has(actor, word) for word in words))
    rows = _rows(actor).filter(any_word, ticket_id__in=ticket_ids).order_by()
    said = _latest_messages(actor, rows.filter(message__isnull=False))
    written = _documents(rows.filter(document__isnull=False))
    read_together(said, written)
    shown = [*_of_documents(actor, written, words), *_of_messages(said, words)]
    return {ticket_id: snippet for ticket_id, snippet in shown if snippet.parts}


def _latest_messages(actor: Actor, rows: QuerySet[TicketWords]) -> QuerySet[Message]:
    latest = rows.values("ticket_id").annotate(latest=Max("message_id")).values("latest")
    found = Message.objects.filter(pk__in=latest, redacted_at__isnull=True)
    return found if _reads_internal(actor) else found.public()


def _documents(rows: QuerySet[TicketWords]) -> QuerySet[Document]:
    newest = DocumentEdition.objects.filter(document=OuterRef("pk")).order_by("-number")
    found = Document.objects.filter(pk__in=rows.values("document_id"))
    return found.annotate(published=Subquery(newest.values("body")[:1])).order_by("-id")


def _of_messages(said: Iterable[Message], words: Sequence[str]) -> Iterator[tuple[int, Snippet]]:
    for one in said:
        is_internal = one.visibility == Visibility.INTERNAL
        parts = snippet_of(one.body[:_SHOWN_FROM], words)
        yield one.ticket_id, Snippet(message_id=one.pk, is_internal=is_internal, parts=parts)


def _of_documents(
    actor: Actor, written: Iterable[Any], words: Sequence[str]
) -> Iterator[tuple[int, Snippet]]:
    for one in written:
        public = snippet_of((one.published or "")[:_SHOWN_FROM], words)
        parts = public or (snippet_of(one.draft[:_SHOWN_FROM], words) if _reads_internal(actor) else [])
        yield one.ticket_id, Snippet(label=one.label, is_internal=not public, parts=parts)


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
