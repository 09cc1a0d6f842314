"""A ticket as its client sees it: what happens next, why then, the conversation, hours and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Person
from accounts.queries import contacts_of
from contracts.queries import effective_plan, sops_in_force
from contracts.queries.windows import windows_of_ticket
from escalation.queries import of_ticket, path_of
from events.domain.errors import NotHere
from hours.permissions import may_see_hours
from hours.queries import entries_of
from tickets.domain.lifecycle import CLIENT_WORDS, Status, waits_for
from tickets.models import Participant, Ticket
from tickets.permissions import may_decide
from tickets.queries import (
    approvals_of,
    change_steps_of,
    draft_of,
    events_for,
    messages_for,
    open_proposal,
    papers_of,
    participants_of,
    ticket_for,
)
from tickets.queries.approvals import SHARED_KINDS
from web.conversation import Reader, thread_of
from web.fragments import render_page
from web.gates import portal_page
from web.papers import changes_of
from web.portal.forms.ticket import EscalationForm, ReplyForm
from web.portal.promised import promised
from web.requests import PortalRequest


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
    calls: EscalationForm | None = None,
) -> HttpResponse:
    """Render the ticket's page, with what was typed or a problem where something is wrong.

    `calls` is an escalation that was not raised: refused, or one for the account executive.
    """
    plan = effective_plan(found.contract)
    takes_part = request.actor.role_at(request.client.id) != "observer"
    context = {
        "ticket": found,
        "plan": plan,
        "urgency": next((one for one in plan.urgencies if one.code == found.urgency), None),
        "kind": next((one for one in plan.request_types if one.code == found.request_type), None),
        "status_words": CLIENT_WORDS[Status(found.status)],
        "waits_for": waits_for(found.status),
        **promised(request, found),
        "thread": _thread(request, found),
        "form": form or _reply(request, found),
        "problem": problem,
        "calls": calls,
        "grounds": EscalationForm.base_fields["ground"].choices,  # type: ignore[attr-defined]
        "may_reply": takes_part and found.is_open,
        "may_follow_up": takes_part and not found.is_open,
        **_beside(request, found),
        "windows": windows_of_ticket(
            found.environment_id, opened_at=found.opened_at, closed_at=found.closed_at, at=request.at
        ),
    }
    status = 422 if form and form.errors else 200
    return render_page(request, "portal/ticket.html", context, status=status)


def _reply(request: PortalRequest, found: Ticket) -> ReplyForm:
    draft = draft_of(request.actor, client=request.client, ticket=found)
    return ReplyForm(initial={"submission_id": uuid4().hex, "body": draft.body if draft else ""})


def _beside(request: PortalRequest, found: Ticket) -> dict[str, Any]:
    entries = list(entries_of(found))
    escalations = of_ticket(found)
    approvals = list(approvals_of(request.actor, found))
    participants = list(participants_of(found))
    rules = sops_in_force(found.contract, at=request.at) if found.category else []
    return {
        "entries": entries,
        "billed": sum(entry.billed_minutes for entry in entries if entry.state != "not_billed"),
        "sees_hours": may_see_hours(request.actor, found.contract),
        "participants": participants,
        "colleagues": _colleagues(request, found, participants),
        "readers": _readers(participants),
        "approvals": [one for one in approvals if one.state == "asked" and may_decide(request.actor, one)],
        "sought": [one for one in approvals if one.state == "asked" and one.kind in SHARED_KINDS],
        "is_outside": found.coverage in ("excluded", "add_on"),
        "decided": [one for one in approvals if one.state != "asked"],
        "proposal": _proposal(found),
        "escalation": escalations[0] if escalations else None,
        "path": path_of(found.contract),
        "papers": papers_of(found),
        "changes": changes_of(change_steps_of(found)),
        "rules": [one for one in rules if found.category in one.categories],
    }


def _proposal(found: Ticket) -> dict[str, Any] | None:
    """The urgency that staff propose, in the plan's own words."""
    proposal = open_proposal(found)
    if proposal is None:
        return None
    labels = {one.code: one.label for one in effective_plan(found.contract).urgencies}
    return {
        "id": proposal.pk,
        "reason": proposal.reason,
        "proposed": labels.get(proposal.proposed, proposal.proposed),
        "before": labels.get(proposal.before, proposal.before),
    }


def _thread(request: PortalRequest, found: Ticket) -> Any:  # noqa: ANN401  rows of the thread
    def address(attachment_id: int) -> str:
        where = {"client": request.client.slug, "attachment_id": attachment_id}
        return reverse("portal:file", kwargs=where)

    reader = Reader(
        person_id=request.actor.person_id,
        file_address=address,
        own_word="You",
        organisation=request.client.name,
    )
    messages = messages_for(request.actor, found).prefetch_related("attachments")
    return thread_of(messages, events_for(request.actor, found), reader=reader)


def _colleagues(request: PortalRequest, found: Ticket, participants: Sequence[Participant]) -> list[Person]:
    taking_part = {row.person_id for row in participants} | {found.requester_id}
    return [one.person for one in contacts_of(request.client) if one.person_id not in taking_part]


def _readers(participants: Sequence[Participant]) -> str:
    others = [row.person.name for row in participants]
    who = ", ".join([*others, "the engineers of this ticket"])
    return f"Read by {who} and the points of contact of your company."
