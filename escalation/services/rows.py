"""What every act on an escalation needs: its row locked, its path, its history and its events."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract
from escalation import events
from escalation.domain.ladder import Rung
from escalation.models import Escalation, Step, Tier
from escalation.queries import on_duty
from events.domain.actor import Actor
from events.services import record
from tickets.models import Ticket
from tickets.queries import ticket_for


def locked(actor: Actor, escalation: Escalation) -> tuple[Escalation, Ticket]:
    """Lock ticket, then escalation, in floor order, and read both anew."""
    ticket = ticket_for(actor, key=escalation.ticket.key, lock=True)
    return Escalation.objects.select_for_update().get(pk=escalation.pk), ticket


def rungs_of(contract: Contract) -> list[Rung]:
    """The contract's tiers as the ladder knows them."""
    return [
        Rung(level=tier.level, acknowledge_seconds=tier.acknowledge_seconds)
        for tier in Tier.objects.filter(contract=contract)
    ]


def ask_tier(row: Escalation, *, at: datetime) -> list[int]:
    """Note who of the present tier is asked, its deputy while it is off duty; gives whom to tell (E1)."""
    tier = (
        Tier.objects.filter(contract_id=row.contract_id, level=row.level)
        .select_related("person", "deputy")
        .first()
    )
    if tier is None:
        row.asked_id, row.asked_because = None, ""
        return []
    asked, told = on_duty(tier, at=at)
    row.asked_id, row.asked_because = asked.person_id, asked.because
    return told


def write_step(row: Escalation, *, kind: str, actor: Actor, at: datetime, note: str = "") -> None:
    """Append what happened to the escalation's own history."""
    Step.objects.create(
        client_id=row.client_id,
        escalation=row,
        kind=kind,
        level=row.level,
        by_name=actor.name,
        note=note,
        at=at,
    )


def tell(
    kind: type[events.EscalationEvent],
    row: Escalation,
    ticket: Ticket,
    *,
    actor: Actor,
    at: datetime,
    **facts: object,
) -> None:
    """Record what happened as an event of the ticket."""
    event = kind(
        client_id=row.client_id,
        subject_id=ticket.id,
        key=ticket.key,
        escalation_id=row.id,
        level=row.level,
        **facts,
    )
    record(event, at=at, actor=actor)
