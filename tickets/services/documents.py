"""Writing the documents that a plan owes after an incident, and giving them to the client (domain.md §4)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record, record_many
from tickets import events, permissions
from tickets.domain.texts import BODY_LIMIT, clean_body
from tickets.models import Document, DocumentEdition, Ticket
from tickets.queries import document_kinds_of
from tickets.services.finding import renew_document_words
from tickets.services.owing import begin_document
from tickets.services.rows import locked, save_change


@transaction.atomic
def draft_document(*, actor: Actor, at: datetime, ticket: Ticket, kind: str, body: str) -> Document:
    """Keep what staff have written of a document so far; the client reads none of it.

    It can be begun before the incident is solved. Refused with `Invalid` where the plan owes no such document
    on this ticket, or the text is too long. Keeping the same text again changes nothing.
    """
    row = locked(actor, ticket)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff write the documents that the plan owes.")
    text = _sound(body)
    document = _document(row, kind)
    if document.draft == text:
        return document
    document.draft, document.drafted_by_id, document.drafted_at = text, actor.person_id, at
    document.save(update_fields=["draft", "drafted_by", "drafted_at"])
    renew_document_words(document)
    save_change(row, at=at)
    record(
        events.DocumentDrafted(
            client_id=row.client_id,
            subject_id=row.pk,
            key=row.key,
            document_id=document.pk,
            document_kind=document.kind,
            label=document.label,
        ),
        at=at,
        actor=actor,
    )
    return document


@transaction.atomic
def publish_document(*, actor: Actor, at: datetime, ticket: Ticket, kind: str, body: str) -> DocumentEdition:
    """Give the client this wording; a later one is the next edition, and the earlier ones stay readable.

    An empty text is refused with `Invalid`, the wording that the client has already with `Conflict`.
    """
    row = locked(actor, ticket)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff publish the documents that the plan owes.")
    text = _sound(body)
    if not text.strip():
        raise Invalid("An empty document cannot be published.", fields={"body": "Write the document first."})
    document = _document(row, kind)
    newest = document.editions.first()
    if newest is not None and newest.body == text:
        raise Conflict("The client has this wording already.")
    edition = DocumentEdition.objects.create(
        document=document,
        number=newest.number + 1 if newest else 1,
        body=text,
        published_by_id=actor.person_id,
        published_at=at,
    )
    document.draft, document.drafted_by_id, document.drafted_at = text, actor.person_id, at
    document.published_at = document.published_at or at
    document.save(update_fields=["draft", "drafted_by", "drafted_at", "published_at"])
    renew_document_words(document)
    save_change(row, at=at)
    record(
        events.DocumentPublished(
            client_id=row.client_id,
            subject_id=row.pk,
            key=row.key,
            document_id=document.pk,
            document_kind=document.kind,
            label=document.label,
            edition=edition.number,
        ),
        at=at,
        actor=actor,
    )
    return edition


@transaction.atomic
def mark_overdue_documents(*, at: datetime, limit: int = 200) -> int:
    """Record each document that was due before `at` and is not published; returns how many.

    A sweep: late is fine, twice is harmless, for a row is marked in the transaction of its event.
    """
    late = Document.objects.overdue(at).filter(overdue_at__isnull=True).select_related("ticket")
    rows = list(
        late.select_for_update(
            of=("self",) if connection.features.has_select_for_update_of else (),
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )[:limit]
    )
    if rows:
        Document.objects.filter(pk__in=[row.pk for row in rows]).update(overdue_at=at)
        record_many([_overdue(row) for row in rows], at=at, actor=SYSTEM)
    return len(rows)


def _document(ticket: Ticket, kind: str) -> Document:
    """The row of that document, made where the plan owes it and nobody has begun it."""
    found = ticket.documents.select_for_update().filter(kind=kind).first()
    if found is not None:
        return found
    label = document_kinds_of(ticket).get(kind)
    if label is None:
        raise Invalid(
            f"The plan owes no such document on {ticket.key}.", fields={"kind": "Choose one that is owed."}
        )
    return begin_document(ticket, kind=kind, label=label)


def _sound(body: str) -> str:
    text = clean_body(body)
    if len(text) > BODY_LIMIT:
        words = f"{BODY_LIMIT:,} characters at most; send the rest as a file."
        raise Invalid(words, fields={"body": words})
    return text


def _overdue(row: Document) -> events.DocumentOverdue:
    return events.DocumentOverdue(
        client_id=row.client_id,
        subject_id=row.ticket_id,
        key=row.ticket.key,
        document_id=row.pk,
        document_kind=row.kind,
        label=row.label,
        due_at=row.due_at.isoformat() if row.due_at else "",
    )
