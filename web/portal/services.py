"""The services that come without asking: how each stands, what may be asked for, what is given up (P1)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.queries import contracts_in_force
from events.domain.errors import NotHere
from proactive.models import Occurrence, Programme
from proactive.permissions import may_ask
from proactive.queries import (
    assessments_visible_to,
    licence_reviews_visible_to,
    occurrence_for,
    programme_for,
    reviews_visible_to,
    standings,
)
from proactive.services import ask_for, waive
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.wording.cadences import cadence_words

#: How many reports of each kind the page lists.
SHOWN = 12


class WishForm(forms.Form):
    """For when a service is wished."""

    on = forms.DateField(
        label="For when",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="A day of your choice; a closed day counts as the next open one.",
    )


class GiveUpForm(forms.Form):
    """Why a delivery is given up."""

    reason = forms.CharField(
        label="Why it is not needed",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your success manager reads this. It cannot be undone.",
    )


@portal_page
def services(request: PortalRequest) -> HttpResponse:
    """Show every service of the client's contracts: how often, what is next, what was delivered last."""
    today = request.at.astimezone(request.zone).date()
    contracts = list(contracts_in_force(request.client, today))
    context = {
        "rows": [
            {"standing": one, "often": cadence_words(one.programme)}
            for one in standings(contracts, today=today)
        ],
        "papers": _papers(request),
        "several": len(contracts) > 1,
        "reads": request.actor.role_at(request.client.pk) != "member",
        "asks": may_ask(request.actor, request.client.pk),
    }
    return render_page(request, "portal/services.html", context)


@portal_page
def ask(request: PortalRequest, programme_id: int) -> HttpResponse:
    """Ask for a service that is delivered on request."""
    programme = programme_for(request.actor, programme_id=programme_id)
    if programme.client_id != request.client.pk:
        raise NotHere
    form = WishForm(request.POST or None, initial={"on": request.at.astimezone(request.zone).date()})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            ask_for(actor=request.actor, at=request.at, programme=programme, on=form.cleaned_data["on"])
            messages.success(request, f"{programme.label} is asked for; your success manager sets the day.")
            return go_to(request, _index(request))
    return _act_page(request, form, programme=programme, verb="Ask for it")


@portal_page
def give_up(request: PortalRequest, occurrence_id: int) -> HttpResponse:
    """Give a delivery up."""
    one = occurrence_for(request.actor, occurrence_id=occurrence_id)
    if one.client_id != request.client.pk:
        raise NotHere
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            waive(actor=request.actor, at=request.at, occurrence=one, **form.cleaned_data)
            messages.success(request, f"{one.programme.label} is given up.")
            return go_to(request, _index(request))
    return _act_page(request, form, programme=one.programme, verb="Give it up", one=one)


def _papers(request: PortalRequest) -> list[dict[str, object]]:
    """What was written for the client, the newest first: title, day and address of each."""
    slug = request.client.slug
    seen = {"client": request.client, "published_at__isnull": False}
    papers = {
        ("assessment", "assessment_id"): assessments_visible_to(request.actor).filter(**seen)[:SHOWN],
        ("review", "review_id"): reviews_visible_to(request.actor).filter(**seen)[:SHOWN],
        ("licences", "licence_id"): licence_reviews_visible_to(request.actor).filter(**seen)[:SHOWN],
    }
    rows: list[dict[str, object]] = [
        {
            "title": one.title,
            "on": one.published_at,
            "address": reverse(f"portal:{name}", kwargs={"client": slug, parameter: one.pk}),
        }
        for (name, parameter), found in papers.items()
        for one in found
    ]
    return sorted(rows, key=lambda row: str(row["on"]), reverse=True)


def _act_page(
    request: PortalRequest,
    form: forms.Form,
    *,
    programme: Programme,
    verb: str,
    one: Occurrence | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "programme": programme,
        "one": one,
        "verb": verb,
        "often": cadence_words(programme),
        "may": may_ask(request.actor, request.client.pk),
        "back": _index(request),
    }
    return render_page(request, "portal/services/act.html", context, status=422 if form.errors else 200)


def _index(request: PortalRequest) -> str:
    return reverse("portal:services", kwargs={"client": request.client.slug})
