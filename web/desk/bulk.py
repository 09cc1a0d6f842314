"""One act on several tickets: asked once, done ticket by ticket, with what came of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.forms import CharField, ChoiceField, Form, HiddenInput, Textarea
from django.http import HttpResponse

from accounts.models import Person
from accounts.queries import staff
from events.domain.errors import DomainError, Invalid, NotHere
from tickets.domain.canned import filled, unknown_variables
from tickets.domain.lifecycle import STAFF_WORDS, Status
from tickets.models import Ticket, Visibility
from tickets.queries import visible_to
from tickets.services import assign, change_status, post_message, set_tags
from web.desk.acting import posted
from web.desk.forms.fields import offer
from web.desk.texts import values_on
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

AT_MOST = 200


class BulkAssignForm(Form):
    """Who owns them all."""

    assignee = ChoiceField(label="Owner", required=False)


class BulkStatusForm(Form):
    """Where they all go; moves that need more than a reason are made on the ticket."""

    to = ChoiceField(
        label="Status",
        choices=[
            (one.value, STAFF_WORDS[one])
            for one in (Status.IN_PROGRESS, Status.WAITING_ON_CLIENT, Status.RESOLVED, Status.CANCELLED)
        ],
    )
    text = CharField(
        label="What the client reads",
        required=False,
        widget=Textarea(attrs={"rows": 4}),
        help_text="The summary of solved ones, the question to the client, or the reason.",
    )


class BulkTagsForm(Form):
    """Which tags come on top of those that each has."""

    tags = CharField(label="Tags to add", max_length=300, help_text="With commas between them.")


class BulkReplyForm(Form):
    """What is written on each of them; the one-time id lets a double click send once."""

    mode = ChoiceField(
        label="Who reads it",
        choices=[("public", "The client: a public reply"), ("note", "Staff alone: an internal note")],
        initial="public",
    )
    body = CharField(
        label="The message",
        widget=Textarea(attrs={"rows": 6}),
        help_text="Each ticket gets it; variables such as {{requester}} are filled in for each.",
    )
    submission_id = CharField(widget=HiddenInput, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of the act on one ticket."""

    ticket: Ticket
    is_done: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAct:
    """An act that can be done on many: its words, its form, and what it does to one ticket."""

    title: str
    verb: str
    form: type[Form]
    act: Callable[[StaffRequest, Ticket, dict[str, Any]], str]


@staff_page
def bulk(request: StaffRequest) -> HttpResponse:
    """Ask what is to be done with the picked tickets, then do it and say what came of each."""
    data = posted(request)
    known = _ACTS.get(data.get("act", ""))
    if known is None:
        raise NotHere
    keys = list(dict.fromkeys(data.getlist("picked")))[:AT_MOST]
    tickets = list(
        visible_to(request.actor).filter(key__in=keys).select_related("client", "requester").order_by("id")
    )
    is_sent = data.get("confirm") == "1"
    form = known.form(data if is_sent else None)
    if isinstance(form, BulkAssignForm):
        _offer_people(request, form)
    if isinstance(form, BulkReplyForm):
        form.initial = {"submission_id": uuid4().hex}
    context: dict[str, Any] = {"tickets": tickets, "act": data["act"], "known": known, "form": form}
    if is_sent and tickets and form.is_valid():
        outcomes = [_outcome(request, known, ticket, form.cleaned_data) for ticket in tickets]
        done = sum(one.is_done for one in outcomes)
        context |= {"outcomes": outcomes, "done": done, "refused": len(outcomes) - done}
        return render_page(request, "desk/bulk_done.html", context)
    return render_page(request, "desk/bulk.html", context, status=422 if form.errors else 200)


def _outcome(request: StaffRequest, known: BulkAct, ticket: Ticket, facts: dict[str, Any]) -> Outcome:
    """Each ticket is its own transaction: what one refuses does not hold back the others."""
    try:
        return Outcome(ticket=ticket, is_done=True, words=known.act(request, ticket, facts))
    except DomainError as refusal:
        words = next(iter(refusal.fields.values()), refusal.detail)
        return Outcome(ticket=ticket, is_done=False, words=words)


def _offer_people(request: StaffRequest, form: Form) -> None:
    leads = request.actor.staff_role in ("lead", "administrator")
    people = staff().exclude(staff_role="account_executive") if leads else [request.user]
    choices = [(str(one.pk), one.name) for one in people]
    offer(form, "assignee", [("", "Nobody: back to the queue"), *choices])
    form.fields["assignee"].initial = str(request.actor.person_id)


def _assign(request: StaffRequest, ticket: Ticket, facts: dict[str, Any]) -> str:
    chosen = facts["assignee"]
    person = Person.objects.get(pk=chosen) if chosen else None
    assign(actor=request.actor, at=request.at, ticket=ticket, assignee=person)
    return f"{person.name} owns it." if person else "Back in the queue."


def _move(request: StaffRequest, ticket: Ticket, facts: dict[str, Any]) -> str:
    to, text = Status(facts["to"]), facts["text"]
    said = {
        Status.RESOLVED: {"summary": text},
        Status.WAITING_ON_CLIENT: {"waiting_for": text},
    }.get(to, {"reason": text})
    change_status(actor=request.actor, at=request.at, ticket=ticket, to=to, **said)
    return f"{STAFF_WORDS[to]} now."


def _tag(request: StaffRequest, ticket: Ticket, facts: dict[str, Any]) -> str:
    added = [one.strip() for one in facts["tags"].split(",") if one.strip()]
    set_tags(actor=request.actor, at=request.at, ticket=ticket, tags=[*ticket.tags, *added])
    return "Tagged."


def _reply(request: StaffRequest, ticket: Ticket, facts: dict[str, Any]) -> str:
    body, is_note = facts["body"], facts["mode"] == "note"
    unknown = unknown_variables(body)
    if unknown:
        raise Invalid(f"There is no variable “{unknown[0]}”; nothing was sent.")
    post_message(
        actor=request.actor,
        at=request.at,
        ticket=ticket,
        body=filled(body, values_on(request, ticket)),
        visibility=Visibility.INTERNAL if is_note else Visibility.PUBLIC,
        submission_id=f"{facts['submission_id']}-{ticket.pk}"[:64],
    )
    return "The note is kept." if is_note else "The reply is sent."


_ACTS = {
    "assign": BulkAct(title="Who owns them?", verb="Assign", form=BulkAssignForm, act=_assign),
    "status": BulkAct(title="Set the status", verb="Set it", form=BulkStatusForm, act=_move),
    "reply": BulkAct(title="Write to them all", verb="Send to each", form=BulkReplyForm, act=_reply),
    "tags": BulkAct(title="Add tags", verb="Add them", form=BulkTagsForm, act=_tag),
}
