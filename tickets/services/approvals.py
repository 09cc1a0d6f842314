"""Asking for a decision on a ticket, and deciding."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.domain.rights import ROLES
from accounts.models import Membership, Person
from contracts.models import SopVersion
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.texts import clean_body
from tickets.models import Approval, Ticket
from tickets.services.asking import Question, ask, visibility_of
from tickets.services.cover import follow_decision
from tickets.services.rows import locked, save_change

KINDS = ("golden_rule", "exception", "change_request", "unsupported", "on_site", "other")

#: Who alone can settle that work outside the plan is taken in (domain.md §3.1).
_SETTLED_BY = {"exception": ("poc",), "change_request": ("poc", "account_executive")}


@transaction.atomic
def ask_approval(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    kind: str,
    question: str,
    asked_of_role: str = "",
    asked_of: Person | None = None,
    rule_version: SopVersion | None = None,
) -> Approval:
    """Ask one person, or anybody in a role, to decide something on the ticket.

    An exception that covers an excluded ticket is confirmed by a point of contact, a change request by them
    or the account executive (domain.md §3.1). The same open question of the same kind is not asked twice:
    `Conflict`.
    """
    row = locked(actor, ticket)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff ask for approvals.")
    text = clean_body(question).strip()
    _require_answerable(row, kind, text, asked_of_role, asked_of)
    if Approval.objects.filter(ticket=row, kind=kind, question=text, state="asked").exists():
        raise Conflict("This is asked already and waits for an answer.")
    asked = Question(kind=kind, text=text, role=asked_of_role, person=asked_of, rule_version=rule_version)
    approval = ask(actor=actor, at=at, ticket=row, question=asked)
    save_change(row, at=at)
    return approval


@transaction.atomic
def decide_approval(
    *, actor: Actor, at: datetime, approval: Approval, approve: bool, comment: str = ""
) -> Approval:
    """Decide what was asked, once; a declined one says why.

    An approved exception or change request changes what covers the ticket. Raises `Conflict` when somebody
    decided meanwhile, `NotAllowed` when the decision is somebody else's.
    """
    ticket = locked(actor, approval.ticket)
    row = Approval.objects.select_for_update(of=("self",)).select_related("asked_of").get(pk=approval.pk)
    if not permissions.may_decide(actor, row):
        raise NotAllowed("This decision is somebody else's.")
    if row.state != "asked":
        raise Conflict(f"This is {row.state} already.")
    if not approve and not comment.strip():
        raise Invalid("Say why not.", fields={"comment": "Say why, so that we can propose something else."})
    row.state = "approved" if approve else "declined"
    row.decided_by_id, row.decided_at, row.comment = actor.person_id, at, clean_body(comment).strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    record(
        events.ApprovalDecided(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            approval_id=row.pk,
            approval_kind=row.kind,
            visibility=visibility_of(row),
            state=row.state,
        ),
        at=at,
        actor=actor,
    )
    follow_decision(actor=actor, at=at, ticket=ticket, approval=row)
    return row


def _require_answerable(ticket: Ticket, kind: str, text: str, role: str, person: Person | None) -> None:
    faults = {}
    if kind not in KINDS:
        faults["kind"] = f"Choose one of: {', '.join(KINDS)}."
    if not text:
        faults["question"] = "Write what is to be decided."
    if bool(role) == (person is not None):
        faults["asked_of"] = "Ask either one person or a role."
    elif role and role not in ROLES:
        faults["asked_of"] = "There is no such role."
    elif person is not None and not _can_be_asked(person, ticket.client_id):
        faults["asked_of"] = "Ask a contact of this client or a colleague."
    elif kind in _SETTLED_BY and _role_of(role, person, ticket.client_id) not in _SETTLED_BY[kind]:
        faults["asked_of"] = "Ask a point of contact; a change request can go to the account executive too."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)


def _can_be_asked(person: Person, client_id: int) -> bool:
    if person.works_here:
        return person.is_active
    return Membership.objects.filter(person=person, client_id=client_id, ended_at__isnull=True).exists()


def _role_of(role: str, person: Person | None, client_id: int) -> str:
    if person is None:
        return role
    if person.works_here:
        return person.staff_role
    member = Membership.objects.filter(person=person, client_id=client_id, ended_at__isnull=True).first()
    return member.role if member else ""
