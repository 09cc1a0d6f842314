"""The golden rules of the client's contracts: what is in force, what waits for agreement, proposing one."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.models import Contract, SopVersion
from contracts.queries import contracts_in_force, sops_visible_to
from contracts.services import agree_to_rule, decline_rule, propose_rule
from events.domain.errors import NotHere
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.rules import wordings_of


class RuleForm(forms.Form):
    """A golden rule, or its next wording, as one side proposes it."""

    contract = forms.ModelChoiceField(queryset=Contract.objects.none(), empty_label=None)
    title = forms.CharField(max_length=200)
    body = forms.CharField(label="What is to be done, and how", widget=forms.Textarea(attrs={"rows": 6}))


@portal_page
def sops(request: PortalRequest) -> HttpResponse:
    """Show the rules with all their wordings; a point of contact proposes from here."""
    contracts = contracts_in_force(request.client, request.at.astimezone(request.zone).date())
    form = RuleForm(request.POST or None)
    form.fields["contract"].queryset = contracts  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            propose_rule(actor=request.actor, at=request.at, **form.cleaned_data)
            messages.success(request, "Proposed; it is in force once both sides have agreed.")
            return _back(request)
    rules = sops_visible_to(request.actor).filter(contract__client=request.client)
    context = {
        "rules": [(rule, wordings_of(rule)) for rule in rules.select_related("contract")],
        "form": form,
        "decides": request.actor.role_at(request.client.id) == "poc",
    }
    return render_page(request, "portal/sops.html", context, status=422 if form.errors else 200)


@portal_page
def agree(request: PortalRequest, version_id: int) -> HttpResponse:
    """Agree to a proposed wording for the client."""
    return _decided(
        request, version_id, lambda one: agree_to_rule(actor=request.actor, at=request.at, version=one)
    )


@portal_page
def decline(request: PortalRequest, version_id: int) -> HttpResponse:
    """Decline a proposed wording, with the reason."""
    reason = request.POST.get("reason", "")
    return _decided(
        request,
        version_id,
        lambda one: decline_rule(actor=request.actor, at=request.at, version=one, reason=reason),
    )


def _decided(request: PortalRequest, version_id: int, act: Callable[[SopVersion], object]) -> HttpResponse:
    if request.method != "POST":
        raise NotHere
    rules = sops_visible_to(request.actor).filter(contract__client=request.client)
    version = (
        SopVersion.objects.filter(id=version_id, sop__in=rules)
        .select_related("sop__contract__client")
        .first()
    )
    if version is None:
        raise NotHere
    act(version)
    messages.success(request, "Your answer is kept.")
    return _back(request)


def _back(request: PortalRequest) -> HttpResponse:
    return go_to(request, reverse("portal:sops", kwargs={"client": request.client.slug}))
