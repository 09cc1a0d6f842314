"""`/contracts/{id}/overage-requests`: asking the client whether work may go beyond the balance."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Day, Flag, Input, Output, Text, Whole
from api.operations import STAFF, Resource, operation
from api.pages import NEWEST_FIRST, page
from api.resources.hours import contract_with_hours
from api.shapes import Someone, named_ticket
from events.domain.errors import Invalid, NotHere
from hours.queries import overage_for, overages_visible_to
from hours.services import decide_overage, request_overage


class OverageShape(Output):
    """A question to the client, in whole minutes, and its answer."""

    id = serializers.IntegerField()
    ticket = serializers.CharField(source="ticket.key")
    origin = serializers.CharField()
    minutes = serializers.IntegerField()
    text = serializers.CharField()
    asked_by = Someone(allow_null=True)
    asked_at = serializers.DateTimeField()
    state = serializers.CharField()
    approved_minutes = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    decided_by = serializers.CharField(source="decided_by_name")
    decided_at = serializers.DateTimeField(allow_null=True)


class NewOverage(Input):
    """The estimate, in whole minutes, and why."""

    ticket = Text(max_length=24)
    minutes = Whole(min_value=1, max_value=100_000)
    text = Text(max_length=5000)


class OverageDecision(Input):
    """Approved for `minutes` (all that was asked, unless stated) until `expires_on`, that day included."""

    approve = Flag()
    minutes = Whole(min_value=1, max_value=100_000, required=False, allow_null=True)
    answer = Text(max_length=5000, required=False, allow_blank=True)
    expires_on = Day(required=False, allow_null=True)


class OverageRequests(Resource):
    """The overage requests of a contract."""

    @operation(summary="Lists overage requests", area="hours", told=OverageShape, is_list=True, is_paged=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """What the client was asked, the newest first."""
        contract = contract_with_hours(self.actor, contract_id)
        rows = overages_visible_to(self.actor).filter(contract=contract)
        return page(self, request, rows, NEWEST_FIRST)

    @operation(
        summary="Asks for overage",
        area="hours",
        given=NewOverage,
        told=OverageShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Ask the client ahead of the work; one open question a ticket."""
        contract = contract_with_hours(self.actor, contract_id)
        given = self.given(request)
        ticket = named_ticket(self.actor, given.pop("ticket"))
        if ticket.contract_id != contract.pk:
            words = "Choose one of the tickets of this contract."
            raise Invalid(words, fields={"ticket": words})
        return self.one(request, request_overage(actor=self.actor, at=self.at, ticket=ticket, **given))


class OverageDecisions(Resource):
    """Deciding about overage."""

    @operation(summary="Decides an overage request", area="hours", given=OverageDecision, told=OverageShape)
    def post(self, request: Request, contract_id: int, overage_id: int) -> Response:
        """Approve or decline, once; a point of contact decides in person, a key cannot."""
        contract = contract_with_hours(self.actor, contract_id)
        found = overage_for(self.actor, overage_id)
        if found.contract_id != contract.pk:
            raise NotHere
        given = self.given(request)
        return self.one(request, decide_overage(actor=self.actor, at=self.at, overage=found, **given))
