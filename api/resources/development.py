"""`/development-escalations`: tickets that wait for a maker's fix, and following them up; for staff (E5)."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Day, Input, Output, Text
from api.operations import STAFF, Resource, operation
from escalation.queries import development_queue
from escalation.services import FollowUp, follow_up_development
from events.domain.errors import NotAllowed
from tickets.permissions import may_work
from tickets.queries import ticket_for

SHOWN = 500


class DevelopmentShape(Output):
    """A ticket that waits for a fix; a higher `priority` of the plan stands further ahead."""

    ticket = serializers.CharField(source="ticket.key")
    subject = serializers.CharField(source="ticket.subject")
    priority = serializers.IntegerField()
    rank = serializers.IntegerField(source="ticket.rank")
    since = serializers.DateTimeField()
    vendor = serializers.CharField()
    reference = serializers.CharField(source="ticket.vendor_reference")
    follow_up_on = serializers.DateField()
    overdue_at = serializers.DateTimeField()
    asked_by = serializers.CharField(source="asked_by_name")
    asked_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class NewFollowUp(Input):
    """What was asked of the maker or heard from them, and by when to ask again."""

    note = Text(max_length=5000)
    follow_up_on = Day()
    vendor = Text(max_length=120, required=False, allow_blank=True)
    reference = Text(max_length=120, required=False, allow_blank=True)


class DevelopmentQueue(Resource):
    """The queue of tickets that wait for a fix."""

    @operation(
        summary="Lists development escalations",
        area="tickets",
        told=DevelopmentShape,
        is_list=True,
        audiences=(STAFF,),
    )
    def get(self, request: Request) -> Response:
        """What waits, in its order: by the plan's priority, then rank, then how long it waits."""
        return self.whole(list(development_queue(self.actor)[:SHOWN]))


class VendorFollowUps(Resource):
    """Following up with a maker."""

    @operation(
        summary="Notes a follow-up with a maker",
        area="tickets",
        given=NewFollowUp,
        told=DevelopmentShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Note what was asked or heard; the ticket must wait for its maker."""
        ticket = ticket_for(self.actor, key=key)
        if not may_work(self.actor, ticket):
            raise NotAllowed("Whoever works on the ticket follows up with the maker.")
        step = FollowUp(**self.given(request))
        made = follow_up_development(actor=self.actor, at=self.at, ticket=ticket, step=step)
        return self.one(request, made)
