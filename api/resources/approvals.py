"""`/tickets/{key}/approvals`: what somebody is asked to decide on a ticket."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Email, Flag, Input, Output, Text
from api.operations import STAFF, Resource, operation
from api.shapes import Someone, named_person
from events.domain.errors import NotHere
from tickets.queries import approval_for, approvals_of, ticket_for
from tickets.services import ask_approval, decide_approval


class ApprovalShape(Output):
    """A question, whom it is asked of, and what was decided."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    question = serializers.CharField()
    asked_of_role = serializers.CharField()
    asked_of = Someone(allow_null=True)
    asked_at = serializers.DateTimeField()
    state = serializers.CharField()
    decided_by = Someone(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    comment = serializers.CharField()


class NewApproval(Input):
    """A question for one person, by e-mail address, or for anybody in a role."""

    kind = Text(max_length=20)
    question = Text(max_length=5000)
    asked_of_role = Text(max_length=24, required=False, allow_blank=True)
    asked_of = Email(required=False)


class ApprovalDecision(Input):
    """The answer; a declined one says why."""

    approve = Flag()
    comment = Text(max_length=5000, required=False, allow_blank=True)


class Approvals(Resource):
    """What is asked on a ticket."""

    @operation(summary="Lists the approvals of a ticket", area="tickets", told=ApprovalShape, is_list=True)
    def get(self, request: Request, key: str) -> Response:
        """What was asked that the caller may read, and what came of it."""
        return self.whole(approvals_of(self.actor, ticket_for(self.actor, key=key)))

    @operation(
        summary="Asks for an approval",
        area="tickets",
        given=NewApproval,
        told=ApprovalShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Ask one person, or anybody in a role, to decide something."""
        ticket = ticket_for(self.actor, key=key)
        given = self.given(request)
        person = named_person(self.actor, given.pop("asked_of", None), "asked_of")
        return self.one(
            request, ask_approval(actor=self.actor, at=self.at, ticket=ticket, asked_of=person, **given)
        )


class Decision(Resource):
    """Deciding what was asked."""

    @operation(summary="Decides an approval", area="tickets", given=ApprovalDecision, told=ApprovalShape)
    def post(self, request: Request, key: str, approval_id: int) -> Response:
        """Approve or decline, once; decisions are for people: a client's key cannot take them."""
        ticket = ticket_for(self.actor, key=key)
        found = approval_for(self.actor, approval_id)
        if found.ticket_id != ticket.pk:
            raise NotHere
        given = self.given(request)
        return self.one(request, decide_approval(actor=self.actor, at=self.at, approval=found, **given))
