"""What is owed on paper, what the client can read of it, and the steps of planned changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Prefetch, QuerySet

from contracts.domain.plan import Plan
from contracts.domain.promises import documents_owed
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.domain.checklists import Template, template_from
from tickets.domain.lifecycle import Status
from tickets.models import ChangeStep, Document, DocumentEdition, DocumentQuerySet, Ticket
from tickets.queries.visibility import visible_to

CHECKLISTS = Path(__file__).resolve().parent.parent / "checklists"

#: What the plan leaves out owes nothing until an exception or a change request stands.
_OUTSIDE = ("excluded", "add_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as its client knows it: due when, published when, the newest wording; never a draft."""

    kind: str
    label: str
    due_at: datetime | None
    published_at: datetime | None
    edition: int = 0
    body: str = ""
    by: str = ""


def paper_rows(ticket: Ticket) -> QuerySet[Document]:
    """The documents of the ticket without their drafts."""
    return _with_editions(ticket.documents.defer("draft"))


def papers_of(ticket: Ticket, rows: Iterable[Document] | None = None) -> list[Paper]:
    """The documents of the ticket as the client knows them, those that are published or due.

    The rows may be given, where the caller has read them along with other lists.
    """
    found = paper_rows(ticket) if rows is None else rows
    return [_paper(row) for row in found if row.published_at or row.due_at]


def documents_of(ticket: Ticket) -> QuerySet[Document]:
    """The documents of the ticket with their drafts; for staff, who write them."""
    return _with_editions(ticket.documents.select_related("drafted_by"))


def document_kinds_of(ticket: Ticket, plan: Plan | None = None) -> dict[str, str]:
    """What the plan owes on this ticket as it is classified and covered now: kind to its words."""
    if ticket.coverage in _OUTSIDE or ticket.status == Status.CANCELLED:
        return {}
    plan = plan or effective_plan(ticket.contract)
    owed = documents_owed(plan, request_type=ticket.request_type, rank=ticket.rank)
    return {document.kind: document.label for document in owed}


def owed_documents(actor: Actor) -> DocumentQuerySet:
    """What the clients that the actor sees wait for, the earliest due first, with tickets and clients."""
    found = Document.objects.owed().filter(ticket__in=visible_to(actor))
    return found.select_related("ticket", "ticket__assignee", "client", "drafted_by")


def change_steps_of(ticket: Ticket) -> QuerySet[ChangeStep]:
    """The steps of the ticket's planned changes, in their order, with who ticked them."""
    return ticket.change_steps.select_related("done_by")


def change_step_for(actor: Actor, step_id: int) -> ChangeStep:
    """The step of that id with its ticket, if the actor may read the ticket; else `NotHere`."""
    found = ChangeStep.objects.filter(pk=step_id, ticket__in=visible_to(actor)).select_related("ticket")
    step = found.first()
    if step is None:
        raise NotHere
    return step


@cache
def change_templates() -> dict[str, Template]:
    """The templates of planned changes by key; read once a process. Raises `ChecklistFault`."""
    files = sorted(CHECKLISTS.glob("*.toml"))
    return {path.stem: template_from(path.stem, path.read_text(encoding="utf-8")) for path in files}


def _with_editions(rows: QuerySet[Document]) -> QuerySet[Document]:
    editions = DocumentEdition.objects.select_related("published_by").order_by("-number")
    return rows.prefetch_related(Prefetch("editions", queryset=editions))


def _paper(row: Document) -> Paper:
    newest = next(iter(row.editions.all()), None)
    return Paper(
        kind=row.kind,
        label=row.label,
        due_at=row.due_at,
        published_at=newest.published_at if newest else None,
        edition=newest.number if newest else 0,
        body=newest.body if newest else "",
        by=newest.published_by.name if newest and newest.published_by else "",
    )
