"""What a solution brings with it: the documents that the plan then owes, and by when (domain.md §4)."""

from __future__ import annotations

from datetime import datetime

from contracts.domain.promises import document_due_at, documents_owed
from contracts.queries import calendars_of, effective_plan
from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.domain.lifecycle import Status
from tickets.models import Document, Ticket
from tickets.queries import document_kinds_of

_SETTLED = (Status.RESOLVED, Status.CLOSED)


def review_documents(*, actor: Actor, at: datetime, ticket: Ticket) -> None:
    """Let what the plan owes on a locked ticket follow its state and class; repeating it changes nothing.

    Solved: due whole business days after the solution. At work again, withdrawn, or of a kind that owes
    nothing: no longer due. What was published stays; a later change of the calendar moves nothing.
    """
    is_settled = ticket.status in _SETTLED and ticket.resolved_at is not None
    due = _due_moments(ticket) if is_settled else {}
    rows = {row.kind: row for row in ticket.documents.all()}
    for kind, (label, due_at) in due.items():
        row = rows.get(kind) or begin_document(ticket, kind=kind, label=label)
        _set_due(actor, at, ticket, row, due_at)
    for kind, row in rows.items():
        if kind not in due:
            _set_due(actor, at, ticket, row, None)


def begin_document(ticket: Ticket, *, kind: str, label: str) -> Document:
    """The row of a document that was not there yet, in the caller's transaction; nothing is due by it."""
    return Document.objects.create(client_id=ticket.client_id, ticket=ticket, kind=kind, label=label)


def _due_moments(ticket: Ticket) -> dict[str, tuple[str, datetime]]:
    kinds = document_kinds_of(ticket)
    if not kinds or ticket.resolved_at is None:
        return {}
    business = calendars_of(ticket.contract)["business"]
    owed = documents_owed(effective_plan(ticket.contract), request_type=ticket.request_type, rank=ticket.rank)
    return {
        one.kind: (one.label, document_due_at(one, business=business, solved_at=ticket.resolved_at))
        for one in owed
    }


def _set_due(actor: Actor, at: datetime, ticket: Ticket, row: Document, due_at: datetime | None) -> None:
    if row.published_at is not None or row.due_at == due_at:
        return
    row.due_at, row.overdue_at = due_at, None
    row.save(update_fields=["due_at", "overdue_at"])
    record(
        events.DocumentOwed(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            document_id=row.pk,
            document_kind=row.kind,
            label=row.label,
            due_at=due_at.isoformat() if due_at else None,
        ),
        at=at,
        actor=actor,
    )
