"""Giving a ticket to somebody, or to a team."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Assignment, Person, Team
from contracts.queries import cleared_people
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.texts import clean_line
from tickets.models import Ticket
from tickets.services.rows import locked, save_change

_ASSIGNABLE = ("engineer", "lead", "csm", "administrator")


@transaction.atomic
def assign(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    assignee: Person | None = None,
    team: Team | None = None,
    reason: str = "",
) -> Ticket:
    """Let that person own the ticket, in that team's queue; None of both puts it back to the team it is with.

    Only who sees the client, and is cleared where the contract restricts its engineers, can be assigned:
    `Invalid` otherwise. Assigning the same again changes nothing and records nothing.
    """
    row = locked(actor, ticket)
    assignee_id = assignee.pk if assignee else None
    if not permissions.may_assign(actor, row, assignee_id=assignee_id):
        raise NotAllowed("A lead assigns tickets; engineers take them for themselves.")
    if assignee is not None:
        _require_fit(row, assignee)
    team_id = team.pk if team else row.team_id
    if (assignee_id, team_id) == (row.assignee_id, row.team_id):
        return row
    before_id = row.assignee_id
    row.assignee_id, row.team_id = assignee_id, team_id
    save_change(row, "assignee", "team", at=at)
    record(
        events.TicketAssigned(
            client_id=row.client_id,
            subject_id=row.pk,
            key=row.key,
            before_id=before_id,
            assignee_id=assignee_id,
            team_id=team_id,
            reason=clean_line(reason),
        ),
        at=at,
        actor=actor,
    )
    return row


def _require_fit(ticket: Ticket, person: Person) -> None:
    if not person.is_active or person.staff_role not in _ASSIGNABLE:
        _refuse("Tickets are worked on by engineers and leads.")
    if person.staff_role in ("engineer", "csm"):
        serves = Assignment.objects.filter(client_id=ticket.client_id, person=person).exists()
        if not serves:
            _refuse(f"{person.name} does not serve {ticket.client.name}.")
    cleared = cleared_people(ticket.contract)
    if cleared is not None and not cleared.filter(pk=person.pk).exists():
        _refuse(f"{person.name} is not cleared to work under {ticket.contract.name}.")


def _refuse(words: str) -> None:
    raise Invalid(words, code="not_assignable", fields={"assignee": words})
