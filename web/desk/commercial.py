"""Commercial questions at the desk: what waits for the account executive, and answering it (E4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from escalation.models import CommercialQuestion, QuestionState
from escalation.permissions import may_answer_commercially
from escalation.queries import commercial_question_for, questions_visible_to, waiting_questions
from escalation.services import answer_client, close_question
from events.domain.errors import NotHere
from web.desk.forms.commercial import CommercialAnswerForm
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest

SHOWN = 100
SETTLED_SHOWN = 20


@staff_page
def commercial(request: StaffRequest) -> HttpResponse:
    """Show what waits for an answer, the oldest first, then what is with the client, then the rest."""
    if request.actor.staff_role == "engineer":
        raise NotHere
    found = questions_visible_to(request.actor)
    context = {
        "waiting": list(waiting_questions(request.actor)[:SHOWN]),
        "answered": list(found.filter(state=QuestionState.ANSWERED).order_by("-turned_at", "-id")[:SHOWN]),
        "closed": list(
            found.filter(state=QuestionState.CLOSED).order_by("-closed_at", "-id")[:SETTLED_SHOWN]
        ),
    }
    return render_page(request, "desk/commercial.html", context)


@staff_page
def commercial_question(request: StaffRequest, commercial_id: int) -> HttpResponse:
    """Show one question with everything said on it, and take an answer."""
    found = commercial_question_for(request.actor, question_id=commercial_id)
    answers = may_answer_commercially(request.actor, found.client_id)
    form = CommercialAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            answer_client(actor=request.actor, at=request.at, question=found, **form.cleaned_data)
            messages.success(request, f"{found.asked_by_name} has your answer.")
            return go_to(request, _address(found))
    context = {
        "one": found,
        "lines": list(found.lines.all()),
        "form": form,
        "answers": answers and found.state != QuestionState.CLOSED,
    }
    return render_page(request, "desk/commercial_question.html", context, status=422 if form.errors else 200)


@staff_page
def close_commercial(request: StaffRequest, commercial_id: int) -> HttpResponse:
    """Close a matter that was answered."""
    if request.method != "POST":
        raise NotHere
    found = commercial_question_for(request.actor, question_id=commercial_id)
    close_question(actor=request.actor, at=request.at, question=found)
    messages.success(request, "The question is closed.")
    return go_to(request, _address(found))


def _address(found: CommercialQuestion) -> str:
    return reverse("desk:commercial_question", kwargs={"commercial_id": found.pk})
