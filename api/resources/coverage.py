"""`/coverage`: a dry run that says whether it is covered, and by when what would be owed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api.fields import Email, Id, Input, Output, Text
from api.operations import Resource, operation
from api.shapes import Someone, named_contract, named_environment, named_person
from contracts.domain.coverage import CoverageAnswer, answer
from contracts.models import Contract, Environment
from contracts.queries import (
    calendars_of,
    effective_plan,
    maintenance_intervals,
    may_open,
    named_contacts_of,
)
from events.domain.errors import Invalid


class CoverageQuestion(Input):
    """What would be filed; without a category the answer is about the times alone."""

    contract = Id()
    request_type = Text(max_length=40)
    urgency = Text(max_length=40)
    category = Text(max_length=60, required=False, allow_blank=True, default="")
    environment = Id(required=False, allow_null=True, default=None)
    requester = Email(required=False, allow_null=True, default=None)


class PreviewedPromise(Output):
    """What would be owed; `due_at` is null where the clock starts only later."""

    objective = serializers.CharField()
    label_ = serializers.CharField()
    calendar = serializers.CharField()
    target_seconds = serializers.IntegerField(source="seconds")
    due_at = serializers.DateTimeField(allow_null=True)
    repeats = serializers.BooleanField()


class OpeningShape(Output):
    """Whether the requester may open it; if not, why and the way out."""

    allowed = serializers.BooleanField()
    code = serializers.CharField()
    why = serializers.CharField()
    way_out = serializers.CharField()


class CoverageShape(Output):
    """The plan's answer; `urgency` is the one that counts.

    `opened_by` lists the named contacts who alone may open tickets, and is null where every member may.
    """

    covered = serializers.BooleanField()
    why = serializers.CharField()
    stance = serializers.CharField(allow_null=True)
    group = serializers.CharField()
    add_on_needed = serializers.CharField()
    way_out = serializers.CharField()
    urgency = serializers.CharField()
    exempt_reason = serializers.CharField()
    preview = PreviewedPromise(many=True, source="previews")
    draws_hours = serializers.BooleanField()
    note = serializers.CharField(source="weekend_note")
    may_open = OpeningShape(allow_null=True)
    opened_by = Someone(many=True, allow_null=True)


class Coverage(Resource):
    """Asking the plan before filing."""

    @operation(
        summary="Asks what a ticket would be owed",
        area="tickets",
        given=CoverageQuestion,
        told=CoverageShape,
        is_dry=True,
    )
    def post(self, request: Request) -> Response:
        """Whether the contract covers the request, by when what would be due, and whether it draws hours.

        Nothing is stored.
        """
        asked = self.given(request)
        contract = named_contract(self.actor, asked["contract"])
        environment = named_environment(self.actor, asked["environment"])
        if environment is not None and environment.contract_id != contract.pk:
            words = "Choose one of the environments of this contract."
            raise Invalid("Some fields need another look.", fields={"environment": words})
        requester = named_person(self.actor, asked["requester"], "requester")
        found = self._answer(asked, contract, environment)
        told = {part.name: getattr(found, part.name) for part in fields(found)}
        return Response(self.told({**told, **self._who(contract, requester)}))

    def _who(self, contract: Contract, requester: Person | None) -> dict[str, Any]:
        """Who may open it (domain.md §3.2): the one asked about, and the named contacts where there are."""
        today = self.at.astimezone(ZoneInfo(contract.client.zone)).date()
        is_open_to_all = effective_plan(contract).contacts is None
        named = [row.person for row in named_contacts_of(contract)]
        return {
            "may_open": may_open(contract, requester, today) if requester else None,
            "opened_by": None if is_open_to_all else named,
        }

    def _answer(
        self, asked: dict[str, Any], contract: Contract, environment: Environment | None
    ) -> CoverageAnswer:
        plan = effective_plan(contract)
        known = {
            "request_type": [one.code for one in plan.request_types],
            "urgency": [one.code for one in plan.urgencies],
            "category": ["", *(one.key for one in plan.services)],
        }
        faults = {
            name: f"Choose one of: {', '.join(filter(None, codes))}."
            for name, codes in known.items()
            if asked[name] not in codes
        }
        if faults:
            raise Invalid("Some fields need another look.", fields=faults)
        return answer(
            plan,
            add_ons=contract.add_ons,
            service_key=asked["category"],
            request_type=asked["request_type"],
            urgency=asked["urgency"],
            production=environment.is_production if environment else None,
            product=environment.product if environment else "",
            calendars=calendars_of(contract),
            at=self.at,
            channel="api",
            windows=maintenance_intervals(environment.pk) if environment else (),
        )
