"""Storing one question to be decided and recording that it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from contracts.models import SopVersion
from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.models import Approval, Ticket, Visibility
from tickets.queries.approvals import CLIENT_ROLES, SHARED_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be decided, and by whom: one person, or anybody in a role."""

    kind: str
    text: str
    role: str = ""
    person: Person | None = None
    rule_version: SopVersion | None = None


def ask(*, actor: Actor, at: datetime, ticket: Ticket, question: Question) -> Approval:
    """Ask on a locked ticket; the caller has checked the right to."""
    approval = Approval.objects.create(
        client_id=ticket.client_id,
        ticket=ticket,
        kind=question.kind,
        question=question.text,
        asked_of_role=question.role,
        asked_of=question.person,
        asked_by_id=actor.person_id,
        asked_at=at,
        rule_version=question.rule_version,
    )
    record(
        events.ApprovalAsked(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            approval_id=approval.pk,
            approval_kind=approval.kind,
            visibility=visibility_of(approval),
            asked_of_role=approval.asked_of_role,
            asked_of_id=approval.asked_of_id,
        ),
        at=at,
        actor=actor,
    )
    return approval


def visibility_of(approval: Approval) -> str:
    """Whether the client may know of the question: public when it is asked of them, or by them."""
    if approval.kind in SHARED_KINDS:
        return Visibility.PUBLIC.value
    is_of_client = approval.asked_of_role in CLIENT_ROLES
    if approval.asked_of is not None:
        is_of_client = not approval.asked_of.works_here
    return Visibility.PUBLIC.value if is_of_client else Visibility.INTERNAL.value
