"""Filing a ticket: the form, and the live answer to "by when will I hear from you, and is it covered?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import Person
from accounts.queries import contacts_of
from contracts.domain.coverage import CoverageAnswer
from contracts.domain.coverage import answer as coverage_answer
from contracts.domain.plan import Plan
from contracts.models import Contract, Environment
from contracts.queries import (
    calendars_of,
    contract_for,
    contracts_in_force,
    effective_plan,
    maintenance_intervals,
    may_open,
)
from events.domain.errors import NotHere
from hours.permissions import may_see_hours
from hours.queries import balance_of
from slo.queries import preview
from tickets.domain.texts import BODY_LIMIT
from tickets.queries import draft_of
from tickets.services import discard_draft, open_ticket, save_draft
from web.drawing.strip import Strip, strip_of
from web.duty import duty_shown
from web.files import stored
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.kept import typed_before
from web.portal.forms.new_ticket import NewTicketForm
from web.refusals import refusals_in
from web.requests import PortalRequest


@portal_page
def new_ticket(request: PortalRequest) -> HttpResponse:
    """Show the form of a new ticket, and file it when it is sent."""
    contract = _contract(request)
    if contract is None:
        return render_page(request, "portal/no_contract.html", status=200)
    plan = effective_plan(contract)
    opening = may_open(contract, request.user, request.at.astimezone(request.zone).date())
    if not opening.allowed:
        context = {"opening": opening, "contract": contract, "contracts": list(_contracts(request))}
        status = 403 if request.method == "POST" else 200
        return render_page(request, "portal/may_not_open.html", context, status=status)
    is_preview = request.method == "POST" and "preview" in request.POST
    previewed = request.POST.get("description", "")[:BODY_LIMIT] if is_preview else ""
    if is_preview and request.htmx:
        return render_page(request, "components/preview.html", {"body": previewed})
    form = _form(request, contract, plan, is_preview=is_preview)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            return _filed(request, contract, form.cleaned_data)
    chosen = form.data if form.is_bound else form.initial
    context = {
        "form": form,
        "contract": contract,
        "contracts": list(_contracts(request)),
        "previewed": previewed,
        **_preview(request, contract, plan, chosen),
    }
    return render_page(request, "portal/new_ticket.html", context, status=422 if form.errors else 200)


def _form(request: PortalRequest, contract: Contract, plan: Plan, *, is_preview: bool) -> NewTicketForm:
    """The form, with what was typed; what is only looked at first is not checked yet."""
    initial = {**_initial(request, plan), **(_typed(request) if is_preview else {})}
    is_sent = request.method == "POST" and not is_preview
    return NewTicketForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=initial,
        contract=contract,
        plan=plan,
        colleagues=_colleagues(request),
    )


def _typed(request: PortalRequest) -> dict[str, Any]:
    return {**request.POST.dict(), "participants": request.POST.getlist("participants")}


@portal_page
def answer(request: PortalRequest) -> HttpResponse:
    """The fragment beside the form: by when an engineer will answer, and whether it is covered."""
    contract = _contract(request)
    if contract is None:
        raise NotHere
    plan = effective_plan(contract)
    context = {"contract": contract, **_preview(request, contract, plan, request.GET)}
    return render_page(request, "portal/new_ticket_answer.html", context)


@portal_page
def keep_draft(request: PortalRequest) -> HttpResponse:
    """Keep what is typed in the description while it is not sent."""
    if request.method != "POST":
        raise NotHere
    save_draft(
        actor=request.actor,
        at=request.at,
        client=request.client,
        body=request.POST.get("description", ""),
    )
    if request.htmx:
        return render_page(request, "portal/draft_kept.html")
    messages.success(request, "Your text is kept; it stands here when you come back.")
    return redirect("portal:new_ticket", client=request.client.slug)


def _filed(request: PortalRequest, contract: Contract, typed: dict[str, Any]) -> HttpResponse:
    ticket = open_ticket(
        actor=request.actor,
        at=request.at,
        contract=contract,
        request_type=typed["request_type"],
        urgency=typed["urgency"],
        category=typed["category"],
        environment=typed["environment"],
        subject=typed["subject"],
        description=typed["description"],
        requester=request.user,
        participants=tuple(typed["participants"]),
        attachments=stored(request, request.client, typed["files"]),
        submission_id=typed["submission_id"],
    )
    discard_draft(actor=request.actor, client=request.client)
    return go_to(request, reverse("portal:ticket", kwargs={"client": request.client.slug, "key": ticket.key}))


def _colleagues(request: PortalRequest) -> QuerySet[Person]:
    """The client's other people, who can be asked along."""
    known = contacts_of(request.client).exclude(person=request.user).values("person_id")
    return Person.objects.filter(id__in=known).order_by("name")


def _contracts(request: HttpRequest) -> Any:  # noqa: ANN401  a queryset of contracts
    here: Any = request
    return contracts_in_force(here.client, here.at.astimezone(here.zone).date())


def _contract(request: PortalRequest) -> Contract | None:
    """The contract that the address names, or the one that a new ticket falls under by itself."""
    named = request.GET.get("contract", "")
    if named.isdecimal():
        contract = contract_for(request.actor, int(named))
        if contract.client_id != request.client.id:
            raise NotHere
        return contract
    first: Contract | None = _contracts(request).first()
    return first


def _initial(request: PortalRequest, plan: Plan) -> dict[str, Any]:
    draft = draft_of(request.actor, client=request.client, ticket=None)
    asked, category = request.GET.get("type", ""), request.GET.get("category", "")
    known = [one.code for one in plan.request_types]
    middle = sorted(plan.urgencies, key=lambda one: one.rank)[len(plan.urgencies) // 2]
    return {
        "request_type": asked if asked in known else known[0],
        "urgency": middle.code,
        "category": category if any(one.key == category for one in plan.services) else "",
        "description": draft.body if draft else "",
        "submission_id": uuid4().hex,
        **typed_before(request, request.path),
    }


def _preview(
    request: PortalRequest,
    contract: Contract,
    plan: Plan,
    chosen: Mapping[str, Any],
) -> dict[str, Any]:
    environment = _environment(contract, str(chosen.get("environment") or ""))
    calendars = calendars_of(contract)
    try:
        found = coverage_answer(
            plan,
            add_ons=contract.add_ons,
            service_key=str(chosen.get("category") or ""),
            request_type=str(chosen.get("request_type") or ""),
            urgency=str(chosen.get("urgency") or ""),
            production=environment.is_production if environment else None,
            calendars=calendars,
            at=request.at,
            product=environment.product if environment else "",
            windows=maintenance_intervals(environment.pk) if environment else (),
        )
    except KeyError:
        return {"answer": None, "plan": plan}
    return {
        "answer": found,
        "plan": plan,
        "urgency": plan.urgency(found.urgency),
        "duty": duty_shown(contract, at=request.at, product=environment.product if environment else ""),
        "strip": _strip(request, contract, found, chosen, environment),
        "balance": balance_of(contract, at=request.at) if _sees_hours(request, contract, plan) else None,
    }


def _sees_hours(request: PortalRequest, contract: Contract, plan: Plan) -> bool:
    return plan.hours.has_hours and may_see_hours(request.actor, contract)


def _strip(
    request: PortalRequest,
    contract: Contract,
    found: CoverageAnswer,
    chosen: Mapping[str, Any],
    environment: Environment | None,
) -> Strip | None:
    if found.first_response_due_at is None:
        return None
    clocks = preview(
        contract,
        request_type=str(chosen.get("request_type")),
        urgency=found.urgency,
        at=request.at,
        environment=environment,
    )
    clock = next((one for one in clocks if one.objective == "first_response"), None)
    if clock is None:
        return None
    return strip_of(
        clock.segments,
        element_id="pre",
        title="From filing to answer",
        now=request.at,
        due_at=clock.due_at,
        zone=request.zone,
    )


def _environment(contract: Contract, chosen: str) -> Environment | None:
    if not chosen.isdecimal():
        return None
    return Environment.objects.filter(contract=contract, id=int(chosen)).first()
