"""`/contracts/{id}/maintenance-windows`: work announced ahead, whose time no clock counts."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Id, Input, Instant, Output, Text
from api.operations import Resource, operation
from api.pages import page
from api.shapes import named_environment
from contracts.permissions import may_announce_windows
from contracts.queries import contract_for, windows_visible_to
from contracts.services import announce_maintenance_window, cancel_maintenance_window
from events.domain.errors import Invalid, NotAllowed, NotHere


class WindowShape(Output):
    """A window; `excludes` is false where it was announced after it began."""

    id = serializers.IntegerField()
    environment = serializers.IntegerField(source="environment_id")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    summary = serializers.CharField()
    told = serializers.ListField(child=serializers.CharField())
    announced_at = serializers.DateTimeField()
    announced_by = serializers.CharField()
    excludes = serializers.BooleanField()
    cancelled_at = serializers.DateTimeField(allow_null=True)


class NewWindow(Input):
    """Work on an instance, and who was told of it."""

    environment = Id()
    starts_at = Instant()
    ends_at = Instant()
    summary = Text(max_length=300)
    told = serializers.ListField(child=Text(max_length=200), required=False, max_length=100)


class Windows(Resource):
    """The maintenance windows of a contract."""

    @operation(
        summary="Lists maintenance windows", area="contracts", told=WindowShape, is_list=True, is_paged=True
    )
    def get(self, request: Request, contract_id: int) -> Response:
        """The windows of the contract's instances, in the order of announcing."""
        contract = contract_for(self.actor, contract_id)
        return page(self, request, windows_visible_to(self.actor).filter(environment__contract=contract))

    @operation(
        summary="Announces a maintenance window",
        area="contracts",
        given=NewWindow,
        told=WindowShape,
        status=201,
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Announce work on an instance; announced before it begins, its time counts on no clock."""
        contract = contract_for(self.actor, contract_id)
        if not may_announce_windows(self.actor, contract):
            raise NotAllowed("Points of contact and staff who serve the client announce maintenance.")
        given = self.given(request)
        environment = named_environment(self.actor, given.pop("environment"))
        if environment is None or environment.contract_id != contract.pk:
            words = "Choose one of the environments of this contract."
            raise Invalid("Some fields need another look.", fields={"environment": words})
        told = given.pop("told", [])
        made = announce_maintenance_window(
            actor=self.actor, at=self.at, environment=environment, told=told, **given
        )
        return self.one(request, made)


class OneWindow(Resource):
    """One maintenance window."""

    @operation(summary="Calls a maintenance window off", area="contracts", status=204)
    def delete(self, request: Request, contract_id: int, window_id: int) -> Response:
        """Call a window off; what of it has passed stays excluded."""
        contract = contract_for(self.actor, contract_id)
        rows = windows_visible_to(self.actor).select_related("environment__contract__client")
        found = rows.filter(environment__contract=contract, id=window_id).first()
        if found is None:
            raise NotHere
        cancel_maintenance_window(actor=self.actor, at=self.at, window=found)
        return Response(status=204)
