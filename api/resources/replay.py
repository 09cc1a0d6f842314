"""`/contracts/{id}/replay`: what its tickets would have been owed under another plan or calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, Number, Output
from api.operations import STAFF, Resource, operation
from contracts.queries import contract_for, offered_plans
from events.domain.errors import Invalid
from slo.queries.replaying import calendars_on_offer, replay

MOST_TICKETS = 5000


class WhatIf(Input):
    """How many days back, and what would be otherwise: `plan` by its key, `calendar` by its name, or both."""

    days = Number(min_value=1, max_value=1100)
    plan = serializers.CharField(required=False, max_length=60)
    calendar = serializers.CharField(required=False, max_length=80)


class OutcomeShape(Output):
    """How one clock ended, or stands."""

    state = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    late_minutes = serializers.IntegerField()


class ChangedClock(Output):
    """A clock that would stand otherwise; null where there was none, or would be none."""

    ticket = serializers.CharField()
    objective = serializers.CharField()
    ordinal = serializers.IntegerField()
    before = OutcomeShape(allow_null=True)
    after = OutcomeShape(allow_null=True)


class ReplayShape(Output):
    """Numbers of clocks by state, before and after, and every clock that would differ."""

    plan = serializers.CharField()
    tickets = serializers.IntegerField()
    before = serializers.DictField(child=serializers.IntegerField())
    after = serializers.DictField(child=serializers.IntegerField())
    late_minutes_before = serializers.IntegerField(source="late_before")
    late_minutes_after = serializers.IntegerField(source="late_after")
    differences = ChangedClock(many=True)


class Replay(Resource):
    """The same history under other terms."""

    @operation(
        summary="Replays a contract under other terms",
        area="reports",
        params=WhatIf,
        told=ReplayShape,
        audiences=(STAFF,),
    )
    def get(self, request: Request, contract_id: int) -> Response:
        """The tickets opened in the last days, as they were and as they would have been.

        Nothing is stored. Up to 5,000 tickets; for more there is a command.
        """
        contract = contract_for(self.actor, contract_id)
        asked = self.asked(request)
        calendars = calendars_on_offer(contract)
        _check(asked, calendars=list(calendars))
        return self.one(
            request,
            replay(
                contract,
                until=self.at,
                from_=self.at - timedelta(days=asked["days"]),
                plan=asked.get("plan", ""),
                calendar=calendars.get(asked.get("calendar", "")),
                most=MOST_TICKETS,
            ),
        )


def _check(asked: dict[str, Any], *, calendars: list[str]) -> None:
    known = {"plan": [plan.key for plan in offered_plans()], "calendar": calendars}
    faults = {
        name: f"Choose one of: {', '.join(names)}."
        for name, names in known.items()
        if name in asked and asked[name] not in names
    }
    if not {"plan", "calendar"} & asked.keys():
        faults["plan"] = "Name another plan, or another calendar."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
