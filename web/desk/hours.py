"""What waits to be settled about hours: questions, orders, declined work, and what clients are asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Client
from accounts.queries import client_for
from events.domain.errors import NotAllowed
from hours.models import OverageRequest, Question, TimeEntry
from hours.permissions import (
    may_ask_overage,
    may_confirm_top_up,
    may_correct,
    may_see_open_weeks,
    may_waive,
)
from hours.queries import (
    OpenWeek,
    declined_entries,
    monday_of,
    open_orders,
    open_overages,
    open_questions,
    open_weeks,
    question_for,
    top_up_for,
)
from hours.services import answer_by_correcting, answer_question, decide_top_up
from web.desk.acting import typed
from web.desk.forms.settling import KEEP, TAKE_BACK, AnswerForm, OrderForm
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page
from web.wording.amounts import hmm, money

SHOWN = 100


@staff_page
def hours(request: StaffRequest) -> HttpResponse:
    """Show what waits, of one client or of all that the reader sees; what they may settle has its button."""
    slug = request.GET.get("client", "")
    only = client_for(request.actor, slug=slug) if slug else None
    asked = [_asked(one) for one in _of(open_overages(request.actor), only)]
    context = {
        "only": only,
        "questions": [_question(request, one) for one in _of(open_questions(request.actor), only)],
        "orders": [
            {"order": one, "may_decide": may_confirm_top_up(request.actor, one.client_id)}
            for one in _of(open_orders(request.actor).select_related("client"), only)
        ],
        "declined": [_declined(request, one) for one in _of(declined_entries(request.actor), only)],
        "asked": asked,
        "held": sum(row["minutes"] for row in asked),
        "weeks": [] if only else _weeks(request),
    }
    return render_page(request, "desk/hours.html", context)


@staff_page
def answer(request: StaffRequest, question_id: int) -> HttpResponse:
    """Answer a client's question in words, or by correcting the entry that it is about (H9)."""
    question = question_for(request.actor, question_id)
    if not may_ask_overage(request.actor, question.client_id):
        raise NotAllowed("Whoever works for the client answers.")
    entry = question.time_entry
    corrected = _corrected(entry)
    corrects = corrected is None and may_correct(request.actor, entry)
    form = AnswerForm(typed(request), entry=entry, corrects=corrects)
    words = Words(
        title=f"Answer a question about {hmm(entry.billed_minutes)} on {entry.ticket.key}",
        verb="Send the answer",
        said=f"{question.asked_by_name} has the answer.",
        back=reverse("desk:hours"),
        where="Hours",
    )
    aside = {"aside": "desk/hours/question_aside.html", "question": question, "corrected": corrected}
    return act_page(
        request,
        form,
        words=words,
        act=lambda form: _answer(request, question, form, corrected),
        extra=aside,
    )


@staff_page
def order(request: StaffRequest, top_up_id: int) -> HttpResponse:
    """Confirm or decline the order of a pack; a confirmed one is in the balance at once (H11)."""
    found = top_up_for(request.actor, top_up_id)
    if not may_confirm_top_up(request.actor, found.client_id):
        raise NotAllowed("The account executive of the client confirms orders.")
    price = money(found.price_minor_units, found.currency)
    words = Words(
        title=f"{found.label} for {found.contract.client.name}",
        verb="Decide",
        said="The order is decided, and the client is told.",
        back=reverse("desk:hours"),
        where="Hours",
        text=f"{hmm(found.minutes)} for {price}, net, under {found.contract.name}.",
    )
    return act_page(
        request,
        OrderForm(typed(request)),
        words=words,
        act=lambda form: decide_top_up(
            actor=request.actor,
            at=request.at,
            top_up=found,
            confirm=form.confirms,
            answer=form.cleaned_data["answer"],
        ),
        extra={"aside": "desk/hours/order_aside.html", "order": found},
    )


def _weeks(request: StaffRequest) -> list[OpenWeek]:
    """Whose last week is not handed in, for those who look after that."""
    if not may_see_open_weeks(request.actor):
        return []
    today = request.at.astimezone(request.zone).date()
    return open_weeks(monday=monday_of(today) - timedelta(days=7))


def _answer(
    request: StaffRequest, question: Question, form: AnswerForm, corrected: TimeEntry | None
) -> Question:
    facts: dict[str, Any] = {
        "actor": request.actor,
        "at": request.at,
        "question": question,
        "answer": form.cleaned_data["answer"],
    }
    kind = form.cleaned_data.get("correction", KEEP)
    if kind == KEEP:
        return answer_question(**facts, correction=corrected)
    minutes = None if kind == TAKE_BACK else form.cleaned_data["minutes"]
    return answer_by_correcting(**facts, minutes=minutes)


def _corrected(entry: TimeEntry) -> TimeEntry | None:
    """What has replaced the entry already, or taken it back."""
    return (
        TimeEntry.objects.filter(corrects=entry).first() or TimeEntry.objects.filter(reverses=entry).first()
    )


def _of(rows: Any, client: Client | None) -> list[Any]:  # noqa: ANN401  a queryset of rows with a client
    return list((rows if client is None else rows.filter(client=client))[:SHOWN])


def _question(request: StaffRequest, question: Question) -> dict[str, Any]:
    return {"question": question, "may_answer": may_ask_overage(request.actor, question.client_id)}


def _declined(request: StaffRequest, entry: TimeEntry) -> dict[str, Any]:
    return {"entry": entry, "may_settle": may_waive(request.actor, entry.client_id)}


def _asked(overage: OverageRequest) -> dict[str, Any]:
    held: list[TimeEntry] = overage.held  # type: ignore[attr-defined]  # prefetched by open_overages
    return {"overage": overage, "held": held, "minutes": sum(one.billed_minutes for one in held)}
