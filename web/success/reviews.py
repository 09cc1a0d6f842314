"""Service reviews at the success desk: prepared, published, held, and what was taken on (P3)."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse

from proactive.models import Review
from proactive.permissions import may_deliver
from proactive.printing.review import review_pdf
from proactive.queries import action_for, occurrence_for, review_for
from proactive.services import (
    add_action,
    finish_action,
    keep_minutes,
    prepare_review,
    publish_review,
    work_out_again,
    write_agenda,
)
from web.fragments import go_to, render_page
from web.gates import success_page
from web.packs import section_views
from web.paper_files import as_pdf_file
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.success.forms.review import ActionForm, AgendaForm, MinutesForm, PeriodForm

#: How long a period is offered when somebody prepares a review.
QUARTER = timedelta(days=91)


@success_page
def begin(request: StaffRequest, occurrence_id: int) -> HttpResponse:
    """Prepare the review that fulfils a delivery, over the period up to yesterday unless another is typed."""
    owed = occurrence_for(request.actor, occurrence_id=occurrence_id)
    contract = owed.programme.contract
    last = request.at.astimezone(request.zone).date() - timedelta(days=1)
    first = max(contract.starts_on, last - QUARTER)
    form = PeriodForm(typed(request), initial={"from_on": first, "to_on": last})
    made: list[Review] = []

    def act(form: PeriodForm) -> None:
        given = form.cleaned_data
        made.append(
            prepare_review(actor=request.actor, at=request.at, contract=contract, occurrence=owed, **given)
        )

    words = Words(
        title="Prepare the review",
        verb="Work out the figures",
        said="The figures are worked out. Write the agenda, then publish.",
        back=reverse("success:occurrence", kwargs={"occurrence_id": owed.pk}),
        where=owed.programme.label,
        text="Figures of the period, beside those of the period before.",
    )
    answer = act_page(request, form, words=words, act=act)
    return go_to(request, address(made[0])) if made else answer


@success_page
def review(request: StaffRequest, review_id: int) -> HttpResponse:
    """Show a review: agenda, figures, minutes, actions."""
    found = review_for(request.actor, review_id=review_id)
    context = {
        "paper": found,
        "sections": section_views(found.pack, client=found.client, is_staff=True),
        "actions": list(found.actions.all()),
        "today": request.at.astimezone(request.zone).date(),
        "writes": may_deliver(request.actor, found.client_id),
    }
    return render_page(request, "success/review.html", context)


@success_page
def pdf(request: StaffRequest, review_id: int) -> HttpResponse:
    """Hand the review out as PDF."""
    found = review_for(request.actor, review_id=review_id)
    return as_pdf_file(review_pdf(found, actions=list(found.actions.all())), title=found.title)


@success_page
def again(request: StaffRequest, review_id: int) -> HttpResponse:
    """Work the figures of a draft out anew."""
    posted(request)
    found = review_for(request.actor, review_id=review_id)
    work_out_again(actor=request.actor, at=request.at, review=found)
    return done(request, "The figures are those of now.", address(found))


@success_page
def agenda(request: StaffRequest, review_id: int) -> HttpResponse:
    """Write title and agenda."""
    found = review_for(request.actor, review_id=review_id)
    form = AgendaForm(typed(request), initial={"title": found.title, "agenda": found.summary})
    words = Words(
        title="Agenda", verb="Save", said="The agenda is kept.", back=address(found), where=found.title
    )
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: write_agenda(actor=request.actor, at=request.at, review=found, **form.cleaned_data),
    )


@success_page
def publish(request: StaffRequest, review_id: int) -> HttpResponse:
    """Let the client read figures and agenda."""
    posted(request)
    found = review_for(request.actor, review_id=review_id)
    publish_review(actor=request.actor, at=request.at, review=found)
    return done(request, "Published; the figures stay as they are now.", address(found))


@success_page
def minutes(request: StaffRequest, review_id: int) -> HttpResponse:
    """Publish the minutes."""
    found = review_for(request.actor, review_id=review_id)
    today = request.at.astimezone(request.zone).date()
    words = Words(
        title="Minutes",
        verb="Publish the minutes",
        said="The minutes are published, and the review is delivered.",
        back=address(found),
        where=found.title,
    )
    return act_page(
        request,
        MinutesForm(typed(request), initial={"held_on": today}),
        words=words,
        act=lambda form: keep_minutes(actor=request.actor, at=request.at, review=found, **form.cleaned_data),
    )


@success_page
def new_action(request: StaffRequest, review_id: int) -> HttpResponse:
    """Note what one side takes on."""
    found = review_for(request.actor, review_id=review_id)
    words = Words(
        title="Something taken on", verb="Add it", said="Added.", back=address(found), where=found.title
    )
    return act_page(
        request,
        ActionForm(typed(request)),
        words=words,
        act=lambda form: add_action(actor=request.actor, at=request.at, review=found, words=form.words()),
    )


@success_page
def action_done(request: StaffRequest, action_id: int) -> HttpResponse:
    """Say that something taken on is done."""
    posted(request)
    action = action_for(request.actor, action_id=action_id)
    finish_action(actor=request.actor, at=request.at, action=action)
    return done(request, "Done.", address(action.review))


def address(found: Review) -> str:
    """Where a review is at the success desk."""
    return reverse("success:review", kwargs={"review_id": found.pk})
