"""The sweep of handoffs: briefs fall due, shifts end, and what nobody took escalates (E7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from escalation import events
from escalation.domain.relay import Leg, Ring
from escalation.models import OPEN_STATES, Baton, Escalation, Handoff, HandoffState, State
from escalation.queries import ring_of, roster
from escalation.services.batons import lay_down, leg_of, needs_baton, pass_to, row_of, set_look
from escalation.services.handoff_rows import present_ids, tell_handoff
from escalation.services.raising import raise_escalation
from events.domain.actor import SYSTEM
from events.domain.errors import Invalid
from events.fail_points import crash_here
from tickets.models import Ticket
from tickets.queries import ticket_by_id
from tickets.services import assign

#: After an outage no more legs than these are gone through in one look; the next look goes on.
_MOST_LEGS = 60


def sweep_handoffs(*, at: datetime, limit: int = 200) -> int:
    """Ask for the briefs that are due, and end the shifts that are over: a transaction a ticket.

    Safe to run twice, at once, late, or to be killed: the ticket is locked, everything is computed again from
    its facts, and a shift's end stands once a ticket. After an outage only what is still of use
    is asked for and told; ends that went by unseen are recorded as missed by us.
    """
    due = Baton.objects.filter(look_at__lte=at).order_by("look_at").values_list("ticket_id", flat=True)
    return sum(_look(ticket_id, at=at) for ticket_id in list(due[:limit]))


@transaction.atomic
def _look(ticket_id: int, *, at: datetime) -> bool:
    ticket = ticket_by_id(SYSTEM, ticket_id, lock=True)
    baton = Baton.objects.select_for_update().filter(ticket=ticket).first()
    if baton is None or baton.look_at is None or baton.look_at > at:
        return False
    crash_here("handoffs_claimed")
    if not needs_baton(ticket):
        lay_down(baton)
        return True
    ring = ring_of(ticket.contract, roster())
    for _ in range(_MOST_LEGS):
        leg = leg_of(baton, ring)
        if leg is None or at < leg.due_at:
            break
        row, is_new = row_of(baton, leg, at=at)
        if at < leg.ends_at:
            if is_new:
                _fall_due(row, ticket, baton, ring, at=at)
            break
        _end(row, leg, ticket, baton, ring, is_new=is_new, at=at)
    set_look(baton, ring)
    crash_here("handoffs_written")
    return True


def _fall_due(row: Handoff, ticket: Ticket, baton: Baton, ring: Ring, *, at: datetime) -> None:
    """An hour is left: the team is asked for its brief, unless the next one has the ticket already."""
    Handoff.objects.filter(ticket=ticket, state__in=OPEN_STATES).exclude(pk=row.pk).update(
        state=HandoffState.LAPSED
    )
    if row.to_team_id is not None and ticket.team_id == row.to_team_id:
        row.state = HandoffState.KEPT
        row.save(update_fields=["state"])
        pass_to(baton, ring, team_id=row.to_team_id, since=at)
        return
    told = [*present_ids(row.from_team_id, row, at=at), ticket.assignee_id]
    tell_handoff(events.HandoffDue, row, ticket, actor=SYSTEM, at=at, told=told)


def _end(
    row: Handoff, leg: Leg, ticket: Ticket, baton: Baton, ring: Ring, *, is_new: bool, at: datetime
) -> None:
    """The shift is over: the baton goes to who comes on; what nobody took is missed, dated at the end."""
    if row.is_open:
        row.missed_at = leg.ends_at
        row.state = HandoffState.LAPSED if is_new else HandoffState.MISSED
        row.save(update_fields=["state", "missed_at"])
    _go_on(leg, ticket, baton, ring, at=at)
    following = leg_of(baton, ring)
    is_current = following is None or at < following.ends_at
    if row.state == HandoffState.MISSED and not is_current:
        row.state = HandoffState.LAPSED
        row.save(update_fields=["state"])
    if row.state == HandoffState.LAPSED:
        tell_handoff(events.HandoffLapsed, row, ticket, actor=SYSTEM, at=at, told=())
    elif row.state == HandoffState.MISSED:
        _escalate(row, ticket, at=at)


def _go_on(leg: Leg, ticket: Ticket, baton: Baton, ring: Ring, *, at: datetime) -> None:
    """Give the baton, and the ticket's place in a queue, to the team that comes on; its owner stays."""
    receiver = leg.receiver or leg.giver
    pass_to(baton, ring, team_id=receiver.team_id, since=leg.ends_at)
    if ticket.team_id != receiver.team_id:
        words = f"The shift of {leg.giver.name} has ended."
        team = roster().teams[receiver.team_id]
        try:
            assign(actor=SYSTEM, at=at, ticket=ticket, assignee=ticket.assignee, team=team, reason=words)
        except Invalid:
            # The owner may not have it any more: better the team's queue than a sweep that stands still.
            assign(actor=SYSTEM, at=at, ticket=ticket, assignee=None, team=team, reason=words)
        ticket.team_id = receiver.team_id


def _escalate(row: Handoff, ticket: Ticket, *, at: datetime) -> None:
    """Say that it was missed to who is on now, and call for the first tier unless one is called already."""
    told = present_ids(row.to_team_id, row, at=at)
    tell_handoff(events.HandoffMissed, row, ticket, actor=SYSTEM, at=at, told=told)
    crash_here("handoffs_said")
    if not ticket.contract.switches.get("escalate_handoff", True):
        return
    is_open = Escalation.objects.filter(ticket=ticket).exclude(state=State.RESOLVED).exists()
    if is_open or not ticket.contract.tiers.exists():
        return
    words = f"Nobody of {row.to_team.name if row.to_team else 'the next team'} took it over in time."
    raise_escalation(actor=SYSTEM, at=at, ticket=ticket, ground="handoff", reason=words)
