"""Ways out for work that the plan leaves out: an agreed exception, or a change request (domain.md §3.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contracts.domain.coverage import exempt_reason
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import FINAL_STATUSES, Status
from tickets.domain.texts import clean_body
from tickets.models import Approval, Ticket
from tickets.services.asking import Question, ask
from tickets.services.owing import review_documents
from tickets.services.rows import locked, save_change
from tickets.services.standing import NOT_NAMED

#: What a contact can ask for, and who of the provider decides it.
WAYS_OUT = {"exception_request": "lead", "change_request": "account_executive"}

#: What an approval of that kind makes of the ticket's coverage.
_COVERAGE = {"exception": "exception", "change_request": "change"}
_OUTSIDE = ("excluded", "add_on")


@transaction.atomic
def seek_cover(*, actor: Actor, at: datetime, ticket: Ticket, way: str, words: str) -> Approval:
    """Ask the provider to take work that the plan leaves out, in the client's words.

    An `exception_request` goes to a lead; once granted, a point of contact confirms it. A `change_request`
    goes to the account executive, for a new ordering document. Refused with `Conflict` on tickets that are
    covered or over, and while the same is asked already.
    """
    row = locked(actor, ticket)
    if not permissions.may_take_part(actor, row):
        raise NotAllowed("The client asks for a way out; staff ask the client to confirm one.")
    if row.status in FINAL_STATUSES or row.coverage not in _OUTSIDE:
        raise Conflict(f"{row.key} needs no exception: it is covered, or it is over.")
    text = clean_body(words).strip()
    faults = {}
    if way not in WAYS_OUT:
        faults["way"] = f"Choose one of: {', '.join(WAYS_OUT)}."
    if not text:
        faults["words"] = "Say what you need and why."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
    if Approval.objects.filter(ticket=row, kind=way, state="asked").exists():
        raise Conflict("This is asked already and waits for an answer.")
    approval = ask(actor=actor, at=at, ticket=row, question=Question(kind=way, text=text, role=WAYS_OUT[way]))
    save_change(row, at=at)
    return approval


def follow_decision(*, actor: Actor, at: datetime, ticket: Ticket, approval: Approval) -> None:
    """Let what was approved on a locked ticket count: the coverage it makes, or the next question.

    A granted exception waits for a point of contact; a confirmed one, or a change request, brings the ticket
    into the scope and under its service levels from this moment (S11).
    """
    if approval.state == "approved" and approval.kind == "exception_request":
        said = f" Our condition: {approval.comment}" if approval.comment else ""
        text = f"We take this as an agreed exception: {approval.question}{said} Do you confirm?"
        ask(actor=actor, at=at, ticket=ticket, question=Question(kind="exception", text=text, role="poc"))
    if approval.state != "approved" or approval.kind not in _COVERAGE or ticket.coverage not in _OUTSIDE:
        save_change(ticket, at=at)
        return
    reason = exempt_reason(effective_plan(ticket.contract), covered=True, channel=ticket.channel)
    if not reason and "not_named" in ticket.flags:
        reason = NOT_NAMED
    after = {"coverage": _COVERAGE[approval.kind], "exempt_reason": reason[:200]}
    changes: dict[str, list[object]] = {
        name: [getattr(ticket, name), value]
        for name, value in after.items()
        if getattr(ticket, name) != value
    }
    ticket.coverage, ticket.exempt_reason = after["coverage"], after["exempt_reason"]
    save_change(ticket, "coverage", "exempt_reason", at=at)
    record(
        events.TicketDetailsChanged(
            client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, changes=changes
        ),
        at=at,
        actor=actor,
    )
    if ticket.status == Status.RESOLVED:
        review_documents(actor=actor, at=at, ticket=ticket)
