"""`/tickets/{key}/transitions`: moving a ticket along its life."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Choice, Email, Input, Instant, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.resources.tickets.shapes import WHOLE_TICKET, told_ticket
from api.shapes import named_person
from tickets.domain.lifecycle import Status
from tickets.queries import ticket_for
from tickets.services import change_status

_STATES = tuple(status.value for status in Status if status is not Status.NEW)


class Transition(Input):
    """Where the ticket is to go: the client confirms, takes up again or withdraws."""

    to = Choice(choices=_STATES)
    summary = Text(max_length=100_000, required=False, allow_blank=True)
    reason = Text(max_length=2000, required=False, allow_blank=True)


class StaffTransition(Transition):
    """Where staff move the ticket, and what the new state needs to know."""

    waiting_on = Email(required=False)
    waiting_for = Text(max_length=300, required=False, allow_blank=True)
    scheduled_at = Instant(required=False)
    vendor_reference = Text(max_length=120, required=False, allow_blank=True)


class Transitions(Resource):
    """The moves of a ticket."""

    @operation(
        summary="Moves a ticket",
        area="tickets",
        given={CLIENT: Transition, STAFF: StaffTransition},
        told=WHOLE_TICKET,
        status=201,
    )
    def post(self, request: Request, key: str) -> Response:
        """Move the ticket, and give it as it stands then.

        `resolved` needs a public `summary`; a move that the present state does not allow is a conflict.
        """
        ticket = ticket_for(self.actor, key=key)
        given = self.given(request)
        waiting_on = named_person(self.actor, given.pop("waiting_on", None), "waiting_on")
        change_status(actor=self.actor, at=self.at, ticket=ticket, waiting_on=waiting_on, **given)
        return self.one(request, told_ticket(self.actor, key))
