"""One client as its success manager sees it: contracts, tickets, hours, escalations, planned work."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from accounts.queries import client_for, contacts_of
from contracts.models import Contract
from contracts.queries import contracts_in_force, effective_plan, onboarding_state
from escalation.queries import open_for
from hours.domain.periods import local_date
from hours.queries import balances_of, forecasts_of, waiting_of
from proactive.queries import overdue, upcoming
from tickets.queries import owed_documents
from tickets.queries import visible_to as tickets_visible_to
from web.chips import next_dues
from web.fragments import render_page
from web.gates import success_page
from web.hours_outlook import Outlook, outlook_of
from web.requests import StaffRequest
from web.ticket_rows import rows_of


@success_page
def client(request: StaffRequest, client: str) -> HttpResponse:
    """Show one client that the reader watches."""
    found = client_for(request.actor, slug=client)
    today = request.at.astimezone(request.zone).date()
    contracts = list(contracts_in_force(found, today).select_related("csm", "account_executive"))
    tickets = list(
        tickets_visible_to(request.actor)
        .filter(client=found)
        .open()
        .by_next_due()
        .select_related("contract__plan_version")
        .defer("contract__plan_version__body")
        .prefetch_related("contract__amendments")[:20]
    )
    context = {
        "watched": found,
        "contracts": contracts,
        "rows": rows_of(tickets, next_dues(tickets, zone=request.zone, now=request.at)),
        "hours": _hours(request, contracts),
        "waiting": waiting_of(request.actor, client_id=found.pk),
        "escalations": list(open_for(request.actor).filter(client=found)),
        "overdue": list(overdue(request.actor).filter(client=found)),
        "upcoming": upcoming(request.actor, client_id=found.pk, on=today),
        "contacts": list(contacts_of(found)),
        "papers": list(owed_documents(request.actor).filter(client=found)[:20]),
        "onboardings": _onboardings(contracts, request, today),
    }
    return render_page(request, "success/client.html", context)


def _onboardings(contracts: list[Contract], request: StaffRequest, today: date) -> list[dict[str, Any]]:
    """The contracts that are still being taken on, with how many steps are late."""
    found = [(one, onboarding_state(one, request.at)) for one in contracts]
    return [
        {
            "contract": one,
            "state": state,
            "late": sum(
                step.done_at is None and step.waiting_since is None and step.due_on < today
                for step in state.steps
            ),
        }
        for one, state in found
        if state.many and state.finished_at is None
    ]


def _hours(request: StaffRequest, contracts: list[Contract]) -> list[tuple[Contract, Outlook]]:
    """How the hours of each contract that has some are going, in as many statements as for one."""
    paid = [one for one in contracts if effective_plan(one).hours.has_hours]
    balances = balances_of(paid, at=request.at)
    expected = forecasts_of(paid, at=request.at, balances=balances)
    return [
        (
            one,
            outlook_of(
                balances[one.pk],
                expected[one.pk],
                today=local_date(request.at, expected[one.pk].zone),
                zone=ZoneInfo(expected[one.pk].zone),
                name=f"burn-{one.pk}",
            ),
        )
        for one in paid
    ]
