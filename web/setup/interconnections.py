"""Interconnections as staff see them: assessed, agreed to for the provider, mapped, ended (X2)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import client_for
from contracts.models import Interconnection, Judgement
from contracts.permissions import (
    may_agree_to_interconnections,
    may_assess_interconnections,
    may_map_interconnections,
)
from contracts.queries import interconnection_for, interconnections_visible_to, maps_of
from contracts.services import (
    Assessment,
    agree_to_interconnection,
    assess_interconnection,
    end_interconnection,
)
from events.domain.errors import NotAllowed
from web.amount_field import AmountField
from web.fragments import render_page
from web.gates import success_page
from web.interconnections import maps_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed

TEXT = {"rows": 4}


class AssessForm(forms.Form):
    """Whether it can be done, whether it is safe, and what it takes."""

    feasibility = forms.ChoiceField(label="Can it be done?", choices=Judgement.choices)
    feasibility_text = forms.CharField(label="What was looked at", widget=forms.Textarea(attrs=TEXT))
    security = forms.ChoiceField(label="Is it safe?", choices=Judgement.choices)
    security_text = forms.CharField(
        label="What was looked at for safety",
        widget=forms.Textarea(attrs=TEXT),
        help_text="Which data leaves which side, who holds the key, what happens when it is lost.",
    )
    estimate_minutes = AmountField(label="Work it takes", required=False)


class EndForm(forms.Form):
    """Why it ends, or is not taken on."""

    reason = forms.CharField(label="Why", max_length=300, help_text="The client reads it.")


@success_page
def interconnections(request: StaffRequest, client: str) -> HttpResponse:
    """Show the systems of a client that are joined or wanted."""
    found = client_for(request.actor, slug=client)
    rows = interconnections_visible_to(request.actor).filter(client=found)
    return render_page(request, "setup/interconnections.html", {"one": found, "rows": list(rows)})


@success_page
def interconnection(request: StaffRequest, interconnection_id: int) -> HttpResponse:
    """Show one with its assessment, who has agreed, its maps and keys."""
    found = interconnection_for(request.actor, interconnection_id)
    actor, is_open = request.actor, found.ended_at is None
    agrees = may_agree_to_interconnections(actor, found.contract)
    context = {
        "one": found,
        "maps": maps_of(found),
        "keys": list(found.api_keys.order_by("-id")),
        "tickets": found.tickets.count(),
        "assesses": may_assess_interconnections(actor, found.contract) and is_open and not found.in_force_at,
        "agrees": agrees and is_open and found.is_feasible and not found.provider_agreed_at,
        "ends": agrees and is_open,
        "maps_it": may_map_interconnections(actor, found) and is_open,
    }
    return render_page(request, "setup/interconnection.html", context)


@success_page
def assess(request: StaffRequest, interconnection_id: int) -> HttpResponse:
    """Say whether it can be done and whether it is safe."""
    found = interconnection_for(request.actor, interconnection_id)
    if not may_assess_interconnections(request.actor, found.contract):
        raise NotAllowed("Staff who serve the client assess an interconnection.")
    names = ("feasibility", "feasibility_text", "security", "security_text", "estimate_minutes")
    words = Words(
        title=f"Assess {found}",
        verb="Save the assessment",
        said="It is assessed; both sides agree next.",
        back=_address(found),
        where=found.name,
        text="The client reads both reasons. Who agreed to an earlier assessment has to agree again.",
    )
    return act_page(
        request,
        AssessForm(typed(request), initial={name: getattr(found, name) for name in names}),
        words=words,
        act=lambda form: assess_interconnection(
            actor=request.actor, at=request.at, interconnection=found, assessment=_assessment(form)
        ),
    )


@success_page
def agree(request: StaffRequest, interconnection_id: int) -> HttpResponse:
    """Agree for the provider."""
    posted(request)
    found = interconnection_for(request.actor, interconnection_id)
    agree_to_interconnection(actor=request.actor, at=request.at, interconnection=found)
    return done(request, "Agreed for the provider.", _address(found))


@success_page
def end(request: StaffRequest, interconnection_id: int) -> HttpResponse:
    """Decline it, or end what is in force."""
    found = interconnection_for(request.actor, interconnection_id)
    if not may_agree_to_interconnections(request.actor, found.contract):
        raise NotAllowed("Who manages the contract ends an interconnection.")
    words = Words(
        title=f"End {found}" if found.is_in_force else f"Decline {found}",
        verb="End it" if found.is_in_force else "Decline it",
        said="It is over; its keys open nothing any more.",
        back=_address(found),
        where=found.name,
        is_danger=True,
    )
    return act_page(
        request,
        EndForm(typed(request)),
        words=words,
        act=lambda form: end_interconnection(
            actor=request.actor, at=request.at, interconnection=found, **form.cleaned_data
        ),
    )


@success_page
def maps(request: StaffRequest, interconnection_id: int) -> HttpResponse:
    """Change the maps, or try them."""
    found = interconnection_for(request.actor, interconnection_id)
    if not may_map_interconnections(request.actor, found):
        raise NotAllowed("Staff who serve the client keep the maps.")
    return maps_page(
        request,
        found,
        template="setup/interconnection_maps.html",
        back=_address(found),
        say=lambda said: messages.success(request, said),
    )


def _assessment(form: AssessForm) -> Assessment:
    filled = dict(form.cleaned_data)
    return Assessment(**{**filled, "estimate_minutes": filled["estimate_minutes"] or 0})


def _address(one: Interconnection) -> str:
    return reverse("setup:interconnection", kwargs={"interconnection_id": one.pk})
