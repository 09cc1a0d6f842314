"""Talks with makers at the success desk: taken up, followed up, quoted, closed (P7)."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from contracts.queries import contract_for
from proactive.models import VendorRequest
from proactive.permissions import may_deliver
from proactive.queries import overdue_follow_ups, vendor_request_for, vendor_requests_visible_to
from proactive.services import ask_vendor, close_vendor_request, follow_up, record_quote
from web.fragments import render_page
from web.gates import success_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, typed
from web.success.forms.vendors import FollowUpForm, OutcomeForm, QuoteForm, VendorForm
from web.wording.amounts import money

SHOWN = 100


@success_page
def vendors(request: StaffRequest) -> HttpResponse:
    """List the open matters, those to ask about again first."""
    today = request.at.astimezone(request.zone).date()
    late = list(overdue_follow_ups(request.actor, today=today)[:SHOWN])
    known = {one.pk for one in late}
    found = vendor_requests_visible_to(request.actor).filter(closed_at__isnull=True)[:SHOWN]
    context = {"late": late, "others": [one for one in found if one.pk not in known], "today": today}
    return render_page(request, "success/vendors.html", context)


@success_page
def vendor(request: StaffRequest, vendor_id: int) -> HttpResponse:
    """Show one matter with everything noted on it."""
    found = vendor_request_for(request.actor, request_id=vendor_id)
    units = found.quote_minor_units
    context = {
        "one": found,
        "notes": list(found.notes.all()),
        "quote": money(units, found.quote_currency) if units is not None else "",
        "today": request.at.astimezone(request.zone).date(),
        "writes": may_deliver(request.actor, found.client_id) and found.closed_at is None,
    }
    return render_page(request, "success/vendor.html", context)


@success_page
def new_vendor(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Take a matter up for a client."""
    contract = contract_for(request.actor, contract_id)
    words = Words(
        title="Ask a vendor",
        verb="Take it up",
        said="Taken up.",
        back=reverse("success:vendors"),
        where=f"Vendors, {contract.client.name}",
    )
    return act_page(
        request,
        VendorForm(typed(request)),
        words=words,
        act=lambda form: ask_vendor(
            actor=request.actor, at=request.at, contract=contract, words=form.words()
        ),
    )


@success_page
def vendor_follow_up(request: StaffRequest, vendor_id: int) -> HttpResponse:
    """Note what was asked or heard, and when to ask again."""
    found = vendor_request_for(request.actor, request_id=vendor_id)
    form = FollowUpForm(
        typed(request), initial={"follow_up_on": found.follow_up_on, "reference": found.reference}
    )
    return act_page(
        request,
        form,
        words=_words(found, title="What was asked or heard", verb="Note it"),
        act=lambda form: follow_up(actor=request.actor, at=request.at, request=found, **form.cleaned_data),
    )


@success_page
def vendor_quote(request: StaffRequest, vendor_id: int) -> HttpResponse:
    """Write a quote down for the client to decide on."""
    found = vendor_request_for(request.actor, request_id=vendor_id)

    def act(form: QuoteForm) -> None:
        given = dict(form.cleaned_data)
        units = int(given.pop("amount") * 100)
        record_quote(actor=request.actor, at=request.at, request=found, minor_units=units, **given)

    words = _words(found, title="A quote came in", verb="Let the client decide")
    return act_page(request, QuoteForm(typed(request)), words=words, act=act)


@success_page
def vendor_close(request: StaffRequest, vendor_id: int) -> HttpResponse:
    """End the matter."""
    found = vendor_request_for(request.actor, request_id=vendor_id)
    return act_page(
        request,
        OutcomeForm(typed(request)),
        words=_words(found, title="What came of it", verb="Close it"),
        act=lambda form: close_vendor_request(
            actor=request.actor, at=request.at, request=found, outcome=form.cleaned_data["outcome"]
        ),
    )


def _words(found: VendorRequest, *, title: str, verb: str) -> Words:
    back = reverse("success:vendor", kwargs={"vendor_id": found.pk})
    return Words(title=title, verb=verb, said="Noted; the client can read it.", back=back, where=str(found))
