"""How a contract begins, for those who watch over it: the checklist, ticked, waiting, going on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.permissions import may_tick_onboarding
from contracts.queries import contract_for, onboarding_of, onboarding_state
from contracts.services import finish_step, hold_step, resume_step
from events.domain.errors import NotHere
from web.fragments import go_to, render_page
from web.gates import success_page
from web.onboarding import rows_of
from web.requests import StaffRequest

_ACTS = {
    "done": (finish_step, "Done."),
    "waiting": (hold_step, "It waits for the client."),
    "resumed": (resume_step, "It goes on; its due date has moved."),
}


@success_page
def onboarding(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show the checklist with what is late, and how long the client was waited for."""
    found = contract_for(request.actor, contract_id)
    state = onboarding_state(found, request.at)
    for step in state.steps:
        step.contract = found
    context = {
        "contract": found,
        "onboarding": state,
        "rows": rows_of(state, request.at),
        "ticks": bool(state.steps) and may_tick_onboarding(request.actor, state.steps[0]),
        "today": request.at.astimezone(request.zone).date(),
    }
    return render_page(request, "success/onboarding.html", context)


@success_page
def move(request: StaffRequest, contract_id: int, step_id: int) -> HttpResponse:
    """Tick a step off, let it wait for the client, or go on with it."""
    found = contract_for(request.actor, contract_id)
    step = onboarding_of(found).select_related("contract__client").filter(pk=step_id).first()
    act, said = _ACTS.get(request.POST.get("act", ""), (None, ""))
    if request.method != "POST" or step is None or act is None:
        raise NotHere
    act(actor=request.actor, at=request.at, step=step)
    messages.success(request, f"{step.label}: {said}")
    return go_to(request, reverse("success:onboarding", kwargs={"contract_id": found.pk}))
