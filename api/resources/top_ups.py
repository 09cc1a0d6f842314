"""`/contracts/{id}/top-ups`: packs of hours, ordered and confirmed."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Flag, Input, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import NEWEST_FIRST, page
from api.resources.hours import contract_with_hours
from api.shapes import Someone
from events.domain.errors import NotHere
from hours.queries import top_up_for, top_ups_visible_to
from hours.services import decide_top_up, request_top_up


class TopUpShape(Output):
    """An order of a pack, at the price of the day; money in minor units."""

    id = serializers.IntegerField()
    pack = serializers.CharField()
    label_ = serializers.CharField()
    minutes = serializers.IntegerField()
    price_minor_units = serializers.IntegerField()
    currency = serializers.CharField()
    note = serializers.CharField()
    requested_by = serializers.CharField(source="requested_by_name")
    requested_at = serializers.DateTimeField()
    state = serializers.CharField()
    answer = serializers.CharField()
    decided_by = Someone(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class NewTopUp(Input):
    """The pack to order, by its key in the plan."""

    pack = Text(max_length=60)
    note = Text(max_length=2000, required=False, allow_blank=True)


class TopUpDecision(Input):
    """Whether the order is confirmed."""

    confirm = Flag()
    answer = Text(max_length=2000, required=False, allow_blank=True)


class TopUps(Resource):
    """The orders of a contract."""

    @operation(summary="Lists top-ups", area="hours", told=TopUpShape, is_list=True, is_paged=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """The packs ordered, the newest first."""
        contract = contract_with_hours(self.actor, contract_id)
        rows = top_ups_visible_to(self.actor).filter(contract=contract)
        return page(self, request, rows, NEWEST_FIRST)

    @operation(
        summary="Orders a top-up",
        area="hours",
        given=NewTopUp,
        told=TopUpShape,
        status=201,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Order a pack; a point of contact orders in person, a key cannot."""
        contract = contract_with_hours(self.actor, contract_id)
        given = self.given(request)
        return self.one(request, request_top_up(actor=self.actor, at=self.at, contract=contract, **given))


class TopUpDecisions(Resource):
    """Deciding about an order."""

    @operation(
        summary="Decides a top-up",
        area="hours",
        given=TopUpDecision,
        told=TopUpShape,
        audiences=(STAFF,),
    )
    def post(self, request: Request, contract_id: int, top_up_id: int) -> Response:
        """Confirm the order, and the pack is in the balance at once; or decline it."""
        contract = contract_with_hours(self.actor, contract_id)
        found = top_up_for(self.actor, top_up_id)
        if found.contract_id != contract.pk:
            raise NotHere
        given = self.given(request)
        return self.one(request, decide_top_up(actor=self.actor, at=self.at, top_up=found, **given))
