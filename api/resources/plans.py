"""`/plans`: the catalogue, everything that a plan states."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Output
from api.operations import Resource, operation
from contracts.domain.plan import Objective
from contracts.queries import newest_version, offered_plans, plan_of_version

_Words = serializers.CharField
_Number = serializers.IntegerField


class _Texts(serializers.ListField):
    child = _Words()


class Urgency(Output):
    """One step of the plan's own scale, and its rank from 1 (worst) to 4."""

    code = _Words()
    label_ = _Words()
    rank = _Number()
    description = _Words()
    characteristics = _Texts()
    example = _Words()


class RequestType(Output):
    """One of the plan's own kinds of request."""

    code = _Words()
    label_ = _Words()
    description = _Words()
    is_incident = serializers.BooleanField()


class PlanTarget(Output):
    """The time allowed; `seconds` is null where the plan counts in `business_days`."""

    objective = _Words()
    request_type = _Words()
    urgency = _Words()
    seconds = _Number(allow_null=True)
    business_days = _Number(allow_null=True)
    calendar = _Words()
    repeats = serializers.BooleanField()


class _UpdatesAlone(serializers.ListSerializer):  # type: ignore[type-arg] # no brackets at run time
    """Of all targets, the intervals of status updates."""

    def to_representation(self, targets: Any) -> list[Any]:  # noqa: ANN401 - targets of a plan
        """Those intervals in the plan's order."""
        return super().to_representation([one for one in targets if one.objective is Objective.STATUS_UPDATE])


class StatusUpdates(Output):
    """How often the client hears while work goes on."""

    class Meta:
        """Leaves the other targets out."""

        list_serializer_class = _UpdatesAlone

    request_type = _Words()
    urgency = _Words()
    seconds = _Number(allow_null=True)
    calendar = _Words()


class Pause(Output):
    """In which status which objectives stop counting."""

    status = _Words()
    objectives = _Texts()
    reason = _Words()


class Price(Output):
    """A net amount in minor units of a currency."""

    currency = _Words()
    minor_units = _Number()
    per = _Words()


class Pack(Output):
    """A bundle of minutes that can be bought."""

    key = _Words()
    label_ = _Words()
    minutes = _Number()
    prices = Price(many=True)
    expires_after_months = _Number(allow_null=True)


class HoursRule(Output):
    """Whether and how work draws from paid minutes."""

    model = _Words()
    increment_minutes = _Number()
    periods = _Texts()
    rollover_periods = _Number()
    packs = Pack(many=True)
    drawing = _Texts()
    free = _Texts()


class ScopeService(Output):
    """A service category: included, needing an add-on, or excluded."""

    key = _Words()
    label_ = _Words()
    group = _Words()
    stance = _Words()
    add_on = _Words()
    items = _Texts()
    draws_hours = serializers.BooleanField()
    request_types = _Texts()
    note = _Words()


class AddOn(Output):
    """An optional part of the plan."""

    key = _Words()
    label_ = _Words()
    description = _Words()
    bucket_minutes = _Number()
    bucket_category = _Words()
    period = _Words()
    on_site_days = _Number()
    prices = Price(many=True)


class Cadence(Output):
    """How often a proactive service is due."""

    kind = _Words()
    every_months = _Number(allow_null=True)
    limit = _Number(allow_null=True)


class ProactiveService(Output):
    """Work that nobody has to ask for."""

    key = _Words()
    label_ = _Words()
    kind = _Words()
    description = _Words()
    add_on = _Words()
    cadence = Cadence()


class ContactRule(Output):
    """Who may open tickets where the plan names its contacts."""

    named_slots = _Number()
    partner_own_slots = _Number()
    partner_slots = _Number()
    partner_example = _Words()
    same_domain = serializers.BooleanField()


class PlanTier(Output):
    """A default step of the escalation path."""

    level = _Number()
    label_ = _Words()
    acknowledge_seconds = _Number()


class EscalationRule(Output):
    """What may be escalated."""

    triggers = _Texts()
    automatic_ranks = serializers.ListField(child=_Number())
    tiers = PlanTier(many=True)


class PlanShape(Output):
    """A plan of the catalogue."""

    key = _Words()
    title = _Words()
    family = _Words()
    provider = _Words()
    summary = _Words()
    commitment = _Words()
    promise_wording = _Words()
    urgencies = Urgency(many=True)
    request_types = RequestType(many=True)
    targets = PlanTarget(many=True)
    calendars = _Texts()
    pauses = Pause(many=True)
    status_updates = StatusUpdates(many=True, source="targets")
    hours = HoursRule()
    scope = ScopeService(many=True, source="services")
    add_ons = AddOn(many=True)
    proactive = ProactiveService(many=True)
    contacts = ContactRule(allow_null=True)
    escalation = EscalationRule()
    close_after_days = _Number()


class PlanList(Resource):
    """All plans on offer."""

    @operation(summary="Lists the plans on offer", area="plans", told=PlanShape, is_list=True)
    def get(self, request: Request) -> Response:
        """The newest version of every plan of the catalogue, by key."""
        return self.whole(offered_plans())


class OnePlan(Resource):
    """One plan."""

    @operation(summary="Shows a plan", area="plans", told=PlanShape)
    def get(self, request: Request, plan_key: str) -> Response:
        """The newest version of a plan: urgencies, targets, hours, scope and everything else it states."""
        return self.one(request, plan_of_version(newest_version(plan_key)))
