"""Whose turn it is: the team that is on for a ticket, and its people by fitness, load and turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from accounts.models import Assignment, Person
from accounts.queries import staff
from contracts.queries import cleared_people
from escalation.domain.duty import Duty
from escalation.domain.routing import Candidate, Placing, placings
from escalation.models import Turn
from escalation.queries.coverage import on_for
from escalation.queries.people import is_away
from tickets.domain.lifecycle import Status
from tickets.models import Ticket

_WORKERS = ("engineer", "lead")
#: What counts as load: tickets that wait for us.
_WAIT_FOR_US = (Status.NEW.value, Status.IN_PROGRESS.value, Status.SCHEDULED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Who is on for a ticket, and everybody of that team in the order in which it should be offered."""

    duty: Duty
    placings: tuple[Placing, ...]


def suggestion_for(ticket: Ticket, *, at: datetime) -> Suggestion:
    """Who should have the ticket now, by plan, product, region, clearance and load; nothing is written."""
    product = ticket.environment.product if ticket.environment is not None else ""
    duty = on_for(ticket.contract, at=at, product=product)
    if duty.crew is None:
        return Suggestion(duty=duty, placings=())
    found = candidates_of(ticket, team_id=duty.crew.team_id, at=at)
    return Suggestion(duty=duty, placings=tuple(placings(found)))


def candidates_of(ticket: Ticket, *, team_id: int, at: datetime) -> list[Candidate]:
    """The engineers and leads of a team, with what speaks for and against each; two statements at most."""
    serving = Assignment.objects.filter(person=OuterRef("pk"), client_id=ticket.client_id)
    turn = Turn.objects.filter(person=OuterRef("pk"), team_id=team_id).values("given_at")[:1]
    people = (
        staff()
        .filter(teams=team_id, staff_role__in=_WORKERS)
        .annotate(
            load=Count("assigned_tickets", filter=Q(assigned_tickets__status__in=_WAIT_FOR_US)),
            is_serving=Exists(serving),
            turn_at=Subquery(turn),
        )
    )
    cleared = cleared_people(ticket.contract)
    fit = None if cleared is None else set(cleared.values_list("pk", flat=True))
    return [_candidate(person, fit, at) for person in people]


def _candidate(person: Person, cleared: set[int] | None, at: datetime) -> Candidate:
    return Candidate(
        person_id=person.pk,
        name=person.name,
        open_tickets=person.load,  # type: ignore[attr-defined]
        last_given_at=person.turn_at,  # type: ignore[attr-defined]
        is_away=is_away(person, at),
        serves=person.staff_role == "lead" or person.is_serving,  # type: ignore[attr-defined]
        is_cleared=cleared is None or person.pk in cleared,
    )
