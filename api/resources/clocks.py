"""`/tickets/{key}/clocks`: what is owed, by when, and why then."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Output
from api.operations import Resource, operation
from slo.queries import explain
from tickets.queries import ticket_for


class SegmentShape(Output):
    """A stretch of a clock: `open`, `closed`, `holiday`, `paused` or `exempt`, with its counted seconds."""

    from_ = serializers.DateTimeField(source="start")
    to = serializers.DateTimeField(source="end")
    kind = serializers.CharField()
    seconds = serializers.IntegerField()
    reason = serializers.CharField()


class DueChangeShape(Output):
    """A change of the due time: from which moment to which, when, and why; null while the clock is paused."""

    at = serializers.DateTimeField()
    before = serializers.DateTimeField(allow_null=True)
    after = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class ClockShape(Output):
    """One objective being measured; the open segments sum to the target, or to what had elapsed."""

    objective = serializers.CharField()
    label_ = serializers.CharField()
    ordinal = serializers.IntegerField()
    state = serializers.CharField()
    commitment = serializers.CharField()
    target_seconds = serializers.IntegerField()
    calendar = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    at_risk_at = serializers.DateTimeField(allow_null=True)
    met_at = serializers.DateTimeField(allow_null=True)
    missed_at = serializers.DateTimeField(allow_null=True)
    elapsed_seconds = serializers.IntegerField()
    remaining_seconds = serializers.IntegerField()
    exempt_reason = serializers.CharField()
    segments = SegmentShape(many=True)
    due_changes = DueChangeShape(many=True)


class Clocks(Resource):
    """The clocks of a ticket."""

    @operation(summary="Explains the clocks of a ticket", area="tickets", told=ClockShape, is_list=True)
    def get(self, request: Request, key: str) -> Response:
        """Every clock of the ticket at this moment, the open ones first, each with its stretches."""
        ticket = ticket_for(self.actor, key=key)
        return self.whole(explain(ticket, at=self.at))
