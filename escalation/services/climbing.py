"""Climbing: who was not answered in time is asked for by the tier above (E3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contracts.queries import calendars_of
from escalation import events
from escalation.domain.ladder import acknowledge_by, next_rung
from escalation.models import Escalation, State
from escalation.services.rows import ask_tier, rungs_of, tell, write_step
from events.domain.actor import SYSTEM, Actor
from tickets.models import Ticket
from tickets.queries import ticket_for


def sweep(*, at: datetime, limit: int = 200) -> int:
    """Climb every escalation whose tier did not acknowledge in time: one tier a run, a transaction each.

    The new tier's time counts from this run, so hours of downtime never jump over a tier. Two sweeps at once
    are harmless: the row is locked and looked at again.
    """
    due = Escalation.objects.filter(acknowledge_due_at__lte=at).order_by("acknowledge_due_at")
    keys = list(due.values_list("id", flat=True)[:limit])
    return sum(_climb_if_due(escalation_id, at) for escalation_id in keys)


@transaction.atomic
def _climb_if_due(escalation_id: int, at: datetime) -> bool:
    ticket_key = Escalation.objects.values_list("ticket__key", flat=True).get(id=escalation_id)
    ticket = ticket_for(SYSTEM, key=ticket_key, lock=True)
    row = Escalation.objects.select_for_update().get(id=escalation_id)
    if row.acknowledge_due_at is None or row.acknowledge_due_at > at:
        return False
    if not climb(row, ticket, actor=SYSTEM, at=at, why="unacknowledged", note=""):
        row.acknowledge_due_at = None
        row.save(update_fields=["acknowledge_due_at"])
        write_step(row, kind="unanswered", actor=SYSTEM, at=at)
        tell(events.EscalationUnanswered, row, ticket, actor=SYSTEM, at=at)
    return True


def climb(row: Escalation, ticket: Ticket, *, actor: Actor, at: datetime, why: str, note: str) -> bool:
    """Ask the tier above, its time counted from now; False at the top, where nothing changes (E3)."""
    rung = next_rung(rungs_of(ticket.contract), level=row.level)
    if rung is None:
        return False
    row.level, row.state, row.told_at = rung.level, State.WAITING, at
    row.acknowledged_at, row.acknowledged_by_id = None, None
    row.acknowledge_due_at = acknowledge_by(
        rung, calendar=calendars_of(ticket.contract)["business"], told_at=at
    )
    told = ask_tier(row, at=at)
    row.save()
    write_step(row, kind="climbed", actor=actor, at=at, note=note or why)
    tell(events.EscalationClimbed, row, ticket, actor=actor, at=at, why=why, told_ids=told)
    return True
