"""The baton of a critical ticket: taken up, moved and laid down as the ticket's facts have it (E7)."""

from __future__ import annotations

from datetime import datetime

from contracts.models import Contract
from escalation.domain.relay import Leg, Ring, holder_at, leg_from
from escalation.models import OPEN_STATES, Baton, Handoff, HandoffState
from escalation.queries import ring_of, roster, warm_ranks
from events.domain.actor import SYSTEM
from tickets.domain.lifecycle import Status
from tickets.models import Ticket
from tickets.queries import ticket_by_id

#: States in which nothing of a ticket has to be handed over any more.
_SETTLED = (Status.RESOLVED.value, Status.CLOSED.value, Status.CANCELLED.value)


def needs_baton(ticket: Ticket) -> bool:
    """Whether the ticket is open and of a rank that its plan hands over warm."""
    return ticket.status not in _SETTLED and ticket.rank in warm_ranks(ticket.contract)


def follow(ticket: Ticket, *, at: datetime) -> Baton | None:
    """Give a locked ticket the baton it needs, move it where the ticket went, or lay it down.

    Repeating it changes nothing. None where the ticket needs none, or no team of its ring keeps any hours.
    """
    baton = Baton.objects.select_for_update().filter(ticket=ticket).first()
    if not needs_baton(ticket):
        if baton is not None:
            lay_down(baton)
        return None
    ring = ring_of(ticket.contract, roster())
    if baton is None:
        return _take_up(ticket, ring, at=at)
    if ticket.team_id != baton.team_id and _is_in_good_hands(ring, ticket.team_id, at):
        _move_by_hand(baton, ticket, ring, at=at)
    return baton


def follow_terms(contract: Contract, *, at: datetime) -> None:
    """Look at every baton of a contract anew, and give one to each ticket that its terms now hand over."""
    Baton.objects.filter(ticket__contract=contract).update(look_at=at)
    lacking = Ticket.objects.filter(contract=contract, rank__in=warm_ranks(contract), baton__isnull=True)
    for pk in lacking.exclude(status__in=_SETTLED).values_list("pk", flat=True):
        follow(ticket_by_id(SYSTEM, pk, lock=True), at=at)


def lay_down(baton: Baton) -> None:
    """The ticket is settled or no longer critical: open handoffs are dropped, and the baton is gone."""
    Handoff.objects.filter(ticket_id=baton.ticket_id, state__in=OPEN_STATES).update(
        state=HandoffState.DROPPED
    )
    baton.delete()


def leg_of(baton: Baton, ring: Ring) -> Leg | None:
    """Until when the baton stays where it is, and who takes it then; None where the shift never ends."""
    holder = ring.member(baton.team_id)
    return leg_from(ring, holder, baton.since) if holder is not None else None


def pass_to(baton: Baton, ring: Ring, *, team_id: int, since: datetime) -> None:
    """The baton is with that team from that moment on; the sweep looks at it when its next brief is due."""
    baton.team_id, baton.since = team_id, since
    set_look(baton, ring)


def set_look(baton: Baton, ring: Ring) -> None:
    """Store the baton with the next moment at which the sweep has something to do with it."""
    leg = leg_of(baton, ring)
    is_made = leg is not None and Handoff.objects.filter(ticket=baton.ticket_id, ends_at=leg.ends_at).exists()
    baton.look_at = None if leg is None else (leg.ends_at if is_made else leg.due_at)
    baton.save()


def row_of(baton: Baton, leg: Leg, *, at: datetime) -> tuple[Handoff, bool]:
    """The handoff of a leg, and whether it was made now: once a ticket and shift's end, whoever asks."""
    row, is_new = Handoff.objects.get_or_create(
        ticket_id=baton.ticket_id,
        ends_at=leg.ends_at,
        defaults={
            "client_id": baton.client_id,
            "from_team_id": leg.giver.team_id,
            "to_team_id": leg.receiver.team_id if leg.receiver else None,
            "made_at": at,
        },
    )
    return row, is_new


def _take_up(ticket: Ticket, ring: Ring, *, at: datetime) -> Baton | None:
    holder = holder_at(ring, at, team_id=ticket.team_id)
    if holder is None:
        return None
    baton = Baton(client_id=ticket.client_id, ticket=ticket)
    pass_to(baton, ring, team_id=holder.team_id, since=at)
    return baton


def _is_in_good_hands(ring: Ring, team_id: int | None, at: datetime) -> bool:
    crew = ring.member(team_id)
    return crew is not None and crew.is_on(at)


def _move_by_hand(baton: Baton, ticket: Ticket, ring: Ring, *, at: datetime) -> None:
    """Somebody gave the ticket to another crew that is on: the former crew's handoff is settled."""
    waiting = Handoff.objects.filter(ticket=ticket, state__in=OPEN_STATES)
    waiting.filter(to_team_id=ticket.team_id).update(state=HandoffState.KEPT)
    waiting.exclude(to_team_id=ticket.team_id).update(state=HandoffState.DROPPED)
    assert ticket.team_id is not None  # noqa: S101  a crew of the ring has it
    pass_to(baton, ring, team_id=ticket.team_id, since=at)
