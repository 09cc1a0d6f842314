"""How a contract begins: the onboarding checklist and the preconditions of its plan."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, OnboardingStep
from contracts.permissions import may_tick_onboarding
from contracts.queries import contract_for, effective_plan, onboarding_of, onboarding_state
from contracts.services import finish_step, hold_step, record_precondition, resume_step
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.onboarding import rows_of
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.setup.contract import parts_of
from web.setup.forms.fields import DayField


class ProofForm(forms.Form):
    """What shows that a precondition is in place."""

    proof = forms.CharField(label="What shows it", widget=forms.Textarea(attrs={"rows": 3}))
    met_on = DayField(label="Since")


@setup_page
def beginning(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show the checklist with what is late or waits, and each precondition with its proof."""
    found = contract_for(request.actor, contract_id)
    state = onboarding_state(found, request.at)
    steps = state.steps
    proofs = {proof.key: proof for proof in found.preconditions.all()}
    context = {
        "contract": found,
        "parts": parts_of(found, "setup:beginning"),
        "onboarding": state,
        "rows": rows_of(state, request.at),
        "ticks": bool(steps) and may_tick_onboarding(request.actor, _with(steps[0], found)),
        "preconditions": [
            {"wanted": one, "proof": proofs.get(one.key)} for one in effective_plan(found).preconditions
        ],
        "today": request.at.astimezone(request.zone).date(),
    }
    return render_page(request, "setup/beginning.html", context)


@setup_page
def finish(request: StaffRequest, contract_id: int, step_id: int) -> HttpResponse:
    """Tick a step off."""
    return _stepped(request, contract_id, step_id, finish_step, "Done.")


@setup_page
def hold(request: StaffRequest, contract_id: int, step_id: int) -> HttpResponse:
    """Note that a step waits for the client."""
    return _stepped(request, contract_id, step_id, hold_step, "It waits for the client.")


@setup_page
def resume(request: StaffRequest, contract_id: int, step_id: int) -> HttpResponse:
    """Go on with a step that waited."""
    return _stepped(request, contract_id, step_id, resume_step, "It goes on; its due date has moved.")


@setup_page
def prove(request: StaffRequest, contract_id: int, precondition: str) -> HttpResponse:
    """Note what shows that a precondition is in place."""
    found = contract_for(request.actor, contract_id)
    wanted = next((one for one in effective_plan(found).preconditions if one.key == precondition), None)
    if wanted is None:
        raise NotHere
    words = Words(
        title=wanted.label,
        verb="Note it",
        said="It is noted; the service levels count it as in place.",
        back=_address(found),
        where=found.name,
    )
    return act_page(
        request,
        ProofForm(typed(request), initial={"met_on": request.at.astimezone(request.zone).date()}),
        words=words,
        act=lambda one: record_precondition(
            actor=request.actor, at=request.at, contract=found, key=wanted.key, **one.cleaned_data
        ),
    )


def _stepped(
    request: StaffRequest, contract_id: int, step_id: int, act: Callable[..., OnboardingStep], said: str
) -> HttpResponse:
    posted(request)
    found = contract_for(request.actor, contract_id)
    step = onboarding_of(found).filter(pk=step_id).first()
    if step is None:
        raise NotHere
    act(actor=request.actor, at=request.at, step=_with(step, found))
    return done(request, f"{step.label}: {said}", _address(found))


def _with(step: OnboardingStep, contract: Contract) -> OnboardingStep:
    step.contract = contract
    return step


def _address(contract: Contract) -> str:
    return reverse("setup:beginning", kwargs={"contract_id": contract.pk})
