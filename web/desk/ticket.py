"""A ticket as staff work on it: the next promise, the conversation, time, escalation, the client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Person
from contracts.domain.plan import Plan
from slo.queries import explain
from slo.queries.terms import standing_of
from tickets.models import Draft, Ticket, Visibility
from tickets.permissions import may_note, may_reply, may_work
from web.desk.acting import own_ticket
from web.desk.around import Around, around
from web.desk.forms.time import EntryForm
from web.desk.forms.writing import ComposerForm
from web.desk.handed import handoff_panel
from web.desk.more import acts_on
from web.desk.panels import client_panel, clocks_panel, escalation_panel, people_panel, place_panel
from web.desk.papers import papers_panel
from web.desk.status import moves_of
from web.desk.thread import Conversation, conversation_of
from web.desk.time_panel import time_panel
from web.fragments import render_page
from web.gates import staff_page
from web.kept import typed_before
from web.requests import StaffRequest
from web.urgency import disputes_shown

TALKS = (("", "All"), ("public", "Client sees"), ("notes", "Notes"))


@staff_page
def ticket(request: StaffRequest, key: str) -> HttpResponse:
    """Show one ticket."""
    return show(request, own_ticket(request, key))


def show(
    request: StaffRequest,
    found: Ticket,
    *,
    form: ComposerForm | None = None,
    entry_form: EntryForm | None = None,
    problem: str = "",
    previewed: str = "",
) -> HttpResponse:
    """Render the ticket's page, with what was typed where something is wrong with it, or looked at first."""
    standing = standing_of(found.contract_id)
    plan = standing.plan
    near = around(request, found, plan)
    clocks = explain(found, at=request.at, standing=standing, facts=near.clocks)
    only = request.GET.get("talk", "") if request.GET.get("talk", "") in dict(TALKS) else ""
    talk = conversation_of(request, found, near, clocks=clocks, only=only)
    composer, starts = _composer(request, found, form, talk=talk, last=next(iter(near.drafts), None))
    if not problem and composer.non_field_errors():
        problem = str(composer.non_field_errors()[0])
    has_errors = bool(problem or composer.errors or (entry_form is not None and entry_form.errors))
    context = {
        "ticket": found,
        "plan": plan,
        **_words(found, plan),
        **_disputed(plan, near),
        "talk": talk,
        "talks": [{"name": name, "label": label, "is_on": name == only} for name, label in TALKS],
        "form": composer,
        "starts": starts,
        "readers": _readers(found, [row.person for row in near.participants]),
        "problem": problem,
        "previewed": previewed,
        "has_errors": has_errors,
        "may_work": may_work(request.actor, found),
        "may_write": may_note(request.actor, found) and may_reply(request.actor, found),
        "acts": acts_on(request, found, standing=standing, near=near),
        "is_mine": found.assignee_id == request.actor.person_id,
        **clocks_panel(request, found, clocks, standing, near),
        **time_panel(request, found, plan, entry_form, near, zone=standing.zone),
        **escalation_panel(request, found, near),
        **handoff_panel(request, found, near),
        **client_panel(request, found, standing.calendars["business"], near),
        **people_panel(request, found, near),
        **place_panel(request, found, plan, near),
        "problems": near.problems,
        "windows": near.windows,
        **papers_panel(request, found, plan, near),
    }
    return render_page(request, "desk/ticket.html", context, status=422 if has_errors else 200)


def _disputed(plan: Plan, near: Around) -> dict[str, Any]:
    """What was proposed about the urgency with both views, and what of it still waits."""
    disputes = disputes_shown(plan, near.proposals, near.clocks.records)
    return {"disputes": disputes, "proposal": next((one for one in disputes if one.is_open), None)}


def _words(found: Ticket, plan: Plan) -> dict[str, Any]:
    urgencies = {one.code: one.label for one in plan.urgencies}
    kinds = {one.code: one.label for one in plan.request_types}
    return {
        "urgency": urgencies.get(found.urgency, found.urgency),
        "kind": kinds.get(found.request_type, found.request_type),
    }


def _composer(
    request: StaffRequest,
    found: Ticket,
    form: ComposerForm | None,
    *,
    talk: Conversation,
    last: Draft | None,
) -> tuple[ComposerForm, str]:
    """The composer with what was typed, or with the draft that was saved last, as what it would become.

    A message that the address names is quoted below it; a quoted note can only become a note.
    """
    if form is not None:
        return form, "note" if form.data.get("mode") == "note" else "public"
    typed = typed_before(request, reverse("desk:write", kwargs={"key": found.key}))
    if typed.get("body"):
        initial = {"submission_id": uuid4().hex, "body": typed["body"], "seen": talk.last_id}
        return ComposerForm(moves=moves_of(found), initial=initial), typed.get("mode", "public")
    quote = talk.quoted(request.GET.get("quote", ""))
    body = "\n\n".join(part for part in (last.body if last else "", quote.text if quote else "") if part)
    initial = {"submission_id": uuid4().hex, "body": body, "seen": talk.last_id}
    is_note = quote.is_note if quote else last is not None and last.visibility == Visibility.INTERNAL
    return ComposerForm(moves=moves_of(found), initial=initial), "note" if is_note else "public"


def _readers(found: Ticket, participants: Sequence[Person]) -> str:
    names = [one.name for one in (found.requester, *participants) if one is not None]
    if not names:
        return f"the points of contact of {found.client.name}"
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{told} at {found.client.name}. Its points of contact can read it too."
