"""One move of a locked ticket in its life cycle, with everything that the new state needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Membership, Person
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import STAFF_WORDS, Status, is_allowed
from tickets.domain.texts import clean_body, clean_line
from tickets.models import Approval, Ticket
from tickets.services.owing import review_documents
from tickets.services.rows import author_kind, save_change


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusMove:
    """Where a ticket shall go, and what that state needs to know: whom it waits for, for what, until when."""

    to: str
    reason: str = ""
    waiting_on: Person | None = None
    waiting_for: str = ""
    scheduled_at: datetime | None = None
    vendor_reference: str = ""


#: What contacts and integrations may do with their own tickets: withdraw, confirm, reopen, answer.
_CLIENT_MOVES = {
    (Status.RESOLVED, Status.CLOSED),
    (Status.RESOLVED, Status.IN_PROGRESS),
    (Status.WAITING_ON_CLIENT, Status.IN_PROGRESS),
    *((before, Status.CANCELLED) for before in Status if is_allowed(before, Status.CANCELLED)),
}


def make_move(
    *, actor: Actor, at: datetime, ticket: Ticket, move: StatusMove, summary_given: str = ""
) -> None:
    """Move the locked ticket and record it.

    `summary_given` is the text of the public message that goes with the move; *resolved* needs it. Raises
    `Conflict` for a move that the present state does not allow, `NotAllowed` for one that is not the actor's,
    `Invalid` where the new state needs to know more.
    """
    before, to = Status(ticket.status), _known(move.to)
    if before == to:
        raise Conflict(f"{ticket.key} is {STAFF_WORDS[to].lower()} already.")
    _require_right(actor, ticket, before, to, move)
    if not is_allowed(before, to):
        raise Conflict(
            f"{ticket.key} is {STAFF_WORDS[before].lower()} and cannot become {STAFF_WORDS[to].lower()}."
        )
    if to == Status.RESOLVED and not summary_given.strip():
        raise Invalid(
            "A solved ticket needs a summary for the client.", fields={"summary": "Say what was done."}
        )
    if to == Status.IN_PROGRESS and actor.is_staff:
        _require_golden_rules(ticket)
    _enter(ticket, to, move, at)
    save_change(ticket, *_STATE_COLUMNS, at=at)
    _record(actor, at, ticket, before, move)
    if Status.RESOLVED in (before, to) and to != Status.CLOSED:
        review_documents(actor=actor, at=at, ticket=ticket)


_STATE_COLUMNS = (
    "status",
    "waiting_on",
    "waiting_for",
    "scheduled_at",
    "vendor_reference",
    "resolved_at",
    "closed_at",
    "close_due_at",
)


def _known(to: str) -> Status:
    try:
        return Status(to)
    except ValueError:
        raise Invalid("There is no such status.", fields={"to": "Choose one of the statuses."}) from None


def _require_right(actor: Actor, ticket: Ticket, before: Status, to: Status, move: StatusMove) -> None:
    if actor.is_system:
        return
    if permissions.may_work(actor, ticket):
        if to == Status.CLOSED and not move.reason.strip():
            raise Invalid(
                "The client confirms, or time does; say how you know that it is done.",
                fields={"reason": "Say who confirmed."},
            )
        return
    if not permissions.may_take_part(actor, ticket):
        raise NotAllowed("You read this ticket and cannot move it.")
    if (before, to) not in _CLIENT_MOVES and is_allowed(before, to):
        raise NotAllowed("Staff move a ticket to this status.")


def _require_golden_rules(ticket: Ticket) -> None:
    missing = Approval.objects.filter(ticket=ticket, kind="golden_rule").exclude(state="approved").first()
    if missing is not None:
        raise Conflict(
            f"Work cannot start before this is approved: {missing.question}", code="approval_missing"
        )


def _enter(ticket: Ticket, to: Status, move: StatusMove, at: datetime) -> None:
    ticket.status = to.value
    ticket.waiting_on, ticket.waiting_for, ticket.scheduled_at = None, "", None
    if to != Status.CLOSED:
        ticket.resolved_at = None
    ticket.close_due_at = None
    _ENTRIES.get(to, _nothing_more)(ticket, move, at)


def _nothing_more(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    return None


def _wait_on_client(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    person = move.waiting_on or ticket.requester
    question = clean_line(move.waiting_for)
    pauses = any(pause.status == Status.WAITING_ON_CLIENT for pause in effective_plan(ticket.contract).pauses)
    if pauses and (person is None or not question):
        raise Invalid(
            "Clocks pause now: name the person asked and the question.",
            fields={"waiting_for": "Write the question that the client must answer."},
        )
    if move.waiting_on is not None and not _is_contact(move.waiting_on, ticket.client_id):
        raise Invalid("This person is no contact of the client.", fields={"waiting_on": "Choose a contact."})
    ticket.waiting_on, ticket.waiting_for = person, question[:300]


def _wait_on_vendor(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    ticket.waiting_for = clean_line(move.waiting_for)[:300]
    if clean_line(move.vendor_reference):
        ticket.vendor_reference = clean_line(move.vendor_reference)[:120]


def _schedule(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    if move.scheduled_at is None or move.scheduled_at <= at:
        raise Invalid(
            "Say when the work is planned.", fields={"scheduled_at": "Choose a moment in the future."}
        )
    ticket.scheduled_at = move.scheduled_at


def _resolve(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    ticket.resolved_at = at
    ticket.close_due_at = at + timedelta(days=effective_plan(ticket.contract).close_after_days)


def _finish(ticket: Ticket, move: StatusMove, at: datetime) -> None:
    ticket.closed_at = at


_ENTRIES: dict[Status, Callable[[Ticket, StatusMove, datetime], None]] = {
    Status.WAITING_ON_CLIENT: _wait_on_client,
    Status.WAITING_ON_VENDOR: _wait_on_vendor,
    Status.SCHEDULED: _schedule,
    Status.RESOLVED: _resolve,
    Status.CLOSED: _finish,
    Status.CANCELLED: _finish,
}


def _is_contact(person: Person, client_id: int) -> bool:
    return Membership.objects.filter(person=person, client_id=client_id, ended_at__isnull=True).exists()


def _record(actor: Actor, at: datetime, ticket: Ticket, before: Status, move: StatusMove) -> None:
    record(
        events.StatusChanged(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            before=before.value,
            after=ticket.status,
            by=author_kind(actor),
            reason=clean_body(move.reason).strip(),
            waiting_on_id=ticket.waiting_on_id,
            waiting_for=ticket.waiting_for,
            scheduled_at=ticket.scheduled_at.isoformat() if ticket.scheduled_at else None,
            vendor_reference=clean_line(move.vendor_reference),
        ),
        at=at,
        actor=actor,
    )
