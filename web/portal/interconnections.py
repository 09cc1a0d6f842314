"""Interconnections in the portal: asked for, agreed to, mapped, opened with a key, ended (X2)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import ApiKey
from accounts.services import revoke_key
from contracts.models import Interconnection
from contracts.permissions import may_map_interconnections, may_request_interconnections
from contracts.queries import contracts_in_force, interconnection_for, interconnections_visible_to, maps_of
from contracts.services import (
    Wish,
    agree_to_interconnection,
    end_interconnection,
    issue_interconnection_key,
    request_interconnection,
)
from events.domain.errors import NotAllowed, NotHere
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.interconnections import maps_page
from web.refusals import refusals_in
from web.requests import PortalRequest


class WishForm(forms.Form):
    """Which system is to be joined, and what for."""

    contract = forms.ChoiceField(label="Contract")
    name = forms.CharField(
        label="What you call it", max_length=120, help_text="Such as: Jira of the shop team."
    )
    product = forms.CharField(label="Product and version", max_length=120)
    address = forms.CharField(label="Where it is", max_length=500, required=False)
    wishes = forms.CharField(
        label="What should go to and fro",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Which tickets, in which direction, and what of them must not leave your system.",
    )


class EndForm(forms.Form):
    """Why it ends, or is not wanted."""

    reason = forms.CharField(label="Why", max_length=300)


@portal_page
def interconnections(request: PortalRequest) -> HttpResponse:
    """Show the systems that are joined or wanted; a point of contact asks for another."""
    _keep_members_out(request)
    today = request.at.astimezone(request.zone).date()
    contracts = {str(one.pk): one for one in contracts_in_force(request.client, today)}
    form = WishForm(request.POST or None)
    form.fields["contract"].choices = [(key, one.name) for key, one in contracts.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        filled = dict(form.cleaned_data)
        with refusals_in(form):
            chosen = contracts[filled.pop("contract")]
            made = request_interconnection(
                actor=request.actor, at=request.at, contract=chosen, wish=Wish(**filled)
            )
            messages.success(request, "It is asked for; staff look at it first.")
            return go_to(request, _address(request, made))
    found = interconnections_visible_to(request.actor).filter(client=request.client)
    asks = may_request_interconnections(request.actor, request.client.pk) and bool(contracts)
    context = {"rows": list(found), "form": form, "asks": asks}
    return render_page(request, "portal/interconnections.html", context, status=422 if form.errors else 200)


@portal_page
def interconnection(request: PortalRequest, interconnection_id: int) -> HttpResponse:
    """Show one with its assessment, who has agreed, its maps and keys."""
    return _shown(request, _own(request, interconnection_id), EndForm())


@portal_page
def agree(request: PortalRequest, interconnection_id: int) -> HttpResponse:
    """Agree for the client."""
    found = _posted(request, interconnection_id)
    agree_to_interconnection(actor=request.actor, at=request.at, interconnection=found)
    messages.success(request, "Agreed for your side.")
    return go_to(request, _address(request, found))


@portal_page
def end(request: PortalRequest, interconnection_id: int) -> HttpResponse:
    """Decline it, or end what is in force; its keys open nothing any more."""
    found = _posted(request, interconnection_id)
    form = EndForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            end_interconnection(
                actor=request.actor, at=request.at, interconnection=found, **form.cleaned_data
            )
            messages.success(request, f"{found.name} is over; its keys open nothing any more.")
            return go_to(request, _address(request, found))
    return _shown(request, found, form)


@portal_page
def key(request: PortalRequest, interconnection_id: int) -> HttpResponse:
    """Issue a key and show it this once: on a page that no browser keeps."""
    found = _posted(request, interconnection_id)
    _, secret = issue_interconnection_key(actor=request.actor, at=request.at, interconnection=found)
    context = {
        "what": f"The key of {found}",
        "secret": secret,
        "back": _address(request, found),
        "back_words": found,
    }
    answer = render_page(request, "portal/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@portal_page
def revoke(request: PortalRequest, interconnection_id: int, key_id: int) -> HttpResponse:
    """Let one key open nothing any more, at once."""
    found = _posted(request, interconnection_id)
    living = ApiKey.objects.filter(interconnection=found, pk=key_id).first()
    if living is None:
        raise NotHere
    revoke_key(actor=request.actor, at=request.at, key=living)
    messages.success(request, f"The key {living.prefix}… opens nothing any more.")
    return go_to(request, _address(request, found))


@portal_page
def maps(request: PortalRequest, interconnection_id: int) -> HttpResponse:
    """Change the maps, or try them."""
    found = _own(request, interconnection_id)
    if not may_map_interconnections(request.actor, found):
        raise NotAllowed("A point of contact keeps the maps.")
    return maps_page(
        request,
        found,
        template="portal/interconnection_maps.html",
        back=_address(request, found),
        say=lambda said: messages.success(request, said),
    )


def _shown(request: PortalRequest, found: Interconnection, form: EndForm) -> HttpResponse:
    decides = may_request_interconnections(request.actor, found.client_id)
    keys = ApiKey.objects.filter(interconnection=found).order_by("-id")
    context = {
        "one": found,
        "maps": maps_of(found),
        "keys": list(keys) if decides else [],
        "tickets": found.tickets.count(),
        "decides": decides and found.ended_at is None,
        "agrees": decides and found.is_feasible and not found.client_agreed_at and not found.ended_at,
        "form": form,
    }
    return render_page(request, "portal/interconnection.html", context, status=422 if form.errors else 200)


def _own(request: PortalRequest, interconnection_id: int) -> Interconnection:
    _keep_members_out(request)
    found = interconnection_for(request.actor, interconnection_id)
    if found.client_id != request.client.pk:
        raise NotHere
    return found


def _posted(request: PortalRequest, interconnection_id: int) -> Interconnection:
    if request.method != "POST":
        raise NotHere
    return _own(request, interconnection_id)


def _keep_members_out(request: PortalRequest) -> None:
    if request.actor.role_at(request.client.pk) == "member":
        raise NotHere


def _address(request: PortalRequest, one: Interconnection) -> str:
    where = {"client": request.client.slug, "interconnection_id": one.pk}
    return reverse("portal:interconnection", kwargs=where)
