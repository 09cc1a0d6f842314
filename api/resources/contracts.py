"""`/contracts`: what the caller's clients are under contract for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Output
from api.operations import Resource, operation
from api.pages import page
from contracts.queries import contract_for, effective_plan, visible_to


class _OfContract(serializers.ListSerializer):  # type: ignore[type-arg] # no brackets at run time
    """A contract's preconditions, from its plan and from what proves them."""

    def to_representation(self, contract: Any) -> list[Any]:  # noqa: ANN401 - the contract as a whole
        """Each precondition of the plan, in its order."""
        met = {proof.key for proof in contract.preconditions.all()}
        wanted = effective_plan(contract).preconditions
        return super().to_representation(
            [{"key": one.key, "label": one.label, "is_met": one.key in met} for one in wanted]
        )


class Precondition(Output):
    """What must be in place before the service levels apply, and whether something shows it."""

    class Meta:
        """Made from the contract as a whole."""

        list_serializer_class = _OfContract

    key = serializers.CharField()
    label_ = serializers.CharField()
    is_met = serializers.BooleanField()


class ContractShape(Output):
    """A contract; dates are days in its own zone, `ends_on` is the last one."""

    id = serializers.IntegerField()
    client = serializers.CharField(source="client.key")
    name = serializers.CharField()
    reference = serializers.CharField()
    plan = serializers.CharField(source="plan_version.key")
    version = serializers.IntegerField(source="plan_version.number")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    business_calendar = serializers.CharField(source="calendar.name")
    add_ons = serializers.ListField(child=serializers.CharField())
    regions = serializers.ListField(child=serializers.CharField())
    preconditions = Precondition(many=True, source="*")


class ContractList(Resource):
    """The contracts that the caller sees."""

    @operation(summary="Lists contracts", area="contracts", told=ContractShape, is_list=True, is_paged=True)
    def get(self, request: Request) -> Response:
        """Every contract of the caller's clients, oldest first; a key bound to one contract sees that one."""
        return page(self, request, visible_to(self.actor).with_terms().prefetch_related("preconditions"))


class OneContract(Resource):
    """One contract."""

    @operation(summary="Shows a contract", area="contracts", told=ContractShape)
    def get(self, request: Request, contract_id: int) -> Response:
        """A contract with its plan, dates, business calendar, add-ons and preconditions."""
        return self.one(request, contract_for(self.actor, contract_id))
