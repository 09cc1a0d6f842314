"""Routing: a new ticket finds the team that is on, and its person by turn; who is away is stood in for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import Person
from accounts.queries import staff
from escalation.domain.duty import Duty
from escalation.domain.routing import Placing, first_fit
from escalation.models import Turn
from escalation.queries import Roster, candidates_of, hours_of, on_for, roster
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict
from tickets.domain.lifecycle import Status
from tickets.models import Ticket
from tickets.queries import ticket_by_id, ticket_for
from tickets.services import assign

_WAIT_FOR_US = (Status.NEW.value, Status.IN_PROGRESS.value)


def route(ticket: Ticket, *, at: datetime) -> Ticket:
    """Put a locked new ticket with the team that is on and, where the team gives by turn, to its next person.

    A ticket that has an owner stays with them. Where nobody is on, it waits where the plan put it (E6).
    """
    known = roster()
    product = ticket.environment.product if ticket.environment is not None else ""
    duty = on_for(ticket.contract, at=at, product=product, known=known)
    if ticket.assignee_id is not None:
        return ticket
    if duty.crew is None:
        return _wait(ticket, known, duty, at=at)
    team = known.teams[duty.crew.team_id]
    hours = hours_of(team)
    placing = None
    if hours is not None and hours.gives_by_turn:
        placing = first_fit(candidates_of(ticket, team_id=team.pk, at=at))
    if placing is None:
        words = f"{duty.because[:1].upper()}{duty.because[1:]}."
        return assign(actor=SYSTEM, at=at, ticket=ticket, assignee=None, team=team, reason=words)
    person = _take_turn(team.pk, placing, at=at)
    words = _by_turn(team.name, placing)
    return assign(actor=SYSTEM, at=at, ticket=ticket, assignee=person, team=team, reason=words)


def _wait(ticket: Ticket, known: Roster, duty: Duty, *, at: datetime) -> Ticket:
    """Nobody is on: the ticket waits where the plan put it, or with the contract's standard team."""
    team_id = ticket.contract.standard_team_id
    if ticket.team_id is not None or team_id is None:
        return ticket
    words = f"Nobody is on: {duty.because}."
    return assign(actor=SYSTEM, at=at, ticket=ticket, team=known.teams[team_id], reason=words)


@transaction.atomic
def give_by_turn(*, actor: Actor, at: datetime, ticket: Ticket, person: Person) -> Ticket:
    """Give a ticket to somebody whom the suggestion offers; it counts as their turn.

    Raises `Conflict` where that person is not on for the ticket any more; `assign` says who may assign.
    """
    ticket = ticket_for(actor, key=ticket.key, lock=True)
    known = roster()
    product = ticket.environment.product if ticket.environment is not None else ""
    duty = on_for(ticket.contract, at=at, product=product, known=known)
    found = candidates_of(ticket, team_id=duty.crew.team_id, at=at) if duty.crew is not None else []
    placing = first_fit([one for one in found if one.person_id == person.pk])
    if duty.crew is None or placing is None:
        raise Conflict(f"{person.name} is not on for this ticket any more; look at the suggestion again.")
    team = known.teams[duty.crew.team_id]
    words = _by_turn(team.name, placing)
    given = assign(actor=actor, at=at, ticket=ticket, assignee=person, team=team, reason=words)
    _take_turn(team.pk, placing, at=at)
    return given


def sweep_absences(*, at: datetime, limit: int = 200) -> int:
    """Let somebody stand in on what comes due while its owner is away: a transaction a ticket.

    What is due only after their return stays with them, and so does what nobody present can have. Safe to
    run twice, late and at once: a ticket that was given on has an owner who is here.
    """
    away = staff().filter(away_until__gt=at)
    pressing = (
        Ticket.objects.filter(assignee__in=away, status__in=_WAIT_FOR_US)
        .filter(next_due_at__lt=F("assignee__away_until"))
        .order_by("next_due_at")
    )
    return sum(_stand_in(pk, at=at) for pk in list(pressing.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _stand_in(ticket_id: int, *, at: datetime) -> bool:
    ticket = ticket_by_id(SYSTEM, ticket_id, lock=True)
    owner = ticket.assignee
    if owner is None or owner.away_until is None or not _is_pressing(ticket, owner, at):
        return False
    known = roster()
    product = ticket.environment.product if ticket.environment is not None else ""
    crew = on_for(ticket.contract, at=at, product=product, known=known).crew
    team_id = crew.team_id if crew is not None else ticket.team_id
    placing = first_fit(candidates_of(ticket, team_id=team_id, at=at)) if team_id is not None else None
    if team_id is None or placing is None:
        return False
    person = _take_turn(team_id, placing, at=at)
    words = f"{owner.name} is away; {_by_turn(known.teams[team_id].name, placing)}"
    assign(actor=SYSTEM, at=at, ticket=ticket, assignee=person, team=known.teams[team_id], reason=words)
    return True


def _is_pressing(ticket: Ticket, owner: Person, at: datetime) -> bool:
    is_away = owner.away_until is not None and owner.away_until > at
    due_at = ticket.next_due_at
    return (
        is_away
        and ticket.status in _WAIT_FOR_US
        and due_at is not None
        and owner.away_until is not None
        and due_at < owner.away_until
    )


def _take_turn(team_id: int, placing: Placing, *, at: datetime) -> Person:
    person_id = placing.candidate.person_id
    Turn.objects.update_or_create(team_id=team_id, person_id=person_id, defaults={"given_at": at})
    return Person.objects.get(pk=person_id)


def _by_turn(team: str, placing: Placing) -> str:
    return f"{placing.candidate.name} is next in {team}: {placing.reason}."
