"""Licence reviews at the success desk: begun, counted, published (P4)."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse

from proactive.domain.terms import contract_year
from proactive.models import LicenceReview
from proactive.permissions import may_deliver
from proactive.queries import licence_review_for, occurrence_for
from proactive.services import begin_licence_review, count_licences, publish_licence_review
from web.fragments import go_to, render_page
from web.gates import success_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, typed
from web.success.forms.vendors import CountForm, RenewalForm, VerdictForm


@success_page
def begin(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Begin the licence review that fulfils a delivery."""
    owed = occurrence_for(request.actor, occurrence_id=occurrence_id)
    contract = owed.programme.contract
    year = contract_year(contract.starts_on, on=request.at.astimezone(request.zone).date())
    renewal = contract.ends_on or year.last_on + timedelta(days=1)
    made: list[LicenceReview] = []
    words = Words(
        title="Look at the licences",
        verb="Begin",
        said="Begun. Now count product by product.",
        back=reverse("success:occurrence", kwargs={"occurrence_id": owed.pk}),
        where=owed.programme.label,
    )
    answer = act_page(
        request,
        RenewalForm(typed(request), initial={"renewal_on": renewal}),
        words=words,
        act=lambda form: made.append(
            begin_licence_review(
                actor=request.actor,
                at=request.at,
                contract=contract,
                occurrence=owed,
                **form.cleaned_data,
            )
        ),
    )
    return go_to(request, address(made[0])) if made else answer


@success_page
def licences(request: StaffRequest, licence_id: int) -> HttpResponse:
    """Show a licence review with its products."""
    found = licence_review_for(request.actor, review_id=licence_id)
    context = {
        "paper": found,
        "lines": list(found.lines.all()),
        "writes": may_deliver(request.actor, found.client_id),
    }
    return render_page(request, "success/licences.html", context)


@success_page
def count(request: StaffRequest, licence_id: int) -> HttpResponse:
    """Count a product, or correct what was counted of it."""
    found = licence_review_for(request.actor, review_id=licence_id)
    words = Words(
        title="Count a product",
        verb="Keep it",
        said="Kept.",
        back=address(found),
        where=found.title,
        text="The same product again corrects what was counted.",
    )
    return act_page(
        request,
        CountForm(typed(request)),
        words=words,
        act=lambda form: count_licences(actor=request.actor, at=request.at, review=found, count=form.count()),
    )


@success_page
def publish(request: StaffRequest, licence_id: int) -> HttpResponse:
    """Let the client read it."""
    found = licence_review_for(request.actor, review_id=licence_id)
    words = Words(
        title="Publish it",
        verb="Publish it",
        said="Published; the points of contact are told.",
        back=address(found),
        where=found.title,
    )
    return act_page(
        request,
        VerdictForm(typed(request)),
        words=words,
        act=lambda form: publish_licence_review(
            actor=request.actor, at=request.at, review=found, summary=form.cleaned_data["summary"]
        ),
    )


def address(found: LicenceReview) -> str:
    """Where a licence review is at the success desk."""
    return reverse("success:licences", kwargs={"licence_id": found.pk})
