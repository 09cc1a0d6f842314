"""The portal's first page: what waits for the reader, open tickets, hours left, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, MaintenanceWindow
from contracts.queries import calendars_of, contracts_in_force, effective_plan
from contracts.queries.windows import AHEAD, windows_between
from hours.permissions import may_see_hours
from hours.queries import balances_of, forecast, overages_visible_to
from proactive.queries import upcoming
from tickets.domain.lifecycle import Status
from tickets.models import Ticket, UrgencyProposal
from tickets.queries import open_approvals
from tickets.queries import visible_to as tickets_visible_to
from web.chips import next_dues
from web.fragments import render_page
from web.frames import initials
from web.gates import portal_page
from web.hours_outlook import outlook_of
from web.portal.contracts import terms_of_contracts
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


@portal_page
def home(request: PortalRequest) -> HttpResponse:
    """Show the portal's first page."""
    today = request.at.astimezone(request.zone).date()
    contracts = list(contracts_in_force(request.client, today).select_related("csm", "account_executive"))
    tickets = list(_open_tickets(request)[:SHOWN])
    context = {
        "greeting": _greeting(request),
        "opening": _opening(request, contracts),
        "waiting": _waiting(request),
        "rows": _rows(request, tickets),
        "hours": _hours(request, contracts),
        "upcoming": upcoming(request.actor, client_id=request.client.id, on=today),
        "maintenance": _maintenance(request),
        "people": _people(contracts),
        "types": effective_plan(contracts[0]).request_types if contracts else (),
    }
    return render_page(request, "portal/home.html", context)


def _greeting(request: PortalRequest) -> str:
    hour = request.at.astimezone(request.zone).hour
    part = next((words for until, words in _PARTS if hour < until), "evening")
    return f"Good {part}, {request.actor.name.partition(' ')[0]}"


def _opening(request: PortalRequest, contracts: list[Contract]) -> str:
    if not contracts:
        return ""
    plan, calendars = effective_plan(contracts[0]), calendars_of(contracts[0])
    return opening_words(plan, calendars, zone=request.zone, now=request.at)


def _open_tickets(request: PortalRequest) -> Any:  # noqa: ANN401  a queryset of tickets
    found = tickets_visible_to(request.actor).filter(client=request.client).open().by_next_due()
    return found.prefetch_related(terms_of_contracts())


def _rows(request: PortalRequest, tickets: list[Ticket]) -> list[TicketRow]:
    return rows_of(tickets, next_dues(tickets, zone=request.zone, now=request.at))


def _waiting(request: PortalRequest) -> list[Waiting]:
    decides = request.actor.role_at(request.client.id) == "poc"
    asked = [_approval(request, one) for one in open_approvals(request.actor).filter(client=request.client)]
    beyond = (
        overages_visible_to(request.actor).filter(client=request.client, state="asked") if decides else ()
    )
    asked += [
        Waiting(
            title=f"Approve {hmm(one.minutes)} beyond your support hours",
            text=one.text,
            address=reverse("portal:hours", kwargs={"client": request.client.slug}) + "#overage",
            verb="Decide",
        )
        for one in beyond
    ]
    seen = _open_tickets(request)
    proposed = UrgencyProposal.objects.filter(ticket__in=seen.order_by(), state="proposed")
    asked += [
        Waiting(
            title=f"Is {_urgency_label(one)} the right urgency?",
            text=f"{one.ticket.key} {one.ticket.subject}",
            address=_ticket_address(request, one.ticket.key),
            verb="Answer",
        )
        for one in proposed.select_related("ticket").prefetch_related(terms_of_contracts("ticket__"))
    ]
    return asked + [_on_ticket(request, one) for one in seen.filter(status__in=_OURS)[:WAITING_SHOWN]]


def _maintenance(request: PortalRequest) -> list[MaintenanceWindow]:
    """What is announced for the next fortnight, or under way."""
    ahead = windows_between(
        request.actor, start=request.at, end=request.at + AHEAD, client_id=request.client.id
    )
    return list(ahead[:MAINTENANCE_SHOWN])


def _urgency_label(proposal: UrgencyProposal) -> str:
    urgencies = effective_plan(proposal.ticket.contract).urgencies
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


def _hours(request: PortalRequest, contracts: list[Contract]) -> list[dict[str, Any]]:
    seen = [one for one in contracts if may_see_hours(request.actor, one)]
    paid = [one for one in seen if effective_plan(one).hours.has_hours]
    balances = balances_of(paid, at=request.at)
    today = request.at.astimezone(request.zone).date()
    return [
        {
            "contract": one,
            "balance": balances[one.pk],
            "outlook": outlook_of(
                balances[one.pk], forecast(one, at=request.at), today=today, zone=request.zone
            ),
        }
        for one in paid
    ]


def _people(contracts: list[Contract]) -> list[tuple[str, str, str]]:
    """Those who look after the client: initials, name, duty."""
    found: dict[str, str] = {}
    for contract in contracts:
        if contract.csm:
            found[contract.csm.name] = "Client success manager"
        if contract.account_executive:
            found.setdefault(contract.account_executive.name, "Account executive")
    return [(initials(name), name, duty) for name, duty in found.items()]
