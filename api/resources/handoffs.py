"""`/tickets/{key}/handoffs`: a critical ticket passes from region to region; for staff alone."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, Instant, Output, Text
from api.operations import STAFF, Resource, operation
from escalation import services
from escalation.models import Handoff
from escalation.permissions import may_hand_over
from escalation.queries import handoff_for, handoffs_of
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere
from tickets.queries import ticket_for


class HandoffShape(Output):
    """One passing of a ticket; `ends_at` is the end of the giving team's shift."""

    id = serializers.IntegerField()
    state = serializers.CharField()
    from_team = serializers.CharField(source="from_team.name")
    to_team = serializers.CharField(source="to_team.name", default="")
    ends_at = serializers.DateTimeField()
    findings = serializers.CharField()
    tried = serializers.CharField()
    next_steps = serializers.CharField()
    client_told = serializers.CharField()
    next_update_at = serializers.DateTimeField(allow_null=True)
    awake = serializers.CharField()
    written_by = serializers.CharField(source="written_by.name", default="")
    written_at = serializers.DateTimeField(allow_null=True)
    answered_by = serializers.CharField(source="answered_by.name", default="")
    answered_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField()
    missed_at = serializers.DateTimeField(allow_null=True)


class NewBrief(Input):
    """What the team that comes on has to know."""

    findings = Text(max_length=4000)
    next_steps = Text(max_length=4000)
    tried = Text(max_length=4000, required=False, allow_blank=True)
    client_told = Text(max_length=2000, required=False, allow_blank=True)
    next_update_at = Instant(required=False)
    awake = Text(max_length=300, required=False, allow_blank=True)


class SentBack(Input):
    """What is missing."""

    reason = Text(max_length=2000)


class Handoffs(Resource):
    """The handoffs of a ticket."""

    @operation(
        summary="Lists the handoffs of a ticket",
        area="tickets",
        told=HandoffShape,
        is_list=True,
        audiences=(STAFF,),
    )
    def get(self, request: Request, key: str) -> Response:
        """Every passing of the ticket, the newest first."""
        return self.whole(handoffs_of(self.actor, ticket_for(self.actor, key=key)))

    @operation(
        summary="Writes the brief of the next handoff",
        area="tickets",
        given=NewBrief,
        told=HandoffShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Offer the ticket to the team that comes on; a ticket that is never handed over is a conflict."""
        ticket = ticket_for(self.actor, key=key)
        if not may_hand_over(self.actor, ticket):
            raise NotAllowed("Those who work on the ticket hand it over.")
        brief = services.Brief(**self.given(request))
        return self.one(
            request, services.write_brief(actor=self.actor, at=self.at, ticket=ticket, brief=brief)
        )


class TakeOver(Resource):
    """The team that comes on takes a ticket over."""

    @operation(summary="Takes a ticket over", area="tickets", told=HandoffShape, audiences=(STAFF,))
    def post(self, request: Request, key: str, handoff_id: int) -> Response:
        """Take the ticket over by its brief; taking it twice oneself changes nothing."""
        found = _of(self.actor, key, handoff_id)
        return self.one(request, services.take_over(actor=self.actor, at=self.at, handoff=found))


class SendBack(Resource):
    """The team that comes on sends a handoff back."""

    @operation(
        summary="Sends a handoff back",
        area="tickets",
        given=SentBack,
        told=HandoffShape,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str, handoff_id: int) -> Response:
        """Say what is missing; the ticket stays where it is until the brief is written anew."""
        found = _of(self.actor, key, handoff_id)
        given = self.given(request)
        return self.one(request, services.send_back(actor=self.actor, at=self.at, handoff=found, **given))


def _of(actor: Actor, key: str, handoff_id: int) -> Handoff:
    ticket = ticket_for(actor, key=key)
    found = handoff_for(actor, handoff_id=handoff_id)
    if found.ticket_id != ticket.pk:
        raise NotHere
    return found
