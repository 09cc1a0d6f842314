"""What hangs on a ticket, read in one statement for its page: people, papers, time, escalation, rules."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet

from contracts.domain.plan import Plan
from contracts.models import MaintenanceWindow, SopVersion
from contracts.queries.surroundings import sop_rows
from contracts.queries.windows import windows_of_ticket
from escalation.models import Baton, Escalation, Handoff, Tier
from escalation.queries import batons_visible_to, handoffs_of, of_ticket, path_of
from events.together import read_together
from hours.models import TimeEntry, Timer
from hours.queries import BalanceLists, balance_lists, entries_of, timers_of
from proactive.models import Problem
from proactive.queries.monitoring import problems_of_ticket
from slo.queries import ClockFacts, clock_facts
from tickets.models import (
    Approval,
    ChangeStep,
    Document,
    Draft,
    Link,
    Participant,
    Ticket,
    UrgencyProposal,
    Watcher,
)
from tickets.queries import (
    approvals_of,
    change_steps_of,
    documents_of,
    history_of,
    link_rows,
    participants_of,
    proposals_of,
    watchers_of,
)
from web.requests import StaffRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The lists of one ticket, read already; of the clocks' facts the history too."""

    clocks: ClockFacts
    balance: BalanceLists
    approvals: QuerySet[Approval]
    participants: QuerySet[Participant]
    watchers: QuerySet[Watcher]
    links: QuerySet[Link]
    drafts: QuerySet[Draft]
    proposals: QuerySet[UrgencyProposal]
    documents: QuerySet[Document]
    steps: QuerySet[ChangeStep]
    rules: QuerySet[SopVersion]
    windows: QuerySet[MaintenanceWindow]
    problems: QuerySet[Problem]
    entries: QuerySet[TimeEntry]
    timers: QuerySet[Timer]
    path: QuerySet[Tier]
    escalations: QuerySet[Escalation]
    batons: QuerySet[Baton]
    handoffs: QuerySet[Handoff]


def around(request: StaffRequest, ticket: Ticket, plan: Plan) -> Around:
    """All of it in two statements: the ticket's history, and the rest."""
    actor = request.actor
    is_handed = ticket.rank in plan.coverage.warm_handoff_ranks
    found = Around(
        clocks=clock_facts(ticket, history_of(ticket)),
        balance=balance_lists([ticket.contract], at=request.at),
        approvals=approvals_of(actor, ticket),
        participants=participants_of(ticket),
        watchers=watchers_of(ticket),
        links=link_rows(actor, ticket),
        drafts=Draft.objects.filter(person=request.user, ticket=ticket).order_by("-saved_at"),
        proposals=proposals_of(ticket),
        documents=documents_of(ticket),
        steps=change_steps_of(ticket),
        rules=sop_rows(ticket.contract, request.at),
        windows=windows_of_ticket(
            ticket.environment_id, opened_at=ticket.opened_at, closed_at=ticket.closed_at, at=request.at
        ),
        problems=problems_of_ticket(ticket.pk) if ticket.channel == "monitoring" else Problem.objects.none(),
        entries=entries_of(ticket).prefetch_related(None),
        timers=timers_of(actor.person_id or 0),
        path=path_of(ticket.contract),
        escalations=of_ticket(ticket),
        batons=_batons(request, ticket) if is_handed else Baton.objects.none(),
        handoffs=handoffs_of(actor, ticket) if is_handed else Handoff.objects.none(),
    )
    read_together(found.clocks.changes, found.clocks.windows, *found.balance.lists, *_lists(found))
    return found


def _batons(request: StaffRequest, ticket: Ticket) -> QuerySet[Baton]:
    return batons_visible_to(request.actor).filter(ticket=ticket).select_related("team")


def _lists(found: Around) -> list[QuerySet[Any]]:
    parts = (getattr(found, field.name) for field in fields(found))
    return [part for part in parts if isinstance(part, QuerySet)]
