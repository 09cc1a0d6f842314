"""The client's support hours: what is left, where it went, what is asked beyond, statements by month."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract
from contracts.queries import contract_for, contracts_in_force, effective_plan
from events.domain.errors import DomainError, NotAllowed, NotHere
from hours.domain.periods import local_date, month_of
from hours.domain.statement import StatementBody
from hours.models import OverageRequest
from hours.permissions import may_question, may_see_hours
from hours.queries import (
    balance_of,
    digest_of,
    forecast,
    months_of,
    overage_for,
    packs_on_offer,
    questions_visible_to,
    seal_of,
    statement,
    statement_month,
    top_ups_visible_to,
    zone_of,
)
from hours.services import decide_overage, request_top_up
from hours.statement_csv import statement_csv
from hours.statement_pdf import Letterhead, statement_pdf
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.hours_outlook import outlook_of
from web.portal.deciding import asked_and_decided, forget, remember
from web.portal.forms.hours import DecisionForm
from web.portal.hours_shown import aside_of, latest_questions, lines_of
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.signed_in import signed_in_at
from web.wording.amounts import hmm


@portal_page
def hours(request: PortalRequest) -> HttpResponse:
    """Show balance, chart, buckets and this month's lines of one contract; members do not see money."""
    return show(request)


def show(
    request: PortalRequest,
    *,
    contract: Contract | None = None,
    problem: str = "",
    refused: DecisionForm | None = None,
) -> HttpResponse:
    """Render the hours page, with a problem said at its top, or on the form where an act was refused."""
    if request.actor.role_at(request.client.id) == "member":
        raise NotHere
    contract = contract or _contract(request)
    if contract is None:
        return render_page(request, "portal/no_hours.html")
    today = local_date(request.at, zone_of(contract))
    balance = balance_of(contract, at=request.at)
    outlook = outlook_of(balance, forecast(contract, at=request.at), today=today, zone=request.zone)
    status = 422 if problem or refused else 200
    context = {
        "contract": contract,
        "contracts": _contracts(request),
        "plan": effective_plan(contract),
        "balance": balance,
        "outlook": outlook,
        "month": month_of(today),
        **_lines(request, contract, statement(contract, today)),
        "months": months_of(contract, until=today),
        **asked_and_decided(request, contract, refused),
        "top_ups": list(top_ups_visible_to(request.actor).filter(contract=contract)[:10]),
        "packs": packs_on_offer(contract),
        "decides": request.actor.role_at(request.client.id) == "poc",
        "submission_id": uuid4().hex,
        "problem": problem,
        "has_errors": status == 422,
    }
    return render_page(request, "portal/hours.html", context, status=status)


@portal_page
def month(request: PortalRequest, contract_id: int, month: str, form: str) -> HttpResponse:
    """Hand out the statement of a month as a page, as CSV or as PDF; a closed one carries its digest (H9)."""
    contract = _own(request, contract_id)
    first = statement_month(contract, month, at=request.at)
    body = statement(contract, first)
    name = f"{request.client.key}-hours-{month}"
    if form == "csv":
        return _download(statement_csv(body).encode(), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "pdf":
        digest = digest_of(contract, first)
        head = Letterhead(client=request.client.name, contract=contract.name, digest=digest)
        return _download(statement_pdf(body, head), "application/pdf", f"{name}.pdf")
    context = {
        "contract": contract,
        "month": first,
        "seal": seal_of(contract, first),
        **_lines(request, contract, body),
    }
    return render_page(request, "portal/statement.html", context)


@portal_page
def decide(request: PortalRequest, request_id: int) -> HttpResponse:
    """Approve, for more or less than asked, or decline work beyond the balance (H5).

    Above the contract's amount one signs in again; what was typed waits in the session meanwhile.
    """
    if request.method != "POST":
        raise NotHere
    overage = overage_for(request.actor, request_id)
    if overage.client_id != request.client.id:
        raise NotHere
    form = DecisionForm(request.POST, overage=overage)
    if form.is_valid():
        try:
            with refusals_in(form):
                return _decided(request, overage, form)
        except NotAllowed as refusal:
            if refusal.code != "reauthentication_required":
                raise
            remember(request, overage)
            return go_to(
                request, f"{reverse('account_reauthenticate')}?next={quote(_place(request, overage))}"
            )
    return show(request, contract=_own(request, overage.contract_id), refused=form)


def _decided(request: PortalRequest, overage: OverageRequest, form: DecisionForm) -> HttpResponse:
    told = form.cleaned_data
    made = decide_overage(
        actor=request.actor,
        at=request.at,
        overage=overage,
        approve=form.approves,
        minutes=told["minutes"] if form.approves else None,
        answer=told["answer"],
        expires_on=told["expires_on"] if form.approves else None,
        reauthenticated_at=signed_in_at(request),
    )
    forget(request, overage)
    said = f"{hmm(made.approved_minutes or 0)} approved; the work goes on." if form.approves else "Declined."
    messages.success(request, said)
    return _back(request, overage.contract_id)


@portal_page
def order(request: PortalRequest, contract_id: int) -> HttpResponse:
    """Order a pack of hours; the account executive confirms it (H11)."""
    if request.method != "POST":
        raise NotHere
    contract = _own(request, contract_id)
    try:
        request_top_up(
            actor=request.actor,
            at=request.at,
            contract=contract,
            pack=request.POST.get("pack", ""),
            note=request.POST.get("words", ""),
            request_key=request.POST.get("submission_id") or None,
        )
    except DomainError as refusal:
        return show(request, contract=contract, problem=refusal.detail)
    messages.success(request, "Ordered. Your account executive confirms it.")
    return _back(request, contract.pk)


def _own(request: PortalRequest, contract_id: int) -> Contract:
    contract = contract_for(request.actor, contract_id)
    if contract.client_id != request.client.id or not may_see_hours(request.actor, contract):
        raise NotHere
    return contract


def _contracts(request: PortalRequest) -> list[Contract]:
    today = request.at.astimezone(request.zone).date()
    found = contracts_in_force(request.client, today)
    seen = [one for one in found if may_see_hours(request.actor, one)]
    return [one for one in seen if effective_plan(one).hours.has_hours]


def _contract(request: PortalRequest) -> Contract | None:
    named = request.GET.get("contract", "")
    if named.isdecimal():
        return _own(request, int(named))
    return next(iter(_contracts(request)), None)


def _lines(request: PortalRequest, contract: Contract, body: StatementBody) -> dict[str, Any]:
    asked = latest_questions(list(questions_visible_to(request.actor).filter(contract=contract)))
    may_ask = may_question(request.actor, request.client.id)
    return {
        "statement": body,
        "lines": lines_of(body, zone=request.zone, questions=asked, may_ask=may_ask),
        "aside": aside_of(body, zone=request.zone, questions=asked, may_ask=may_ask),
    }


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


def _back(request: PortalRequest, contract_id: int) -> HttpResponse:
    address = reverse("portal:hours", kwargs={"client": request.client.slug})
    return go_to(request, f"{address}?contract={contract_id}")


def _place(request: PortalRequest, overage: OverageRequest) -> str:
    """Where the request stands on the hours page."""
    address = reverse("portal:hours", kwargs={"client": request.client.slug})
    return f"{address}?contract={overage.contract_id}#overage-{overage.pk}"
