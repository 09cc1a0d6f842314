"""What hangs on a ticket as its client sees it, read in one statement for its page."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership
from accounts.queries import contacts_of
from contracts.models import MaintenanceWindow, SopVersion
from contracts.queries.surroundings import sop_rows
from contracts.queries.windows import windows_of_ticket
from escalation.models import Escalation, Tier
from escalation.queries import of_ticket, path_of
from events.together import read_together
from hours.models import TimeEntry
from hours.queries import entries_of
from slo.queries import ClockFacts, clock_facts
from tickets.models import Approval, ChangeStep, Document, Draft, Participant, Ticket, UrgencyProposal
from tickets.queries import (
    approvals_of,
    change_steps_of,
    drafts_of,
    history_of,
    paper_rows,
    participants_of,
    proposals_of,
)
from web.requests import PortalRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The lists of one ticket, read already; of the clocks' facts the history too."""

    clocks: ClockFacts
    approvals: QuerySet[Approval]
    participants: QuerySet[Participant]
    contacts: QuerySet[Membership]
    drafts: QuerySet[Draft]
    proposals: QuerySet[UrgencyProposal]
    documents: QuerySet[Document]
    steps: QuerySet[ChangeStep]
    rules: QuerySet[SopVersion]
    windows: QuerySet[MaintenanceWindow]
    entries: QuerySet[TimeEntry]
    path: QuerySet[Tier]
    escalations: QuerySet[Escalation]


def around(request: PortalRequest, ticket: Ticket) -> Around:
    """All of it in two statements: the ticket's history, and the rest."""
    found = Around(
        clocks=clock_facts(ticket, history_of(ticket)),
        approvals=approvals_of(request.actor, ticket),
        participants=participants_of(ticket),
        contacts=contacts_of(request.client),
        drafts=drafts_of(request.actor, client=request.client, ticket=ticket),
        proposals=proposals_of(ticket),
        documents=paper_rows(ticket),
        steps=change_steps_of(ticket),
        rules=sop_rows(ticket.contract, request.at),
        windows=windows_of_ticket(
            ticket.environment_id, opened_at=ticket.opened_at, closed_at=ticket.closed_at, at=request.at
        ),
        entries=entries_of(ticket).prefetch_related(None),
        path=path_of(ticket.contract),
        escalations=of_ticket(ticket),
    )
    read_together(found.clocks.changes, found.clocks.windows, *_lists(found))
    return found


def _lists(found: Around) -> list[QuerySet[Any]]:
    parts = (getattr(found, field.name) for field in fields(found))
    return [part for part in parts if isinstance(part, QuerySet)]
