"""Handing a critical ticket over: the brief is written, taken, or sent back with a reason (E7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Person, Team
from escalation import events, permissions
from escalation.models import Baton, Handoff, HandoffState
from escalation.queries import ring_of, roster
from escalation.services.batons import follow, leg_of, pass_to, row_of, set_look
from escalation.services.handoff_rows import present_ids, tell_handoff
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from tickets.models import Ticket
from tickets.queries import ticket_for
from tickets.services import assign


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the team that comes on has to know.

    `client_told` is what the client heard last, `next_update_at` when it hears from us next, `awake` who can
    be reached there in the meantime.
    """

    findings: str
    next_steps: str
    tried: str = ""
    client_told: str = ""
    next_update_at: datetime | None = None
    awake: str = ""


@transaction.atomic
def write_brief(*, actor: Actor, at: datetime, ticket: Ticket, brief: Brief) -> Handoff:
    """Write the brief of the next handoff, ahead of time or anew, and offer it to the team that comes on.

    Raises `Invalid` without findings and next steps, `Conflict` where nothing is to be handed over, or it was
    taken already.
    """
    ticket = ticket_for(actor, key=ticket.key, lock=True)
    if not permissions.may_hand_over(actor, ticket):
        raise NotAllowed("Those who work on the ticket hand it over.")
    _require_words(brief)
    row = _waiting_row(ticket, at=at)
    row.findings, row.next_steps = brief.findings.strip(), brief.next_steps.strip()
    row.tried, row.client_told = brief.tried.strip(), brief.client_told.strip()
    row.next_update_at, row.awake = brief.next_update_at, brief.awake.strip()[:300]
    row.written_by_id, row.written_at = actor.person_id, at
    if row.state != HandoffState.MISSED:
        row.state = HandoffState.OFFERED
    row.save()
    told = present_ids(row.to_team_id, row, at=at)
    tell_handoff(events.HandoffOffered, row, ticket, actor=actor, at=at, told=told)
    return row


@transaction.atomic
def take_over(*, actor: Actor, at: datetime, handoff: Handoff) -> Handoff:
    """Take the ticket over by its brief: it is the actor's and their team's from now on.

    Taking it twice oneself changes nothing; what somebody else has taken, and what has no brief, is a
    `Conflict`.
    """
    row, ticket = _locked(actor, handoff)
    if not permissions.may_take_over(actor, row, team_ids=_teams_of(actor)):
        raise NotAllowed(f"The people of {row.to_team or 'the next team'} take it over, or a lead.")
    if row.state == HandoffState.ACCEPTED and row.answered_by_id == actor.person_id:
        return row
    _require_takeable(row)
    row.state, row.answer = HandoffState.ACCEPTED, ""
    row.answered_by_id, row.answered_at = actor.person_id, at
    row.save()
    _move_baton(row, ticket, at=at)
    taker = Person.objects.get(pk=actor.person_id or 0)
    words = f"Taken over from {row.from_team.name}."
    assign(actor=actor, at=at, ticket=ticket, assignee=taker, team=row.to_team, reason=words)
    tell_handoff(events.HandoffAccepted, row, ticket, actor=actor, at=at, told=[row.written_by_id])
    return row


@transaction.atomic
def send_back(*, actor: Actor, at: datetime, handoff: Handoff, reason: str) -> Handoff:
    """Decline a handoff with the reason; the ticket stays, and the brief is to be written anew."""
    row, ticket = _locked(actor, handoff)
    if not permissions.may_take_over(actor, row, team_ids=_teams_of(actor)):
        raise NotAllowed(f"The people of {row.to_team or 'the next team'} send it back, or a lead.")
    if not reason.strip():
        raise Invalid("Say what is missing.", fields={"reason": "A sentence that the others can work with."})
    if row.state != HandoffState.OFFERED:
        raise Conflict("It does not wait to be taken any more.")
    row.state, row.answer = HandoffState.DECLINED, reason.strip()
    row.answered_by_id, row.answered_at = actor.person_id, at
    row.save()
    told = [*present_ids(row.from_team_id, row, at=at), row.written_by_id, ticket.assignee_id]
    tell_handoff(events.HandoffDeclined, row, ticket, actor=actor, at=at, told=told, reason=row.answer)
    return row


def _require_words(brief: Brief) -> None:
    missing = {}
    if not brief.findings.strip():
        missing["findings"] = "Say how things stand."
    if not brief.next_steps.strip():
        missing["next_steps"] = "Say what comes next."
    if missing:
        raise Invalid("A brief says how things stand and what comes next.", fields=missing)


def _waiting_row(ticket: Ticket, *, at: datetime) -> Handoff:
    """The handoff that is to be written: one missed lately, else the one at the end of the present shift."""
    baton = follow(ticket, at=at)
    if baton is None:
        raise Conflict("This ticket is not handed over; only critical ones of some plans are.")
    missed = Handoff.objects.filter(ticket=ticket, state=HandoffState.MISSED).order_by("-ends_at").first()
    if missed is not None:
        return missed
    ring = ring_of(ticket.contract, roster())
    leg = leg_of(baton, ring)
    if leg is None:
        raise Conflict("The team that has it is always on; there is nobody to hand it over to.")
    row, _ = row_of(baton, leg, at=at)
    if not row.is_open:
        raise Conflict("This handoff is settled; the next one is due at the end of the next shift.")
    set_look(baton, ring)
    return row


def _locked(actor: Actor, handoff: Handoff) -> tuple[Handoff, Ticket]:
    """Lock ticket, then handoff, in floor order, and read both anew."""
    ticket = ticket_for(actor, key=handoff.ticket.key, lock=True)
    rows = Handoff.objects.select_related("from_team", "to_team").select_for_update(of=("self",))
    return rows.get(pk=handoff.pk), ticket


def _require_takeable(row: Handoff) -> None:
    if row.state == HandoffState.ACCEPTED and row.answered_by is not None:
        raise Conflict(f"{row.answered_by.name} has taken it over.")
    if not row.is_open:
        raise Conflict("This handoff is settled.")
    if not row.has_brief:
        raise Conflict("There is no brief yet; nothing can be taken over without one.")
    if row.state == HandoffState.DECLINED:
        raise Conflict("It was sent back; the brief has to be written anew first.")


def _move_baton(row: Handoff, ticket: Ticket, *, at: datetime) -> None:
    """The team that comes on has the baton now; one missed and taken late has it already."""
    baton = Baton.objects.select_for_update().filter(ticket=ticket).first()
    if baton is not None and row.to_team_id is not None and baton.team_id != row.to_team_id:
        pass_to(baton, ring_of(ticket.contract, roster()), team_id=row.to_team_id, since=at)


def _teams_of(actor: Actor) -> frozenset[int]:
    return frozenset(Team.objects.filter(people=actor.person_id).values_list("pk", flat=True))
