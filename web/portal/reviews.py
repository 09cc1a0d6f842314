"""Service reviews in the portal: figures, agenda, minutes, and what one took on (P3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from proactive.models import Review
from proactive.printing.review import review_pdf
from proactive.queries import action_for, review_for
from proactive.services import finish_action
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.packs import section_views
from web.paper_files import as_pdf_file
from web.requests import PortalRequest


@portal_page
def review(request: PortalRequest, review_id: int) -> HttpResponse:
    """Show a published review."""
    found = _own(request, review_id)
    context = {
        "paper": found,
        "sections": section_views(found.pack, client=request.client, is_staff=False),
        "actions": list(found.actions.all()),
        "today": request.at.astimezone(request.zone).date(),
        "decides": request.actor.role_at(request.client.pk) == "poc",
    }
    return render_page(request, "portal/review.html", context)


@portal_page
def pdf(request: PortalRequest, review_id: int) -> HttpResponse:
    """Hand the review out as PDF."""
    found = _own(request, review_id)
    return as_pdf_file(review_pdf(found, actions=list(found.actions.all())), title=found.title)


@portal_page
def action_done(request: PortalRequest, action_id: int) -> HttpResponse:
    """Say that something one took on is done."""
    if request.method != "POST":
        raise NotHere
    action = action_for(request.actor, action_id=action_id)
    if action.client_id != request.client.pk:
        raise NotHere
    finish_action(actor=request.actor, at=request.at, action=action)
    messages.success(request, "Thank you, it is noted as done.")
    where = {"client": request.client.slug, "review_id": action.review_id}
    return go_to(request, reverse("portal:review", kwargs=where))


def _own(request: PortalRequest, review_id: int) -> Review:
    found = review_for(request.actor, review_id=review_id)
    if found.client_id != request.client.pk:
        raise NotHere
    return found
