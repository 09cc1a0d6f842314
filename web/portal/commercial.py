"""Questions to the account executive in the portal: prices, contracts, renewals, licences, roadmaps (E4)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Assignment, Duty
from contracts.models import Contract
from contracts.queries import contracts_in_force
from escalation.models import CommercialQuestion, QuestionState
from escalation.permissions import may_ask_commercially
from escalation.queries import commercial_question_for, questions_visible_to
from escalation.services import QuestionWords, ask_account_executive, ask_again, close_question
from events.domain.errors import NotHere
from tickets.models import Ticket
from tickets.queries import ticket_for
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.portal.forms.commercial import AskAgainForm, CommercialForm
from web.refusals import refusals_in
from web.requests import PortalRequest

SHOWN = 100


@portal_page
def commercial(request: PortalRequest) -> HttpResponse:
    """Show what was asked, and take a new question; one that began as an escalation brings its words."""
    contracts = list(contracts_in_force(request.client, request.at.astimezone(request.zone).date()))
    is_steered = request.method == "POST" and request.POST.get("from") == "escalation"
    is_sent = request.method == "POST" and not is_steered
    form = CommercialForm(
        request.POST if is_sent else None, contracts=contracts, initial=_beginning(request, is_steered)
    )
    asks = may_ask_commercially(request.actor, request.client.pk)
    if is_sent and form.is_valid():
        with refusals_in(form):
            made = _ask(request, form, contracts)
            messages.success(request, "Your account executive has your question.")
            return go_to(request, _address(request, made))
    rows = questions_visible_to(request.actor).filter(client=request.client)
    context = {
        "rows": list(rows[:SHOWN]),
        "form": form,
        "asks": asks,
        "executives": _executives(request),
    }
    return render_page(request, "portal/commercial.html", context, status=422 if form.errors else 200)


@portal_page
def commercial_question(request: PortalRequest, commercial_id: int) -> HttpResponse:
    """Show one question with everything said on it, and take more."""
    found = _own(request, commercial_id)
    may_ask = may_ask_commercially(request.actor, request.client.pk)
    form = AskAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            ask_again(actor=request.actor, at=request.at, question=found, **form.cleaned_data)
            messages.success(request, "It is sent.")
            return go_to(request, _address(request, found))
    context = {
        "one": found,
        "lines": list(found.lines.all()),
        "form": form,
        "asks": may_ask and found.state != QuestionState.CLOSED,
    }
    return render_page(
        request, "portal/commercial_question.html", context, status=422 if form.errors else 200
    )


@portal_page
def close_commercial(request: PortalRequest, commercial_id: int) -> HttpResponse:
    """Close a matter that is settled, or no longer of interest."""
    if request.method != "POST":
        raise NotHere
    found = _own(request, commercial_id)
    close_question(actor=request.actor, at=request.at, question=found)
    messages.success(request, "The question is closed.")
    return go_to(request, _address(request, found))


def _ask(request: PortalRequest, form: CommercialForm, contracts: list[Contract]) -> CommercialQuestion:
    typed = form.cleaned_data
    chosen = next((one for one in contracts if str(one.pk) == typed.get("contract")), None)
    alone = contracts[0] if len(contracts) == 1 else None
    return ask_account_executive(
        actor=request.actor,
        at=request.at,
        client=request.client,
        words=QuestionWords(topic=typed["topic"], subject=typed["subject"], text=typed["text"]),
        contract=chosen or alone,
        ticket=_ticket(request, typed["ticket"]),
        submission_id=typed["submission_id"],
    )


def _beginning(request: PortalRequest, is_steered: bool) -> dict[str, Any]:
    ticket = _ticket(request, request.GET.get("ticket", ""))
    return {
        "submission_id": uuid4().hex,
        "ticket": ticket.key if ticket else "",
        "subject": ticket.subject if ticket and is_steered else "",
        "text": request.POST.get("reason", "") if is_steered else "",
    }


def _ticket(request: PortalRequest, key: str) -> Ticket | None:
    """The ticket that the address names; None where it names none that the reader sees here."""
    if not key:
        return None
    try:
        found = ticket_for(request.actor, key=key)
    except NotHere:
        return None
    return found if found.client_id == request.client.pk else None


def _executives(request: PortalRequest) -> list[str]:
    rows = Assignment.objects.filter(client=request.client, duty=Duty.ACCOUNT, person__is_active=True)
    return list(rows.order_by("person__name").values_list("person__name", flat=True))


def _own(request: PortalRequest, commercial_id: int) -> CommercialQuestion:
    return commercial_question_for(request.actor, question_id=commercial_id, client_id=request.client.pk)


def _address(request: PortalRequest, found: CommercialQuestion) -> str:
    where = {"client": request.client.slug, "commercial_id": found.pk}
    return reverse("portal:commercial_question", kwargs=where)
