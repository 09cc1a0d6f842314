"""One delivery of planned work: its window, day and owner, and everything that can be done about it (P1)."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.models import Occurrence, State
from proactive.permissions import may_deliver
from proactive.queries import occurrence_for
from proactive.services import deliver, hand_over, plan_for, skip, start, waive
from web.fragments import go_to, render_page
from web.gates import success_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.success.forms.occurrence import DayForm, OwnerForm, ProofForm, ReasonForm, WaiverForm
from web.success.written import writing_of

_OPEN = (State.PLANNED, State.IN_PROGRESS, State.MISSED)


@success_page
def occurrence(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Show one delivery: its window, day and owner, and what can be done about it."""
    found = occurrence_for(request.actor, occurrence_id=occurrence_id)
    return _show(request, found)


@success_page
def plan_day(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Give a delivery a day."""
    form = DayForm(request.POST, auto_id="day_%s")
    return _act(request, occurrence_id, form=form, act=plan_for, said="The day is set.")


@success_page
def begin(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Begin with a delivery."""
    return _act(request, occurrence_id, form=forms.Form(request.POST), act=start, said="Begun.")


@success_page
def finish(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Say that it is done, and what shows it."""
    form = ProofForm(request.POST, auto_id="proof_%s")
    return _act(request, occurrence_id, form=form, act=deliver, said="Delivered.")


@success_page
def leave_out(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Say that it will not be delivered, and why."""
    form = ReasonForm(request.POST, auto_id="skip_%s")
    return _act(request, occurrence_id, form=form, act=skip, said="Skipped.")


@success_page
def give_up(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Note that the client gives it up."""
    form = WaiverForm(request.POST, auto_id="waive_%s")
    return _act(request, occurrence_id, form=form, act=waive, said="Noted: the client gives it up.")


@success_page
def pass_on(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Give a delivery to somebody else."""
    form = OwnerForm(request.POST, auto_id="owner_%s")
    return _act(request, occurrence_id, form=form, act=hand_over, said="Passed on.")


def _act(
    request: StaffRequest,
    occurrence_id: int,
    *,
    form: forms.Form,
    act: Callable[..., Occurrence],
    said: str,
) -> HttpResponse:
    if request.method != "POST":
        raise NotHere
    found = occurrence_for(request.actor, occurrence_id=occurrence_id)
    if form.is_valid():
        with refusals_in(form):
            act(actor=request.actor, at=request.at, occurrence=found, **form.cleaned_data)
            messages.success(request, said)
            return go_to(request, reverse("success:occurrence", kwargs={"occurrence_id": found.pk}))
    return _show(request, found, sent=form)


def _show(request: StaffRequest, found: Occurrence, sent: forms.Form | None = None) -> HttpResponse:
    """The delivery with the forms of its acts; one that was sent and refused keeps what was typed."""
    shown: dict[str, forms.Form] = {
        "day": DayForm(initial={"on": found.planned_on or found.due_on}, auto_id="day_%s"),
        "proof": ProofForm(auto_id="proof_%s"),
        "skip": ReasonForm(auto_id="skip_%s"),
        "waive": WaiverForm(auto_id="waive_%s"),
        "owner": OwnerForm(initial={"owner": found.owner_id}, auto_id="owner_%s"),
    }
    known = {name: sent if type(sent) is type(form) else form for name, form in shown.items()}
    context = {
        "one": found,
        "forms": known,
        "refused": ""
        if sent is None or sent in known.values()
        else " ".join(map(str, sent.non_field_errors())),
        "writing": writing_of(found) if may_deliver(request.actor, found.client_id) else None,
        "acts": may_deliver(request.actor, found.client_id) and found.state in _OPEN,
    }
    return render_page(request, "success/occurrence.html", context, status=422 if sent else 200)
