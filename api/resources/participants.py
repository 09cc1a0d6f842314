"""`/tickets/{key}/participants`: the contacts who read and reply besides the requester."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Person
from api.fields import Email, Input, Output
from api.operations import Resource, operation
from api.shapes import named_people
from events.domain.errors import NotAllowed, NotHere
from tickets import permissions
from tickets.queries import participants_of, ticket_for
from tickets.services import add_participant, remove_participant


class ParticipantShape(Output):
    """A contact who takes part."""

    id = serializers.IntegerField(source="person_id")
    name = serializers.CharField(source="person.name")
    email = serializers.CharField(source="person.email")
    added_at = serializers.DateTimeField()


class NewParticipant(Input):
    """Who is to take part, by e-mail address."""

    email = Email()


class Participants(Resource):
    """Who takes part."""

    @operation(
        summary="Lists the participants of a ticket", area="tickets", told=ParticipantShape, is_list=True
    )
    def get(self, request: Request, key: str) -> Response:
        """The contacts who take part, in the order of joining."""
        return self.whole(participants_of(ticket_for(self.actor, key=key)))

    @operation(
        summary="Lets somebody take part",
        area="tickets",
        given=NewParticipant,
        told=ParticipantShape,
        status=201,
    )
    def post(self, request: Request, key: str) -> Response:
        """Let a contact of the client read the ticket and reply on it; twice changes nothing."""
        ticket = ticket_for(self.actor, key=key)
        if not permissions.may_reply(self.actor, ticket):
            raise NotAllowed("You read this ticket and do not change who takes part.")
        (person,) = named_people(self.actor, [self.given(request)["email"]], "email")
        return self.one(request, add_participant(actor=self.actor, at=self.at, ticket=ticket, person=person))


class OneParticipant(Resource):
    """One who takes part."""

    @operation(summary="Lets somebody no longer take part", area="tickets", status=204)
    def delete(self, request: Request, key: str, person_id: int) -> Response:
        """Let a contact no longer take part; the requester stays."""
        ticket = ticket_for(self.actor, key=key)
        person = Person.objects.filter(participations__ticket=ticket, id=person_id).first()
        if person is None:
            raise NotHere
        remove_participant(actor=self.actor, at=self.at, ticket=ticket, person=person)
        return Response(status=204)
