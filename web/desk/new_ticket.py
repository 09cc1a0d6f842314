"""Filing a ticket for a contact: which client, which contract, then the form with its live answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from accounts.models import Client
from accounts.queries import client_for, clients_visible_to, contacts_of
from contracts.domain.coverage import answer as coverage_answer
from contracts.domain.plan import Plan
from contracts.models import Contract
from contracts.queries import (
    calendars_of,
    contract_for,
    contracts_in_force,
    effective_plan,
    environments_of,
    maintenance_intervals,
)
from events.domain.errors import NotAllowed, NotHere
from hours.queries import balance_of
from tickets.models import Ticket
from tickets.permissions import may_open
from tickets.services import open_ticket
from web.desk.acting import address_of
from web.desk.forms.new_ticket import FiledForForm
from web.duty import duty_shown
from web.files import stored
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest


@staff_page
def new_ticket(request: StaffRequest) -> HttpResponse:
    """Ask for the client, then take the ticket down."""
    slug = request.GET.get("client", "")
    if not slug:
        clients = clients_visible_to(request.actor).filter(ended_at__isnull=True)
        return render_page(request, "desk/choose_client.html", {"clients": list(clients)})
    client = client_for(request.actor, slug=slug)
    if not may_open(request.actor, client):
        raise NotAllowed("Engineers, leads and success managers file tickets.")
    contracts = list(_contracts(request, client))
    contract = _chosen(request, client, contracts)
    if contract is None:
        return render_page(request, "desk/no_contract.html", {"client_of_ticket": client})
    return _page(request, client, contract, contracts)


@staff_page
def answer(request: StaffRequest) -> HttpResponse:
    """The fragment beside the form: by when we answer, and whether it is covered."""
    contract = contract_for(request.actor, _number(request.GET.get("contract", "")))
    plan = effective_plan(contract)
    return render_page(request, "desk/new_ticket_answer.html", _preview(request, contract, plan, request.GET))


def _page(
    request: StaffRequest, client: Client, contract: Contract, contracts: list[Contract]
) -> HttpResponse:
    plan = effective_plan(contract)
    form = FiledForForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        contract=contract,
        plan=plan,
        people=[row.person for row in contacts_of(client).exclude(role="observer")],
        initial=_initial(plan),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            ticket = _filed(request, client, contract, form)
            return go_to(request, address_of(ticket))
    context = {
        "form": form,
        "client_of_ticket": client,
        "contract": contract,
        "contracts": contracts,
        **_preview(request, contract, plan, form.data if form.is_bound else form.initial),
    }
    return render_page(request, "desk/new_ticket.html", context, status=422 if form.errors else 200)


def _filed(request: StaffRequest, client: Client, contract: Contract, form: FiledForForm) -> Ticket:
    facts = form.facts()
    files = stored(request, client, facts.pop("files"))
    return open_ticket(actor=request.actor, at=request.at, contract=contract, attachments=files, **facts)


def _contracts(request: StaffRequest, client: Client) -> Any:  # noqa: ANN401  a queryset of contracts
    return contracts_in_force(client, request.at.astimezone(request.zone).date())


def _chosen(request: StaffRequest, client: Client, contracts: list[Contract]) -> Contract | None:
    named = request.GET.get("contract", "")
    if not named:
        return contracts[0] if contracts else None
    contract = contract_for(request.actor, _number(named))
    if contract.client_id != client.pk:
        raise NotHere
    return contract


def _initial(plan: Plan) -> dict[str, str]:
    middle = sorted(plan.urgencies, key=lambda one: one.rank)[len(plan.urgencies) // 2]
    return {
        "channel": "phone",
        "request_type": plan.request_types[0].code,
        "urgency": middle.code,
        "submission_id": uuid4().hex,
    }


def _preview(
    request: StaffRequest, contract: Contract, plan: Plan, chosen: Mapping[str, Any]
) -> dict[str, Any]:
    system = str(chosen.get("environment") or "")
    environment = environments_of(contract).filter(pk=int(system)).first() if system.isdecimal() else None
    try:
        found = coverage_answer(
            plan,
            add_ons=contract.add_ons,
            service_key=str(chosen.get("category") or ""),
            request_type=str(chosen.get("request_type") or ""),
            urgency=str(chosen.get("urgency") or ""),
            production=environment.is_production if environment else None,
            calendars=calendars_of(contract),
            at=request.at,
            channel=str(chosen.get("channel") or "phone"),
            product=environment.product if environment else "",
            windows=maintenance_intervals(environment.pk) if environment else (),
        )
    except KeyError:
        return {"answer": None, "plan": plan}
    balance = balance_of(contract, at=request.at) if plan.hours.has_hours else None
    duty = duty_shown(contract, at=request.at, product=environment.product if environment else "")
    return {"answer": found, "plan": plan, "balance": balance, "duty": duty}


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotHere
    return int(text)
