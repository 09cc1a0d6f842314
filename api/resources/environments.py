"""`/contracts/{id}/environments`: the instances that the work is done on."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Day, Flag, Input, Output, Text
from api.operations import Resource, operation
from api.pages import page
from contracts.models import Environment
from contracts.permissions import may_change_environments
from contracts.queries import contract_for, environments_visible_to
from contracts.services import add_environment, change_environment, retire_environment
from contracts.services.environments import EnvironmentFacts
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere

_Words = serializers.CharField


class EnvironmentShape(Output):
    """An instance; `retired_at` is set once the contract covers it no longer."""

    id = serializers.IntegerField()
    name = _Words()
    product = _Words()
    version = _Words()
    deployment = _Words()
    is_production = serializers.BooleanField()
    operating_system = _Words()
    database = _Words()
    plug_ins = serializers.ListField(child=_Words())
    public_urls = serializers.ListField(child=_Words())
    maintenance_ends_on = serializers.DateField(allow_null=True)
    is_supported = serializers.BooleanField()
    retired_at = serializers.DateTimeField(allow_null=True)


class EnvironmentChange(Input):
    """What is known of an instance."""

    product = Text(max_length=80)
    version = Text(max_length=40, required=False, allow_blank=True)
    deployment = Text(max_length=40, required=False, allow_blank=True)
    is_production = Flag(required=False)
    operating_system = Text(max_length=80, required=False, allow_blank=True)
    database = Text(max_length=80, required=False, allow_blank=True)
    plug_ins = serializers.ListField(child=Text(max_length=120), required=False, max_length=200)
    public_urls = serializers.ListField(child=Text(max_length=300), required=False, max_length=50)
    maintenance_ends_on = Day(required=False, allow_null=True)
    is_supported = Flag(required=False)


class NewEnvironment(EnvironmentChange):
    """An instance to put under the contract."""

    name = Text(max_length=120)


class Environments(Resource):
    """The instances of a contract."""

    @operation(
        summary="Lists environments", area="contracts", told=EnvironmentShape, is_list=True, is_paged=True
    )
    def get(self, request: Request, contract_id: int) -> Response:
        """The contract's instances, retired ones too, in the order of adding."""
        contract = contract_for(self.actor, contract_id)
        return page(self, request, environments_visible_to(self.actor).filter(contract=contract))

    @operation(
        summary="Adds an environment",
        area="contracts",
        given=NewEnvironment,
        told=EnvironmentShape,
        status=201,
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Put an instance under the contract; its name stands once a contract."""
        contract = contract_for(self.actor, contract_id)
        if not may_change_environments(self.actor, contract):
            raise NotAllowed("Points of contact and staff who serve the client keep the list of instances.")
        given = _listed(self.given(request))
        name = given.pop("name")
        made = add_environment(
            actor=self.actor, at=self.at, contract=contract, name=name, facts=EnvironmentFacts(**given)
        )
        return self.one(request, made)


class OneEnvironment(Resource):
    """One instance."""

    @operation(summary="Shows an environment", area="contracts", told=EnvironmentShape)
    def get(self, request: Request, contract_id: int, environment_id: int) -> Response:
        """An instance as it is known."""
        return self.one(request, _of(self.actor, contract_id, environment_id))

    @operation(
        summary="Changes an environment", area="contracts", given=EnvironmentChange, told=EnvironmentShape
    )
    def patch(self, request: Request, contract_id: int, environment_id: int) -> Response:
        """Correct what is known of an instance; what is not given stays."""
        found = _of(self.actor, contract_id, environment_id)
        self.require_match(request, found)
        changes = _listed(self.given(request))
        changed = change_environment(actor=self.actor, at=self.at, environment=found, changes=changes)
        return self.one(request, changed)

    @operation(summary="Retires an environment", area="contracts", status=204)
    def delete(self, request: Request, contract_id: int, environment_id: int) -> Response:
        """Take an instance out of the contract; its past stays."""
        found = _of(self.actor, contract_id, environment_id)
        retire_environment(actor=self.actor, at=self.at, environment=found)
        return Response(status=204)


def _of(actor: Actor, contract_id: int, environment_id: int) -> Environment:
    contract = contract_for(actor, contract_id)
    rows = environments_visible_to(actor).select_related("contract", "contract__client")
    found = rows.filter(contract=contract, id=environment_id).first()
    if found is None:
        raise NotHere
    return found


def _listed(given: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
