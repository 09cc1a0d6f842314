"""A ticket as its client sees it: what happens next, why then, the conversation, hours and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Person
from contracts.domain.plan import Plan
from contracts.queries import sops_in_force
from events.domain.errors import NotHere
from hours.permissions import may_see_hours
from slo.queries.terms import standing_of
from tickets.domain.lifecycle import CLIENT_WORDS, Status, waits_for
from tickets.models import Participant, Ticket
from tickets.permissions import may_decide
from tickets.queries import messages_for, papers_of, readable, ticket_for
from tickets.queries.approvals import SHARED_KINDS
from web.conversation import Reader, thread_of
from web.fragments import render_page
from web.gates import portal_page
from web.kept import typed_before
from web.papers import changes_of
from web.portal.around import Around, around
from web.portal.forms.ticket import EscalationForm, ReplyForm
from web.portal.promised import promised
from web.requests import PortalRequest
from web.urgency import disputes_shown


def own_ticket(request: PortalRequest, key: str) -> Ticket:
    """The ticket of that number, if it is this client's and the reader may see it; else `NotHere`."""
    ticket = ticket_for(request.actor, key=key)
    if ticket.client_id != request.client.id:
        raise NotHere
    return ticket


@portal_page
def ticket(request: PortalRequest, key: str) -> HttpResponse:
    """Show one ticket."""
    return show(request, own_ticket(request, key))


@portal_page
def document(request: PortalRequest, key: str, kind: str) -> HttpResponse:
    """Show a document that was published on the ticket; a draft is not there."""
    found = own_ticket(request, key)
    paper = next((one for one in papers_of(found) if one.kind == kind and one.edition), None)
    if paper is None:
        raise NotHere
    return render_page(request, "portal/document.html", {"ticket": found, "paper": paper})


def show(
    request: PortalRequest,
    found: Ticket,
    *,
    form: ReplyForm | None = None,
    problem: str = "",
    previewed: str = "",
    calls: EscalationForm | None = None,
) -> HttpResponse:
    """Render the ticket's page, with what was typed, looked at first, or a problem where something is wrong.

    `calls` is an escalation that was not raised: refused, or one for the account executive.
    """
    standing = standing_of(found.contract_id)
    plan, near = standing.plan, around(request, found)
    takes_part = request.actor.role_at(request.client.id) != "observer"
    context = {
        "ticket": found,
        "plan": plan,
        "urgency": next((one for one in plan.urgencies if one.code == found.urgency), None),
        "kind": next((one for one in plan.request_types if one.code == found.request_type), None),
        "status_words": CLIENT_WORDS[Status(found.status)],
        "is_restricted": found.contract.restricts_engineers and found.is_open,
        "waits_for": waits_for(found.status),
        **promised(request, found, standing, near),
        "thread": _thread(request, found, near),
        "form": form or _reply(request, found, near),
        "problem": problem,
        "calls": calls,
        "previewed": previewed,
        "grounds": EscalationForm.base_fields["ground"].choices,  # type: ignore[attr-defined]
        "may_reply": takes_part and found.is_open,
        "may_follow_up": takes_part and not found.is_open,
        **_beside(request, found, plan, near),
        "windows": near.windows,
    }
    status = 422 if form and form.errors else 200
    return render_page(request, "portal/ticket.html", context, status=status)


def _reply(request: PortalRequest, found: Ticket, near: Around) -> ReplyForm:
    draft = next(iter(near.drafts), None)
    address = reverse("portal:reply", kwargs={"client": request.client.slug, "key": found.key})
    typed = typed_before(request, address).get("body", "")
    return ReplyForm(initial={"submission_id": uuid4().hex, "body": typed or (draft.body if draft else "")})


def _beside(request: PortalRequest, found: Ticket, plan: Plan, near: Around) -> dict[str, Any]:
    entries, approvals, participants = near.entries, near.approvals, list(near.participants)
    disputes = disputes_shown(plan, near.proposals, near.clocks.records)
    rules = sops_in_force(found.contract, request.at, near.rules) if found.category else []
    return {
        "entries": entries,
        "billed": sum(entry.billed_minutes for entry in entries if entry.state != "not_billed"),
        "sees_hours": may_see_hours(request.actor, found.contract),
        "participants": participants,
        "colleagues": _colleagues(found, near),
        "readers": _readers(participants),
        "approvals": [one for one in approvals if one.state == "asked" and may_decide(request.actor, one)],
        "sought": [one for one in approvals if one.state == "asked" and one.kind in SHARED_KINDS],
        "is_outside": found.coverage in ("excluded", "add_on"),
        "decided": [one for one in approvals if one.state != "asked"],
        "disputes": [one for one in disputes if not one.is_open],
        "proposal": next((one for one in disputes if one.is_open), None),
        "escalation": next(iter(near.escalations), None),
        "path": near.path,
        "papers": papers_of(found, near.documents),
        "changes": changes_of(near.steps),
        "rules": [one for one in rules if found.category in one.categories],
    }


def _thread(request: PortalRequest, found: Ticket, near: Around) -> Any:  # noqa: ANN401  rows of the thread
    def address(attachment_id: int) -> str:
        where = {"client": request.client.slug, "attachment_id": attachment_id}
        return reverse("portal:file", kwargs=where)

    reader = Reader(
        person_id=request.actor.person_id,
        file_address=address,
        own_word="You",
        organisation=request.client.name,
    )
    messages = messages_for(request.actor, found)
    return thread_of(messages, readable(request.actor, near.clocks.records), reader=reader)


def _colleagues(found: Ticket, near: Around) -> list[Person]:
    taking_part = {row.person_id for row in near.participants} | {found.requester_id}
    return [one.person for one in near.contacts if one.person_id not in taking_part]


def _readers(participants: Sequence[Participant]) -> str:
    others = [row.person.name for row in participants]
    who = ", ".join([*others, "the engineers of this ticket"])
    return f"Read by {who} and the points of contact of your company."
