"""`/tickets/{key}/escalations`: calling for a higher tier, and what comes of it."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Choice, Input, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from escalation import services
from escalation.domain.ladder import GROUNDS, OUTCOMES
from escalation.models import Escalation
from escalation.permissions import may_escalate
from escalation.queries import escalation_for, of_ticket
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere
from tickets.queries import ticket_for


class StepShape(Output):
    """One step of an escalation."""

    kind = serializers.CharField()
    level = serializers.IntegerField()
    by = serializers.CharField(source="by_name")
    note = serializers.CharField()
    at = serializers.DateTimeField()


class EscalationShape(Output):
    """A call for a higher tier; one is open at a time."""

    id = serializers.IntegerField()
    state = serializers.CharField()
    level = serializers.IntegerField()
    ground = serializers.CharField()
    reason = serializers.CharField()
    raised_by = serializers.CharField(source="raised_by_name")
    raised_at = serializers.DateTimeField()
    acknowledge_due_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField()
    outcome_text = serializers.CharField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    steps = StepShape(many=True, source="steps.all")


class NewEscalation(Input):
    """Why a higher tier is called for; `other` needs a reason."""

    ground = Choice(choices=GROUNDS)
    reason = Text(max_length=5000, required=False, allow_blank=True)


class Dissatisfaction(Input):
    """Why the client is not satisfied."""

    reason = Text(max_length=5000)


class EscalationOutcome(Input):
    """What came of it."""

    outcome = Choice(choices=OUTCOMES)
    text = Text(max_length=5000)


class Escalations(Resource):
    """The escalations of a ticket."""

    @operation(
        summary="Lists the escalations of a ticket", area="tickets", told=EscalationShape, is_list=True
    )
    def get(self, request: Request, key: str) -> Response:
        """Everything raised on the ticket, the newest first, with its steps."""
        return self.whole(of_ticket(ticket_for(self.actor, key=key)))

    @operation(
        summary="Escalates a ticket", area="tickets", given=NewEscalation, told=EscalationShape, status=201
    )
    def post(self, request: Request, key: str) -> Response:
        """Call for the first tier of the contract's path; while one is open, another is a conflict."""
        ticket = ticket_for(self.actor, key=key)
        if not may_escalate(self.actor, ticket):
            raise NotAllowed("A point of contact, the ticket's own people or staff can escalate it.")
        given = self.given(request)
        return self.one(
            request, services.raise_escalation(actor=self.actor, at=self.at, ticket=ticket, **given)
        )


class Acknowledgement(Resource):
    """The tier takes an escalation on."""

    @operation(summary="Acknowledges an escalation", area="tickets", told=EscalationShape, audiences=(STAFF,))
    def post(self, request: Request, key: str, escalation_id: int) -> Response:
        """Take the escalation on; repeating it changes nothing."""
        found = _of(self.actor, key, escalation_id)
        return self.one(request, services.acknowledge(actor=self.actor, at=self.at, escalation=found))


class NotSatisfied(Resource):
    """The client is not satisfied with the answer."""

    @operation(
        summary="Moves an escalation one tier up",
        area="tickets",
        given=Dissatisfaction,
        told=EscalationShape,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, key: str, escalation_id: int) -> Response:
        """Say that the answer does not do; the next tier is asked."""
        found = _of(self.actor, key, escalation_id)
        given = self.given(request)
        return self.one(
            request, services.mark_not_satisfied(actor=self.actor, at=self.at, escalation=found, **given)
        )


class Outcome(Resource):
    """An escalation ends."""

    @operation(
        summary="Ends an escalation",
        area="tickets",
        given=EscalationOutcome,
        told=EscalationShape,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str, escalation_id: int) -> Response:
        """End the escalation with a written outcome."""
        found = _of(self.actor, key, escalation_id)
        given = self.given(request)
        return self.one(request, services.resolve(actor=self.actor, at=self.at, escalation=found, **given))


def _of(actor: Actor, key: str, escalation_id: int) -> Escalation:
    ticket = ticket_for(actor, key=key)
    found = escalation_for(actor, escalation_id=escalation_id)
    if found.ticket_id != ticket.pk:
        raise NotHere
    return found
