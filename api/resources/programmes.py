"""`/contracts/{id}/programmes`: proactive services, and what of them is due."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Day, Id, Input, Output
from api.operations import Resource, operation
from api.pages import page
from api.shapes import Someone
from contracts.queries import contract_for
from events.domain.errors import Invalid, NotAllowed
from proactive.permissions import may_ask
from proactive.queries import programmes_of, visible_to
from proactive.services import ask_for


class ProgrammeShape(Output):
    """A proactive service under the contract, and how often it is due."""

    id = serializers.IntegerField()
    service = serializers.CharField()
    label_ = serializers.CharField()
    kind = serializers.CharField()
    cadence = serializers.CharField(source="cadence_kind")
    every_months = serializers.IntegerField(allow_null=True)
    limit = serializers.IntegerField(allow_null=True)
    count_a_year = serializers.IntegerField()
    owner = Someone(allow_null=True)


class OccurrenceShape(Output):
    """One delivery: its window, its day, its state and its proof."""

    id = serializers.IntegerField()
    service = serializers.CharField(source="programme.service")
    label_ = serializers.CharField(source="programme.label")
    window_first_on = serializers.DateField()
    window_last_on = serializers.DateField()
    due_on = serializers.DateField()
    planned_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    owner = Someone(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    missed_at = serializers.DateTimeField(allow_null=True)
    proof = serializers.CharField()
    reason = serializers.CharField()


class Wish(Input):
    """A service that is delivered on request, and for when."""

    programme = Id()
    on = Day()


class Programmes(Resource):
    """The programmes of a contract."""

    @operation(summary="Lists programmes", area="contracts", told=ProgrammeShape, is_list=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """The contract's proactive services."""
        return self.whole(programmes_of(contract_for(self.actor, contract_id)))

    @operation(
        summary="Asks for a proactive service",
        area="contracts",
        given=Wish,
        told=OccurrenceShape,
        status=201,
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Ask for a service that is delivered on request, at most as often as the plan allows."""
        contract = contract_for(self.actor, contract_id)
        if not may_ask(self.actor, contract.client_id):
            raise NotAllowed("A point of contact asks for this.")
        given = self.given(request)
        found = next((one for one in programmes_of(contract) if one.pk == given["programme"]), None)
        if found is None:
            words = "Choose one of the programmes of this contract."
            raise Invalid(words, fields={"programme": words})
        return self.one(request, ask_for(actor=self.actor, at=self.at, programme=found, on=given["on"]))


class Occurrences(Resource):
    """The deliveries of a contract's programmes."""

    @operation(
        summary="Lists deliveries", area="contracts", told=OccurrenceShape, is_list=True, is_paged=True
    )
    def get(self, request: Request, contract_id: int) -> Response:
        """What was and is to be delivered, in the order of planning."""
        contract = contract_for(self.actor, contract_id)
        return page(self, request, visible_to(self.actor).filter(programme__contract=contract))
