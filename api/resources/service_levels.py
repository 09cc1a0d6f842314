"""`/reports/service-levels`: what was kept of what was promised."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import LARGEST_ID, Day, Input, Number, Output
from api.operations import Resource, operation
from slo.queries import FILTERS, compliance


class FiguresShape(Output):
    """How many clocks stand how; `compliance` is met of met and missed, null where nothing was counted."""

    met = serializers.IntegerField()
    missed = serializers.IntegerField()
    exempt = serializers.IntegerField()
    paused = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    running = serializers.IntegerField()
    compliance = serializers.FloatField(allow_null=True)


class ReportLine(FiguresShape):
    """The figures of one group; `group` maps each view to its value."""

    group = serializers.DictField(child=serializers.CharField())

    def to_representation(self, instance: object) -> dict[str, object]:
        """The figures, with their group beside them."""
        row = instance
        figures = FiguresShape(row.figures).data  # type: ignore[attr-defined]
        return {**figures, "group": dict(row.group)}  # type: ignore[attr-defined]


class ReportShape(Output):
    """The report over the clocks due in the period, both dates included."""

    from_ = serializers.DateField(source="from_on")
    to = serializers.DateField(source="to_on")
    group_by = serializers.ListField(child=serializers.CharField())
    results = ReportLine(many=True, source="rows")
    total = FiguresShape()


class Period(Input):
    """The period, how to split the figures (views with commas between), and what to narrow them to."""

    from_ = Day()
    to = Day()
    group_by = serializers.CharField(required=False, max_length=100)
    objective = serializers.CharField(required=False, max_length=40)
    urgency = serializers.CharField(required=False, max_length=40)
    rank = Number(required=False, min_value=1, max_value=4)
    request_type = serializers.CharField(required=False, max_length=40)
    plan = serializers.CharField(required=False, max_length=60)
    client = serializers.CharField(required=False, max_length=10)
    contract = Number(required=False, min_value=1, max_value=LARGEST_ID)
    commitment = serializers.CharField(required=False, max_length=20)


class ServiceLevels(Resource):
    """The compliance report."""

    @operation(summary="Reports on service levels", area="reports", params=Period, told=ReportShape)
    def get(self, request: Request) -> Response:
        """Met of counted, by objective, urgency, request type, plan, client and month of due.

        Days are those of the contracts' zones; exempt, paused and cancelled clocks stand beside the counted.
        """
        asked = self.asked(request)
        views = tuple(asked.get("group_by", "").split(",")) if "group_by" in asked else ()
        filters = {name: str(asked[name]) for name in FILTERS if name in asked}
        report = compliance(self.actor, from_=asked["from"], to=asked["to"], group_by=views, filters=filters)
        return self.one(request, report)
