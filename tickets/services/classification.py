"""Urgency and request type: the client owns them, staff propose (domain.md §4, S10)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from contracts.domain.plan import Plan
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import FINAL_STATUSES, Status
from tickets.domain.texts import clean_body
from tickets.models import Ticket, UrgencyProposal
from tickets.services.owing import review_documents
from tickets.services.rows import locked, save_change


@transaction.atomic
def reclassify(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    urgency: str | None = None,
    request_type: str | None = None,
    reason: str = "",
) -> Ticket:
    """Set another urgency or request type.

    The client's people may change both. Staff propose an urgency instead, unless nobody of the client stands
    behind the ticket; they may correct the request type with a reason, where the plan does not leave the
    whole classification to the client. An open proposal falls away when the client sets an urgency. Setting
    what stands already changes nothing.
    """
    row = locked(actor, ticket)
    _require_open(row)
    plan = effective_plan(row.contract)
    _require_right(actor, row, plan, urgency=urgency, request_type=request_type, reason=reason)
    _require_known(plan, urgency=urgency, request_type=request_type)
    if urgency is not None:
        UrgencyProposal.objects.filter(ticket=row, state="proposed").update(
            state="superseded", answered_at=at, answered_by_id=actor.person_id
        )
    set_class(actor=actor, at=at, ticket=row, urgency=urgency, request_type=request_type, reason=reason)
    return row


@transaction.atomic
def propose_urgency(
    *, actor: Actor, at: datetime, ticket: Ticket, urgency: str, reason: str
) -> UrgencyProposal:
    """Propose another urgency to the client, with a reason; there is one open proposal a ticket at most.

    Where the plan gives the client the last word, what they declined is not proposed again: a `Conflict`.
    """
    row = locked(actor, ticket)
    _require_open(row)
    if not permissions.may_work(actor, row) or actor.person_id is None:
        raise NotAllowed("Staff propose an urgency; the client sets it.")
    plan = effective_plan(row.contract)
    _require_known(plan, urgency=urgency, request_type=None)
    if plan.client_owns_urgency:
        _require_no_last_word(row, urgency)
    if urgency == row.urgency:
        raise Invalid("The ticket has this urgency.", fields={"urgency": "Choose another one."})
    if not reason.strip():
        raise Invalid("Say why.", fields={"reason": "The client decides on what you write here."})
    proposal = UrgencyProposal(
        client_id=row.client_id,
        ticket=row,
        before=row.urgency,
        proposed=urgency,
        reason=clean_body(reason).strip(),
        proposed_by_id=actor.person_id,
        proposed_at=at,
    )
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        raise Conflict("A proposal waits for the client's answer already.") from error
    record(
        events.UrgencyProposed(
            client_id=row.client_id,
            subject_id=row.pk,
            key=row.key,
            proposal_id=proposal.pk,
            proposed=urgency,
            reason=proposal.reason,
        ),
        at=at,
        actor=actor,
    )
    save_change(row, at=at)
    return proposal


@transaction.atomic
def answer_urgency_proposal(
    *, actor: Actor, at: datetime, proposal: UrgencyProposal, accept: bool, answer: str = ""
) -> UrgencyProposal:
    """Accept a proposed urgency, which holds from this moment (S10), or decline it with a reason; once."""
    row = locked(actor, proposal.ticket)
    if not permissions.may_classify(actor, row):
        raise NotAllowed("The client answers a proposed urgency.")
    asked = UrgencyProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if asked.state != "proposed":
        raise Conflict(f"This proposal is {asked.state} already.")
    if not accept and not clean_body(answer).strip():
        words = "Say why it stays as it is: the engineer reads your view beside theirs."
        raise Invalid(words, fields={"answer": words})
    asked.state = "accepted" if accept else "declined"
    asked.answer, asked.answered_by_id, asked.answered_at = clean_body(answer).strip(), actor.person_id, at
    asked.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(
        events.UrgencyAnswered(
            client_id=row.client_id,
            subject_id=row.pk,
            key=row.key,
            proposal_id=asked.pk,
            state=asked.state,
            answer=asked.answer,
        ),
        at=at,
        actor=actor,
    )
    if accept:
        set_class(actor=actor, at=at, ticket=row, urgency=asked.proposed, reason=asked.reason)
    return asked


def set_class(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    urgency: str | None = None,
    request_type: str | None = None,
    reason: str = "",
) -> None:
    """Store the classification of a locked ticket and record the change, if it is one."""
    before = (ticket.urgency, ticket.request_type)
    after = (urgency or ticket.urgency, request_type or ticket.request_type)
    if before == after:
        return
    ticket.urgency, ticket.request_type = after
    ticket.rank = effective_plan(ticket.contract).urgency(ticket.urgency).rank
    save_change(ticket, "urgency", "request_type", "rank", at=at)
    record(
        events.TicketReclassified(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            before_urgency=before[0],
            urgency=ticket.urgency,
            before_request_type=before[1],
            request_type=ticket.request_type,
            rank=ticket.rank,
            reason=clean_body(reason).strip(),
        ),
        at=at,
        actor=actor,
    )
    if ticket.status == Status.RESOLVED:
        review_documents(actor=actor, at=at, ticket=ticket)


def _require_open(ticket: Ticket) -> None:
    if ticket.status in FINAL_STATUSES:
        raise Conflict(f"{ticket.key} is {ticket.status} and keeps its classification.")


def _require_right(
    actor: Actor, ticket: Ticket, plan: Plan, *, urgency: str | None, request_type: str | None, reason: str
) -> None:
    if permissions.may_classify(actor, ticket):
        return
    if not permissions.may_work(actor, ticket):
        raise NotAllowed("You read this ticket and cannot classify it.")
    if urgency is not None and ticket.requester_id is not None:
        raise NotAllowed("The client owns the urgency: propose another one.", code="propose_instead")
    if request_type is not None and plan.client_owns_urgency and ticket.requester_id is not None:
        raise NotAllowed("Under this plan the client alone classifies the ticket.")
    if not reason.strip():
        raise Invalid("Say why.", fields={"reason": "The client reads why the classification changed."})


def _require_no_last_word(ticket: Ticket, urgency: str) -> None:
    declined = UrgencyProposal.objects.filter(
        ticket=ticket, state="declined", proposed=urgency, before=ticket.urgency
    ).last()
    if declined is not None:
        words = f"Under this plan the client has the last word, and declined this: {declined.answer}"
        raise Conflict(words, code="last_word")


def _require_known(plan: Plan, *, urgency: str | None, request_type: str | None) -> None:
    faults = {}
    if urgency is not None and urgency not in {step.code for step in plan.urgencies}:
        faults["urgency"] = f"Choose one of: {', '.join(step.label for step in plan.urgencies)}."
    if request_type is not None and request_type not in {kind.code for kind in plan.request_types}:
        faults["request_type"] = f"Choose one of: {', '.join(kind.label for kind in plan.request_types)}."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
