"""Escalations: the list of those that are open, and raising, acknowledging and ending one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from escalation.models import Escalation, State, Tier
from escalation.permissions import may_answer
from escalation.queries import escalation_for, open_for
from escalation.services import acknowledge as take_on
from escalation.services import raise_escalation
from escalation.services import resolve as end_escalation
from events.domain.errors import NotHere
from tickets.models import Ticket
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.forms.acts import GROUND_WORDS, EscalateForm, OutcomeForm
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

SHOWN = 100


@staff_page
def escalations(request: StaffRequest) -> HttpResponse:
    """Show the open escalations, those first that wait for the reader, then by when they climb."""
    found = list(open_for(request.actor).order_by("acknowledge_due_at", "id")[:SHOWN])
    tiers = _tiers(found)
    rows = [_row(request, one, tiers.get((one.contract_id, one.level))) for one in found]
    rows.sort(key=lambda row: not row["is_mine"])
    return render_page(request, "desk/escalations.html", {"rows": rows})


@staff_page
def escalate(request: StaffRequest, key: str) -> HttpResponse:
    """Call for the first tier of the contract's path."""
    ticket = own_ticket(request, key)
    words = Words(
        title="Escalate this ticket",
        verb=f"Escalate {ticket.key}",
        said=f"{ticket.key} is escalated.",
        text="Clocks, messages and earlier escalations are attached by themselves. The client sees it.",
    )
    return act_page(
        request,
        ticket,
        EscalateForm(typed(request)),
        words=words,
        act=lambda form: raise_escalation(
            actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data
        ),
    )


@staff_page
def acknowledge(request: StaffRequest, key: str, escalation_id: int) -> HttpResponse:
    """Take an escalation on."""
    posted(request)
    ticket, escalation = _own(request, key, escalation_id)
    take_on(actor=request.actor, at=request.at, escalation=escalation)
    return back_to(request, ticket, f"The escalation of {ticket.key} is yours.", place="escalation")


@staff_page
def resolve(request: StaffRequest, key: str, escalation_id: int) -> HttpResponse:
    """End an escalation with what came of it."""
    ticket, escalation = _own(request, key, escalation_id)
    words = Words(
        title="End the escalation", verb="End it", said="The escalation has ended.", place="escalation"
    )
    return act_page(
        request,
        ticket,
        OutcomeForm(typed(request)),
        words=words,
        act=lambda form: end_escalation(
            actor=request.actor, at=request.at, escalation=escalation, **form.cleaned_data
        ),
    )


def _own(request: StaffRequest, key: str, escalation_id: int) -> tuple[Ticket, Escalation]:
    ticket = own_ticket(request, key)
    escalation = escalation_for(request.actor, escalation_id=escalation_id)
    if escalation.ticket_id != ticket.pk:
        raise NotHere
    return ticket, escalation


def _tiers(found: list[Escalation]) -> dict[tuple[int, int], Tier]:
    rows = Tier.objects.filter(contract_id__in={one.contract_id for one in found}).select_related(
        "person", "team"
    )
    return {(row.contract_id, row.level): row for row in rows}


def _row(request: StaffRequest, one: Escalation, tier: Tier | None) -> dict[str, Any]:
    people = {one.asked_id} if one.asked_id else {tier.person_id, tier.deputy_id} if tier else set()
    return {
        "escalation": one,
        "tier": tier,
        "is_mine": one.state == State.WAITING and request.actor.person_id in people,
        "may_answer": may_answer(request.actor, one),
        "is_waiting": one.state == State.WAITING,
        "ground": GROUND_WORDS.get(one.ground, one.ground),
    }
