"""How the client is taken on: what was done, what is next, and the steps that are the client's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import OnboardingStep
from contracts.permissions import may_tick_onboarding
from contracts.queries import contracts_in_force, onboarding_state
from contracts.services import finish_step
from events.domain.errors import NotHere
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.onboarding import rows_of
from web.requests import PortalRequest


@portal_page
def onboarding(request: PortalRequest) -> HttpResponse:
    """Show the checklists of the client's contracts, those that go on first."""
    today = request.at.astimezone(request.zone).date()
    shown = [_shown(request, contract) for contract in contracts_in_force(request.client, today)]
    begun = [one for one in shown if one["onboarding"].many]
    begun.sort(key=lambda one: one["onboarding"].finished_at is not None)
    return render_page(request, "portal/onboarding.html", {"begun": begun, "today": today})


@portal_page
def finish(request: PortalRequest, step_id: int) -> HttpResponse:
    """Say that a step of the client's own is done."""
    rows = OnboardingStep.objects.select_related("contract__client")
    step = rows.filter(pk=step_id, contract__client=request.client).first()
    if request.method != "POST" or step is None:
        raise NotHere
    finish_step(actor=request.actor, at=request.at, step=step)
    messages.success(request, f"{step.label}: done.")
    return go_to(request, reverse("portal:onboarding", kwargs={"client": request.client.slug}))


def _shown(request: PortalRequest, contract: Any) -> dict[str, Any]:  # noqa: ANN401  a contract with its terms
    state = onboarding_state(contract, request.at)
    for step in state.steps:
        step.contract = contract
    return {
        "contract": contract,
        "onboarding": state,
        "rows": [(row, may_tick_onboarding(request.actor, row.step)) for row in rows_of(state, request.at)],
    }
