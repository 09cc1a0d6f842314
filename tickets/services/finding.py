"""Keeping the words by which tickets are found, in the transaction of what is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from tickets.domain.finding import words_of
from tickets.models import Document, Message, Ticket, TicketWords, Visibility

_BATCH = 500


def store_words(*rows: TicketWords) -> None:
    """Store rows of a ticket or message that has none yet; one statement."""
    TicketWords.objects.bulk_create(rows, batch_size=_BATCH)


def words_of_ticket(ticket: Ticket) -> TicketWords:
    """The ticket's own row, not stored yet; tags and the maker's reference are for staff."""
    return TicketWords(
        client_id=ticket.client_id,
        ticket=ticket,
        public=words_of(ticket.key, ticket.subject, ticket.external_reference),
        internal=words_of(*ticket.tags, ticket.vendor_reference),
    )


def words_of_message(message: Message) -> TicketWords:
    """A message's row, not stored yet: in the column of its visibility, and in no other."""
    words = words_of(message.body, message.call_people)
    is_public = message.visibility == Visibility.PUBLIC
    return TicketWords(
        client_id=message.client_id,
        ticket_id=message.ticket_id,
        message=message,
        public=words if is_public else None,
        internal=None if is_public else words,
    )


def words_of_document(document: Document) -> TicketWords:
    """A document's row, not stored yet: what was published is for everybody, a draft for staff."""
    newest = next(iter(document.editions.all()), None)
    is_drafted = bool(document.draft) and (newest is None or newest.body != document.draft)
    return TicketWords(
        client_id=document.client_id,
        ticket_id=document.ticket_id,
        document=document,
        public=words_of(document.label, newest.body) if newest else None,
        internal=words_of(document.label, document.draft) if is_drafted else None,
    )


def renew_document_words(document: Document) -> None:
    """Put the words of a changed document in place of the old ones."""
    new = words_of_document(document)
    TicketWords.objects.update_or_create(
        document=document,
        defaults={"public": new.public, "internal": new.internal},
        create_defaults={
            "client_id": new.client_id,
            "ticket_id": new.ticket_id,
            "public": new.public,
            "internal": new.internal,
        },
    )


def renew_words(ticket: Ticket) -> None:
    """Put the words of a changed ticket in place of the old ones; one statement."""
    new = words_of_ticket(ticket)
    TicketWords.objects.filter(ticket=ticket, message__isnull=True, document__isnull=True).update(
        public=new.public, internal=new.internal
    )


def forget_words(message: Message) -> None:
    """Let nobody find a message any more."""
    TicketWords.objects.filter(message=message).delete()


def rebuild_words(*, check: bool = False) -> list[str]:
    """Compare every row with what it should say and put right what differs; names the tickets that differed.

    With `check` nothing is written. Each batch is a transaction of its own that locks its tickets, so that it
    can run beside the desk and be repeated.
    """
    wrong: list[str] = []
    last = 0
    while True:
        with transaction.atomic():
            tickets = list(
                Ticket.objects.select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")[:_BATCH]
            )
            if not tickets:
                return wrong
            wrong += _renewed(tickets, check=check)
        last = tickets[-1].pk


def learn_words() -> None:
    """Let PostgreSQL count the words anew after many were stored: it chooses its way to them by that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(TicketWords._meta.db_table)}")


def _renewed(tickets: Sequence[Ticket], *, check: bool) -> list[str]:
    wanted = {_identity(row): row for row in _rows_of(tickets)}
    stored = {_identity(row): row for row in TicketWords.objects.filter(ticket__in=tickets)}
    wrong = [
        place
        for place in wanted.keys() | stored.keys()
        if place not in wanted or place not in stored or _said(wanted[place]) != _said(stored[place])
    ]
    if wrong and not check:
        TicketWords.objects.filter(pk__in=[stored[place].pk for place in wrong if place in stored]).delete()
        store_words(*(wanted[place] for place in wrong if place in wanted))
    touched = {ticket_id for ticket_id, _, _ in wrong}
    return [ticket.key for ticket in tickets if ticket.pk in touched]


def _rows_of(tickets: Iterable[Ticket]) -> Iterator[TicketWords]:
    tickets = list(tickets)
    yield from (words_of_ticket(ticket) for ticket in tickets)
    said = Message.objects.filter(ticket__in=tickets, redacted_at__isnull=True).order_by("pk")
    yield from (words_of_message(message) for message in said)
    written = Document.objects.filter(ticket__in=tickets).prefetch_related("editions").order_by("pk")
    told = (words_of_document(document) for document in written)
    yield from (row for row in told if row.public is not None or row.internal is not None)


_Identity = tuple[int, int | None, int | None]


def _identity(row: TicketWords) -> _Identity:
    return row.ticket_id, row.message_id, row.document_id


def _said(row: TicketWords) -> tuple[int, set[str] | None, set[str] | None]:
    public, internal = (None if words is None else set(words) for words in (row.public, row.internal))
    return row.client_id, public, internal
