"""A golden rule of the contract that a ticket is under: the text in force, and the wordings before it."""

from __future__ import annotations

from django.http import HttpResponse

from contracts.queries import effective_plan, sops_in_force, sops_visible_to
from events.domain.errors import NotHere
from web.desk.acting import own_ticket
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest
from web.rules import wordings_of


@staff_page
def rule(request: StaffRequest, key: str, sop_id: int) -> HttpResponse:
    """Show one rule, with the wording that is in force now marked."""
    ticket = own_ticket(request, key)
    found = sops_visible_to(request.actor).filter(contract=ticket.contract_id, pk=sop_id).first()
    if found is None:
        raise NotHere
    in_force = next((one for one in sops_in_force(ticket.contract, request.at) if one.sop_id == sop_id), None)
    labels = {one.key: one.label for one in effective_plan(ticket.contract).services}
    context = {
        "ticket": ticket,
        "rule": found,
        "in_force": in_force,
        "governs": [labels.get(one, one) for one in in_force.categories] if in_force else [],
        "wordings": wordings_of(found),
    }
    return render_page(request, "desk/rule.html", context)
