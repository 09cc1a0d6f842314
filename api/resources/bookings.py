"""`/contracts/{id}/bookings`: engineers for planned work at weekends, asked for in time (E8)."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Email, Flag, Id, Input, Instant, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import NEWEST_FIRST, page
from api.shapes import Someone, named_environment, named_person
from contracts.models import Contract
from contracts.queries import contract_for
from escalation.models import Booking
from escalation.permissions import may_book, may_decide_booking
from escalation.queries import booking_for, bookings_visible_to
from escalation.services import (
    BookingWish,
    confirm_booking,
    decline_booking,
    request_booking,
    withdraw_booking,
)
from escalation.services.bookings import DETAIL_LIMIT, SUMMARY_LIMIT
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed, NotHere


class BookingShape(Output):
    """A wish for an engineer; `state` is asked, confirmed, declined or withdrawn."""

    id = serializers.IntegerField()
    state = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    summary = serializers.CharField()
    detail = serializers.CharField()
    environment = serializers.IntegerField(source="environment_id", allow_null=True)
    asked_by = serializers.CharField(source="asked_by_name")
    asked_at = serializers.DateTimeField()
    engineer = Someone(allow_null=True)
    answer = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class NewBooking(Input):
    """The planned work: at a weekend, and as many days ahead as the plan asks for."""

    starts_at = Instant()
    ends_at = Instant()
    summary = Text(max_length=SUMMARY_LIMIT)
    detail = Text(max_length=DETAIL_LIMIT, required=False, allow_blank=True)
    environment = Id(required=False)


class BookingAnswer(Input):
    """Whether somebody comes: then who, by e-mail address; else why not."""

    confirm = Flag()
    engineer = Email(required=False)
    answer = Text(max_length=2000, required=False, allow_blank=True)


class Bookings(Resource):
    """The bookings of a contract."""

    @operation(summary="Lists bookings", area="contracts", told=BookingShape, is_list=True, is_paged=True)
    def get(self, request: Request, contract_id: int) -> Response:
        """The weekend engineers asked for under the contract, the newest wish first."""
        contract = contract_for(self.actor, contract_id)
        return page(self, request, bookings_visible_to(self.actor).filter(contract=contract), NEWEST_FIRST)

    @operation(
        summary="Books an engineer for a weekend",
        area="contracts",
        given=NewBooking,
        told=BookingShape,
        status=201,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, contract_id: int) -> Response:
        """Ask for an engineer; too late is refused with the earliest start that can still be had."""
        contract = contract_for(self.actor, contract_id)
        if not may_book(self.actor, contract.client_id):
            raise NotAllowed("A point of contact of the client books engineers.")
        given = self.given(request)
        environment = named_environment(self.actor, given.pop("environment", None))
        if environment is not None and environment.contract_id != contract.pk:
            words = "Choose one of the environments of this contract."
            raise Invalid("Some fields need another look.", fields={"environment": words})
        wish = BookingWish(environment=environment, **given)
        return self.one(request, request_booking(actor=self.actor, at=self.at, contract=contract, wish=wish))


class BookingDecision(Resource):
    """Deciding about a booking."""

    @operation(
        summary="Decides a booking",
        area="contracts",
        given=BookingAnswer,
        told=BookingShape,
        audiences=(STAFF,),
    )
    def post(self, request: Request, contract_id: int, booking_id: int) -> Response:
        """Confirm it with a name, or decline it and say why."""
        found = _of(self.actor, contract_for(self.actor, contract_id), booking_id)
        if not may_decide_booking(self.actor, found.client_id):
            raise NotAllowed("Leads and the client's success manager decide about bookings.")
        given = self.given(request)
        answer = given.get("answer", "")
        if not given["confirm"]:
            return self.one(
                request, decline_booking(actor=self.actor, at=self.at, booking=found, answer=answer)
            )
        engineer = named_person(self.actor, given.get("engineer"), "engineer")
        if engineer is None:
            raise Invalid("Say who is there.", fields={"engineer": "Name the engineer by e-mail address."})
        made = confirm_booking(actor=self.actor, at=self.at, booking=found, engineer=engineer, answer=answer)
        return self.one(request, made)


class BookingWithdrawal(Resource):
    """Calling a booking off."""

    @operation(summary="Withdraws a booking", area="contracts", told=BookingShape, audiences=(CLIENT,))
    def post(self, request: Request, contract_id: int, booking_id: int) -> Response:
        """Say that the engineer is no longer needed; until the work begins."""
        found = _of(self.actor, contract_for(self.actor, contract_id), booking_id)
        return self.one(request, withdraw_booking(actor=self.actor, at=self.at, booking=found))


def _of(actor: Actor, contract: Contract, booking_id: int) -> Booking:
    found = booking_for(actor, booking_id=booking_id)
    if found.contract_id != contract.pk:
        raise NotHere
    return found
