"""Licence reviews and talks with makers in the portal: read, asked for, decided (P4, P7)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.queries import contracts_in_force
from events.domain.errors import NotHere
from proactive.models import VendorRequest
from proactive.models.vendors import VendorTopic
from proactive.permissions import may_ask
from proactive.queries import licence_review_for, vendor_request_for, vendor_requests_visible_to
from proactive.services import VendorWords, ask_vendor, decide_quote
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest
from web.wording.amounts import money

SHOWN = 100


class AskForm(forms.Form):
    """What is wanted of which maker."""

    contract = forms.ChoiceField(label="Contract")
    topic = forms.ChoiceField(label="What it is about", choices=VendorTopic.choices)
    vendor = forms.CharField(label="Vendor", max_length=120)
    subject = forms.CharField(label="What you want, in one line", max_length=200)
    detail = forms.CharField(label="More on it", required=False, widget=forms.Textarea(attrs={"rows": 4}))


@portal_page
def licences(request: PortalRequest, licence_id: int) -> HttpResponse:
    """Show a published licence review."""
    found = licence_review_for(request.actor, review_id=licence_id)
    if found.client_id != request.client.pk:
        raise NotHere
    return render_page(request, "portal/licences.html", {"paper": found, "lines": list(found.lines.all())})


@portal_page
def vendors(request: PortalRequest) -> HttpResponse:
    """Show the talks with makers, and take a new wish."""
    if request.actor.role_at(request.client.pk) == "member":
        raise NotHere
    today = request.at.astimezone(request.zone).date()
    contracts = list(contracts_in_force(request.client, today))
    form = AskForm(request.POST or None)
    form.fields["contract"].choices = [(one.pk, one.name) for one in contracts]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chosen = next(one for one in contracts if str(one.pk) == given.pop("contract"))
        with refusals_in(form):
            ask_vendor(actor=request.actor, at=request.at, contract=chosen, words=VendorWords(**given))
            messages.success(request, "Your success manager takes it up.")
            return go_to(request, reverse("portal:vendors", kwargs={"client": request.client.slug}))
    context = {
        "rows": list(vendor_requests_visible_to(request.actor).filter(client=request.client)[:SHOWN]),
        "form": form,
        "asks": may_ask(request.actor, request.client.pk) and bool(contracts),
    }
    return render_page(request, "portal/vendors.html", context, status=422 if form.errors else 200)


@portal_page
def vendor(request: PortalRequest, vendor_id: int) -> HttpResponse:
    """Show one matter with its quote and everything noted on it."""
    found = _own(request, vendor_id)
    units = found.quote_minor_units
    context = {
        "one": found,
        "notes": list(found.notes.all()),
        "quote": money(units, found.quote_currency) if units is not None else "",
        "decides": request.actor.role_at(request.client.pk) == "poc" and found.state == "quoted",
    }
    return render_page(request, "portal/vendor.html", context)


@portal_page
def decide(request: PortalRequest, vendor_id: int) -> HttpResponse:
    """Accept or decline a quote."""
    if request.method != "POST":
        raise NotHere
    found = _own(request, vendor_id)
    accept = request.POST.get("decision") == "accept"
    note = request.POST.get("note", "")[:1000]
    decide_quote(actor=request.actor, at=request.at, request=found, accept=accept, note=note)
    messages.success(request, "Accepted." if accept else "Declined.")
    where = {"client": request.client.slug, "vendor_id": found.pk}
    return go_to(request, reverse("portal:vendor", kwargs=where))


def _own(request: PortalRequest, vendor_id: int) -> VendorRequest:
    found = vendor_request_for(request.actor, request_id=vendor_id)
    if found.client_id != request.client.pk:
        raise NotHere
    return found
