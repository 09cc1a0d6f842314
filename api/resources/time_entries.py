"""`/time-entries`: work on tickets, and what it drew."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import LARGEST_ID, Day, Flag, Input, Number, Output, Text, Whole
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import page
from api.shapes import Someone, named_ticket
from hours.queries import entries_visible_to
from hours.services import log_time


class Draw(Output):
    """Minutes that moved in a bucket for an entry; work takes, a reversal gives back."""

    bucket = serializers.IntegerField(source="bucket_id")
    label_ = serializers.CharField(source="bucket.label")
    kind = serializers.CharField()
    minutes = serializers.IntegerField()


class TimeEntryShape(Output):
    """A piece of work in whole minutes; `category` is the kind of work, which decides whether it draws."""

    id = serializers.IntegerField()
    ticket = serializers.CharField(source="ticket.key")
    contract = serializers.IntegerField(source="contract_id")
    person = Someone()
    worked_on = serializers.DateField()
    worked_minutes = serializers.IntegerField()
    billed_minutes = serializers.IntegerField()
    category = serializers.CharField(source="activity")
    note = serializers.CharField()
    state = serializers.CharField()
    draws = Draw(many=True, source="movements.all")
    logged_at = serializers.DateTimeField(source="at")
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    corrects = serializers.IntegerField(source="corrects_id", allow_null=True)


class StaffTimeEntry(TimeEntryShape):
    """A piece of work with what staff note beside it."""

    not_billed_reason = serializers.CharField()
    emergency_reason = serializers.CharField()
    settled_reason = serializers.CharField()


class NewTimeEntry(Input):
    """Work to log: whole minutes worked, on a date in the contract's zone.

    `on_site` needs the client's recorded agreement on the ticket.
    """

    ticket = Text(max_length=24)
    minutes = Whole()
    worked_on = Day()
    note = Text(max_length=5000)
    category = Text(max_length=40, required=False)
    on_site = Flag(required=False)
    not_billed_reason = Text(max_length=300, required=False, allow_blank=True)
    emergency_reason = Text(max_length=300, required=False, allow_blank=True)


class OfTicketOrContract(Input):
    """Narrows the list."""

    ticket = serializers.CharField(max_length=24, required=False)
    contract = Number(min_value=1, max_value=LARGEST_ID, required=False)


class TimeEntries(Resource):
    """Work on the tickets that the caller may read."""

    @operation(
        summary="Lists time entries",
        area="hours",
        params=OfTicketOrContract,
        told={CLIENT: TimeEntryShape, STAFF: StaffTimeEntry},
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request) -> Response:
        """Work on the tickets that the caller may read, the oldest first, with what it drew."""
        asked = self.asked(request)
        rows = entries_visible_to(self.actor).shown().prefetch_related("movements__bucket")
        if "ticket" in asked:
            rows = rows.filter(ticket__key=asked["ticket"].upper())
        if "contract" in asked:
            rows = rows.filter(contract_id=asked["contract"])
        return page(self, request, rows)

    @operation(
        summary="Logs work",
        area="hours",
        given=NewTimeEntry,
        told=StaffTimeEntry,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request) -> Response:
        """Log work; its billed minutes are drawn whole, or held and put to the client."""
        given = self.given(request)
        ticket = named_ticket(self.actor, given.pop("ticket"))
        if "category" in given:
            given["activity"] = given.pop("category")
        return self.one(request, log_time(actor=self.actor, at=self.at, ticket=ticket, **given))
