"""Raising an escalation: the first tier is called, with the facts attached (E2)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from contracts.queries import calendars_of
from escalation import events, permissions
from escalation.domain.ladder import GROUNDS, SYSTEM_GROUNDS, Rung, acknowledge_by, first_rung
from escalation.models import Escalation
from escalation.queries import facts_of
from escalation.services.rows import ask_tier, rungs_of, tell, write_step
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from tickets.models import Ticket
from tickets.queries import ticket_for


@transaction.atomic
def raise_escalation(
    *, actor: Actor, at: datetime, ticket: Ticket, ground: str, reason: str = ""
) -> Escalation:
    """Call for the first tier, with the facts attached by the system (E2).

    Raises `Conflict` when one is open already, `Invalid` for an unknown ground, a missing reason where the
    ground is *other*, or a contract without a path.
    """
    ticket = ticket_for(actor, key=ticket.key, lock=True)
    if not permissions.may_escalate(actor, ticket):
        raise NotAllowed("A point of contact, the ticket's own people or staff can escalate it.")
    _check_ground(actor, ground, reason)
    rung = first_rung(rungs_of(ticket.contract))
    if rung is None:
        raise Invalid("This contract has no escalation path yet; ask your client success manager.")
    try:
        with transaction.atomic():
            escalation = _store(actor=actor, at=at, ticket=ticket, rung=rung, ground=ground, reason=reason)
    except IntegrityError as error:
        raise Conflict(f"{ticket.key} is escalated already; its steps stand on the ticket.") from error
    told = ask_tier(escalation, at=at)
    escalation.save(update_fields=["asked", "asked_because"])
    write_step(escalation, kind="raised", actor=actor, at=at, note=reason)
    facts = {"ground": ground, "reason": reason, "told_ids": told}
    tell(events.EscalationRaised, escalation, ticket, actor=actor, at=at, **facts)
    return escalation


def _check_ground(actor: Actor, ground: str, reason: str) -> None:
    if actor.is_system and ground in SYSTEM_GROUNDS:
        return
    if ground not in GROUNDS:
        raise Invalid("Choose why you escalate.", fields={"ground": "Choose one of the grounds."})
    if ground == "other" and not reason.strip():
        raise Invalid("Say what is wrong.", fields={"reason": "A sentence is enough."})


def _store(*, actor: Actor, at: datetime, ticket: Ticket, rung: Rung, ground: str, reason: str) -> Escalation:
    calendar = calendars_of(ticket.contract)["business"]
    return Escalation.objects.create(
        client_id=ticket.client_id,
        ticket=ticket,
        contract_id=ticket.contract_id,
        level=rung.level,
        ground=ground,
        reason=reason.strip(),
        facts=facts_of(ticket),
        raised_by_id=actor.person_id,
        raised_by_name=actor.name,
        raised_at=at,
        told_at=at,
        acknowledge_due_at=acknowledge_by(rung, calendar=calendar, told_at=at),
    )
