"""What the plan covers: urgencies with targets, hours, scope, proactive services, contacts, path."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from contracts.domain.contacts import slots_of
from contracts.domain.plan import Plan, Service
from contracts.models import Contract
from contracts.queries import (
    calendars_of,
    contract_for,
    contracts_in_force,
    effective_plan,
    named_contacts_of,
    onboarding_state,
    sops_in_force,
    unmet_preconditions,
)
from escalation.queries import path_of
from events.domain.errors import NotHere
from hours.permissions import may_see_hours
from hours.queries import Balance, balance_of
from proactive.queries import programmes_of
from web.fragments import render_page
from web.gates import portal_page
from web.portal.covered import ASKED_LENGTH, services_asked
from web.portal.plan_times import times_of
from web.requests import PortalRequest
from web.wording.amendments import amendment_in_words
from web.wording.cadences import cadence_words


@portal_page
def plan(request: PortalRequest) -> HttpResponse:
    """Show what one contract's plan promises and leaves out."""
    today = request.at.astimezone(request.zone).date()
    contracts = list(contracts_in_force(request.client, today).select_related("account_executive"))
    contract = _chosen(request, contracts)
    if contract is None:
        return render_page(request, "portal/no_contract.html")
    promised, calendars = effective_plan(contract), calendars_of(contract)
    asked = request.GET.get("ask", "").strip()[:ASKED_LENGTH]
    context = {
        "contract": contract,
        "contracts": contracts,
        "plan": promised,
        **times_of(promised, calendars),
        "asked": asked,
        "found": services_asked(contract, promised, asked=asked, calendars=calendars, at=request.at),
        "balance": _balance(request, contract, promised) if asked else None,
        "scope": _scope(promised, contract),
        "programmes": _programmes(promised, contract),
        "named": list(named_contacts_of(contract)) if promised.contacts else [],
        "path": path_of(contract),
        "amendments": [
            amendment_in_words(promised, one)
            for one in contract.amendments.select_related("agreed_by_provider").order_by("-id")
        ],
        "onboarding": onboarding_state(contract, request.at),
        "unmet": unmet_preconditions(contract),
        "sops": list(sops_in_force(contract, at=request.at)),
        "slots": _slots(promised, contract),
    }
    return render_page(request, "portal/plan.html", context)


def _chosen(request: PortalRequest, contracts: list[Contract]) -> Contract | None:
    named = request.GET.get("contract", "")
    if named.isdecimal():
        contract = contract_for(request.actor, int(named))
        if contract.client_id != request.client.id:
            raise NotHere
        return contract
    return contracts[0] if contracts else None


def _balance(request: PortalRequest, contract: Contract, plan: Plan) -> Balance | None:
    seen = plan.hours.has_hours and may_see_hours(request.actor, contract)
    return balance_of(contract, at=request.at) if seen else None


def _slots(plan: Plan, contract: Contract) -> int:
    """How many contacts can be named, those of a solution partner included."""
    if plan.contacts is None:
        return 0
    slots = slots_of(plan.contacts, add_ons=contract.add_ons)
    return slots.own + slots.partner


def _programmes(plan: Plan, contract: Contract) -> list[dict[str, Any]]:
    """What comes without asking: the programme, what it is, how often, and who sees to it."""
    services = {one.key: one for one in plan.proactive}
    return [
        {
            "label": one.label,
            "text": services[one.service].description if one.service in services else "",
            "often": cadence_words(one),
            "owner": one.owner,
        }
        for one in programmes_of(contract)
    ]


def _scope(plan: Plan, contract: Contract) -> dict[str, dict[str, list[Service]]]:
    """Services by what the plan says of them, then by group."""
    scope: dict[str, dict[str, list[Service]]] = {"included": {}, "add_on": {}, "excluded": {}}
    for service in plan.services:
        stance = "included" if service.add_on and service.add_on in contract.add_ons else str(service.stance)
        scope[stance].setdefault(service.group, []).append(service)
    return {stance: _merged(groups) for stance, groups in scope.items()}


def _merged(groups: dict[str, list[Service]]) -> dict[str, list[Service]]:
    """Groups of one service each need no headings of their own."""
    if all(len(services) == 1 for services in groups.values()):
        return {"": [service for services in groups.values() for service in services]} if groups else {}
    return groups
