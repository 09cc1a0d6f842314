"""What mails about tickets say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from contracts.domain.plan import Plan
from contracts.queries import effective_plan
from events.domain.actor import Actor
from notify.domain.moments import moment_words
from notify.lines import objective_words, status_words
from notify.models import Delivery
from notify.readers import NotToBeSentError, Reader
from slo.models import Clock, ClockState
from slo.queries import clocks_of
from tickets import queries as tickets
from tickets.models import Approval, Message, Ticket, UrgencyProposal

_HEARD_FROM_US = ("first_response", "status_update")
_REDACTED = "The text of this message was taken away by an administrator."


def ticket_contents(delivery: Delivery, *, reader: Reader, now: datetime) -> dict[str, Any]:
    """The ticket in the reader's words, and whatever the event is about: a message, a clock, a question."""
    actor = reader.actor
    if actor is None or delivery.ticket_id is None:
        raise NotToBeSentError("A mail about a ticket needs a reader with an account.")
    ticket = tickets.ticket_by_id(actor, delivery.ticket_id)
    plan = effective_plan(ticket.contract)
    facts = delivery.record.data
    clocks = clocks_of([ticket.id])[ticket.id]
    if delivery.record.kind == "clock.at_risk":
        _check_still_runs(facts, clocks)

    def words(text: str) -> str:
        return moment_words(datetime.fromisoformat(text), zone=reader.zone, year=now.year) if text else ""

    contents: dict[str, Any] = {"ticket": _ticket(ticket, plan, clocks, reader=reader, now=now)}
    contents |= _message(facts, ticket, actor, delivery, reader=reader, now=now)
    contents["objective"] = str(facts.get("label") or "") or objective_words(
        str(facts.get("objective") or "")
    )
    contents["due"] = words(str(facts.get("due_at") or ""))
    contents["before_urgency"] = _urgency(plan, facts.get("before_urgency"))
    contents["urgency"] = _urgency(plan, facts.get("urgency"))
    contents |= _question(facts, ticket) | _proposal(facts, ticket, plan)
    return contents


def _ticket(
    ticket: Ticket, plan: Plan, clocks: Sequence[Clock], *, reader: Reader, now: datetime
) -> dict[str, str]:
    next_by = _next_due_at(clocks, is_staff=reader.is_staff)
    return {
        "key": ticket.key,
        "subject": ticket.subject,
        "urgency": _urgency(plan, ticket.urgency),
        "request_type": _request_type(plan, ticket.request_type),
        "status": status_words(ticket.status, is_staff=reader.is_staff),
        "waiting_for": ticket.waiting_for,
        "next_by": moment_words(next_by, zone=reader.zone, year=now.year) if next_by else "",
    }


def _next_due_at(clocks: Sequence[Clock], *, is_staff: bool) -> datetime | None:
    """The next due moment; for contacts only of objectives by which they hear from us."""
    running = (clock for clock in clocks if clock.state == ClockState.RUNNING and clock.due_at is not None)
    wanted = (clock.due_at for clock in running if is_staff or clock.objective in _HEARD_FROM_US)
    return min(filter(None, wanted), default=None)


def _check_still_runs(facts: Mapping[str, Any], clocks: Sequence[Clock]) -> None:
    """A warning that came too late is none: the clock was met or missed before the mail went out."""
    for clock in clocks:
        is_it = (clock.objective, clock.ordinal) == (facts.get("objective"), facts.get("ordinal"))
        if is_it and not clock.is_open:
            raise NotToBeSentError("The clock no longer runs.")


def _message(
    facts: Mapping[str, Any],
    ticket: Ticket,
    actor: Actor,
    delivery: Delivery,
    *,
    reader: Reader,
    now: datetime,
) -> dict[str, Any]:
    """The message that the event is about, as far as this reader may read it."""
    seen = tickets.messages_for(actor, ticket)
    if "message_id" in facts:
        message = seen.filter(id=facts["message_id"]).first()
        if message is None:
            raise NotToBeSentError("The reader may not read the message.")
    elif delivery.record.kind == "ticket.opened":
        message = seen.first()
    else:
        return {}
    return {"message": _said(message, reader=reader, now=now)} if message else {}


def _said(message: Message, *, reader: Reader, now: datetime) -> dict[str, Any]:
    return {
        "author": message.author_name,
        "body": _REDACTED if message.redacted_at else message.body,
        "at": moment_words(message.at, zone=reader.zone, year=now.year),
        "files": [] if message.redacted_at else [file.name for file in message.attachments.all()],
    }


def _question(facts: Mapping[str, Any], ticket: Ticket) -> dict[str, str]:
    if "approval_id" not in facts:
        return {}
    approval = Approval.objects.filter(id=facts["approval_id"], ticket=ticket).first()
    if approval is None:
        return {}
    return {"question": approval.question, "state": str(facts.get("state", "")), "comment": approval.comment}


def _proposal(facts: Mapping[str, Any], ticket: Ticket, plan: Plan) -> dict[str, str]:
    if "proposal_id" not in facts:
        return {}
    proposal = UrgencyProposal.objects.filter(id=facts["proposal_id"], ticket=ticket).first()
    if proposal is None:
        return {}
    return {
        "before_urgency": _urgency(plan, proposal.before),
        "proposed": _urgency(plan, proposal.proposed),
        "reason": proposal.reason,
        "answer": proposal.answer,
        "state": proposal.state,
    }


def _urgency(plan: Plan, code: object) -> str:
    return next((urgency.label for urgency in plan.urgencies if urgency.code == code), str(code or ""))


def _request_type(plan: Plan, code: str) -> str:
    return next((kind.label for kind in plan.request_types if kind.code == code), code)
