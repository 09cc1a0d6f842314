"""Asking about a line of the hours: one open question an entry, answered in words or by a correction (H9)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from events.domain.errors import NotHere
from hours.models import TimeEntry
from hours.permissions import may_question
from hours.queries import entry_for, questions_visible_to
from hours.services import question_line
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest


class QuestionForm(forms.Form):
    """What a point of contact wants to know about an entry."""

    text = forms.CharField(
        label="Your question",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever logged the time and their lead read it. The answer comes here and by mail.",
    )


@portal_page
def question(request: PortalRequest, entry_id: int) -> HttpResponse:
    """Show one entry with what was asked about it, and take a question."""
    entry = _own_entry(request, entry_id)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            question_line(actor=request.actor, at=request.at, entry=entry, **form.cleaned_data)
            messages.success(request, "Your question is sent.")
            return go_to(request, reverse("portal:hours", kwargs={"client": request.client.slug}))
    asked = list(questions_visible_to(request.actor).filter(time_entry=entry))
    context = {
        "entry": entry,
        "form": form,
        "asked": asked,
        "may_ask": all(one.state != "open" for one in asked),
    }
    return render_page(request, "portal/question.html", context, status=422 if form.errors else 200)


def _own_entry(request: PortalRequest, entry_id: int) -> TimeEntry:
    entry = entry_for(request.actor, entry_id)
    if entry.client_id != request.client.id or not may_question(request.actor, entry.client_id):
        raise NotHere
    return entry
