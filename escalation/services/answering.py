"""Answering an escalation: taken on, found wanting, ended with an outcome (E3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from escalation import events, permissions
from escalation.domain.ladder import OUTCOMES
from escalation.models import Escalation, State
from escalation.services.climbing import climb
from escalation.services.rows import locked, tell, write_step
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed


@transaction.atomic
def acknowledge(*, actor: Actor, at: datetime, escalation: Escalation) -> Escalation:
    """The tier takes the escalation on; repeating it changes nothing (E3)."""
    row, ticket = locked(actor, escalation)
    if not permissions.may_answer(actor, row):
        raise NotAllowed("The people of the escalation path acknowledge it.")
    if row.state != State.WAITING:
        return row
    row.state, row.acknowledge_due_at = State.ACKNOWLEDGED, None
    row.acknowledged_at, row.acknowledged_by_id = at, actor.person_id
    row.save()
    write_step(row, kind="acknowledged", actor=actor, at=at)
    tell(events.EscalationAcknowledged, row, ticket, actor=actor, at=at)
    return row


@transaction.atomic
def mark_not_satisfied(*, actor: Actor, at: datetime, escalation: Escalation, reason: str) -> Escalation:
    """The client is not satisfied: the next tier is asked; at the top this is a `Conflict` (E3)."""
    row, ticket = locked(actor, escalation)
    if not permissions.may_judge(actor, row):
        raise NotAllowed("The client's people say whether an escalation was answered well.")
    if row.state == State.RESOLVED:
        raise Conflict("This escalation has ended; raise a new one.")
    if not climb(row, ticket, actor=actor, at=at, why="not_satisfied", note=reason):
        raise Conflict("The highest tier has it already.")
    return row


@transaction.atomic
def resolve(*, actor: Actor, at: datetime, escalation: Escalation, outcome: str, text: str) -> Escalation:
    """End an escalation with a written outcome: upheld, partly or not (E3)."""
    row, ticket = locked(actor, escalation)
    if not permissions.may_answer(actor, row):
        raise NotAllowed("The people of the escalation path end it.")
    if outcome not in OUTCOMES:
        raise Invalid("Choose an outcome.", fields={"outcome": "Upheld, partly upheld or not upheld."})
    if not text.strip():
        raise Invalid("Write what came of it.", fields={"text": "A sentence or two for the client."})
    if row.state == State.RESOLVED:
        raise Conflict("This escalation has ended already.")
    row.state, row.acknowledge_due_at = State.RESOLVED, None
    row.outcome, row.outcome_text = outcome, text.strip()
    row.resolved_at, row.resolved_by_id = at, actor.person_id
    row.save()
    write_step(row, kind="resolved", actor=actor, at=at, note=row.outcome_text)
    tell(events.EscalationResolved, row, ticket, actor=actor, at=at, outcome=outcome, text=row.outcome_text)
    return row
