"""The portal's first page: what waits for the reader, open tickets, hours left, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, MaintenanceWindow
from contracts.queries import contracts_in_force
from contracts.queries.windows import AHEAD, windows_between
from events.together import read_together
from hours.models import OverageRequest
from hours.permissions import may_see_hours
from hours.queries import balances_of, forecasts_of, overages_visible_to
from proactive.models import Occurrence
from proactive.queries import upcoming
from slo.queries.terms import Standing, standings_of
from tickets.domain.lifecycle import Status
from tickets.models import Approval, Ticket, UrgencyProposal
from tickets.queries import open_approvals
from tickets.queries import visible_to as tickets_visible_to
from web.chips import next_dues
from web.fragments import render_page
from web.frames import initials
from web.gates import portal_page
from web.hours_outlook import outlook_of
from web.portal.opening import opening_words
from web.requests import PortalRequest
from web.ticket_rows import TicketRow, rows_of
from web.wording.amounts import hmm

SHOWN = 20
WAITING_SHOWN = 50
MAINTENANCE_SHOWN = 3
_PARTS = ((12, "morning"), (18, "afternoon"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits for the reader: what, about what, and where to do it."""

    title: str
    text: str
    address: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page is made of, read already; the terms by contract, those of older tickets too."""

    contracts: QuerySet[Contract]
    tickets: QuerySet[Ticket]
    asked: QuerySet[Ticket]
    approvals: QuerySet[Approval]
    overages: QuerySet[OverageRequest]
    proposals: QuerySet[UrgencyProposal]
    upcoming: QuerySet[Occurrence]
    maintenance: QuerySet[MaintenanceWindow]
    standings: dict[int, Standing]


@portal_page
def home(request: PortalRequest) -> HttpResponse:
    """Show the portal's first page."""
    seen = _seen(request)
    first = seen.standings[seen.contracts[0].pk] if seen.contracts else None
    context = {
        "greeting": _greeting(request),
        "opening": opening_words(first.plan, first.calendars, zone=request.zone, now=request.at)
        if first
        else "",
        "waiting": _waiting(request, seen),
        "rows": _rows(request, seen),
        "hours": _hours(request, seen),
        "upcoming": seen.upcoming,
        "maintenance": seen.maintenance,
        "people": _people(seen.contracts),
        "types": first.plan.request_types if first else (),
    }
    return render_page(request, "portal/home.html", context)


def _seen(request: PortalRequest) -> Seen:
    """Everything in two statements: the lists, then the terms of the contracts that they name."""
    actor, client = request.actor, request.client
    today = request.at.astimezone(request.zone).date()
    tickets = tickets_visible_to(actor).filter(client=client).open().by_next_due()
    overages = overages_visible_to(actor).filter(client=client, state="asked")
    proposals = UrgencyProposal.objects.filter(ticket__in=tickets.order_by(), state="proposed")
    windows = windows_between(actor, start=request.at, end=request.at + AHEAD, client_id=client.id)
    lists: dict[str, Any] = {
        "contracts": contracts_in_force(client, today)
        .prefetch_related(None)
        .select_related("csm", "account_executive"),
        "tickets": tickets[:SHOWN],
        "asked": tickets.filter(status__in=_OURS)[:WAITING_SHOWN],
        "approvals": open_approvals(actor).filter(client=client),
        "overages": overages if actor.role_at(client.id) == "poc" else overages.none(),
        "proposals": proposals.select_related("ticket"),
        "upcoming": upcoming(actor, client_id=client.id, on=today),
        "maintenance": windows[:MAINTENANCE_SHOWN],
    }
    read_together(*lists.values())
    named = {one.pk for one in lists["contracts"]} | {one.contract_id for one in lists["tickets"]}
    named |= {one.ticket.contract_id for one in lists["proposals"]}
    return Seen(**lists, standings=standings_of(named))


def _greeting(request: PortalRequest) -> str:
    hour = request.at.astimezone(request.zone).hour
    part = next((words for until, words in _PARTS if hour < until), "evening")
    return f"Good {part}, {request.actor.name.partition(' ')[0]}"


def _rows(request: PortalRequest, seen: Seen) -> list[TicketRow]:
    tickets = list(seen.tickets)
    dues = next_dues(tickets, zone=request.zone, now=request.at, standings=seen.standings)
    return rows_of(tickets, dues, plans={pk: standing.plan for pk, standing in seen.standings.items()})


def _waiting(request: PortalRequest, seen: Seen) -> list[Waiting]:
    asked = [_approval(request, one) for one in seen.approvals]
    asked += [
        Waiting(
            title=f"Approve {hmm(one.minutes)} beyond your support hours",
            text=one.text,
            address=reverse("portal:hours", kwargs={"client": request.client.slug}) + "#overage",
            verb="Decide",
        )
        for one in seen.overages
    ]
    asked += [
        Waiting(
            title=f"Is {_urgency_label(one, seen)} the right urgency?",
            text=f"{one.ticket.key} {one.ticket.subject}",
            address=_ticket_address(request, one.ticket.key),
            verb="Answer",
        )
        for one in seen.proposals
    ]
    return asked + [_on_ticket(request, one) for one in seen.asked]


def _urgency_label(proposal: UrgencyProposal, seen: Seen) -> str:
    urgencies = seen.standings[proposal.ticket.contract_id].plan.urgencies
    return next((one.label for one in urgencies if one.code == proposal.proposed), proposal.proposed)


_OURS = (Status.WAITING_ON_CLIENT, Status.RESOLVED)


def _on_ticket(request: PortalRequest, ticket: Ticket) -> Waiting:
    is_solved = ticket.status == Status.RESOLVED
    title = "Is it solved for you?" if is_solved else (ticket.waiting_for or "An answer is asked")
    return Waiting(
        title=title,
        text=f"{ticket.key} {ticket.subject}",
        address=_ticket_address(request, ticket.key),
        verb="Check" if is_solved else "Answer",
    )


def _approval(request: PortalRequest, approval: Any) -> Waiting:  # noqa: ANN401  an approval with its ticket
    return Waiting(
        title=approval.question,
        text=f"{approval.ticket.key} {approval.ticket.subject}",
        address=_ticket_address(request, approval.ticket.key),
        verb="Decide",
    )


def _ticket_address(request: PortalRequest, key: str) -> str:
    return reverse("portal:ticket", kwargs={"client": request.client.slug, "key": key})


def _hours(request: PortalRequest, seen: Seen) -> list[dict[str, Any]]:
    known = [one for one in seen.contracts if may_see_hours(request.actor, one)]
    paid = [one for one in known if seen.standings[one.pk].plan.hours.has_hours]
    balances = balances_of(paid, at=request.at)
    zones = {pk: standing.zone for pk, standing in seen.standings.items()}
    expected = forecasts_of(paid, at=request.at, balances=balances, zones=zones)
    today = request.at.astimezone(request.zone).date()
    return [
        {
            "contract": one,
            "balance": balances[one.pk],
            "outlook": outlook_of(balances[one.pk], expected[one.pk], today=today, zone=request.zone),
        }
        for one in paid
    ]


def _people(contracts: Iterable[Contract]) -> list[tuple[str, str, str]]:
    """Those who look after the client: initials, name, duty."""
    found: dict[str, str] = {}
    for contract in contracts:
        if contract.csm:
            found[contract.csm.name] = "Client success manager"
        if contract.account_executive:
            found.setdefault(contract.account_executive.name, "Account executive")
    return [(initials(name), name, duty) for name, duty in found.items()]
