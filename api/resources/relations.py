"""Two tickets that are one, one that is two, and how it went in the client's eyes."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, Text, Whole
from api.operations import CLIENT, STAFF, Resource, operation
from api.resources.tickets.shapes import WHOLE_TICKET, told_ticket
from api.shapes import named_ticket
from events.domain.errors import NotHere
from tickets.queries import messages_for, ticket_for
from tickets.services import merge_ticket, rate_ticket, split_ticket


class Rating(Input):
    """From 1 (bad) to 5 (good), and why."""

    rating = Whole(min_value=1, max_value=5)
    comment = Text(max_length=5000, required=False, allow_blank=True)


class MergeInto(Input):
    """The ticket in which this one goes on."""

    into = Text(max_length=24)


class SplitOff(Input):
    """What the new ticket is about."""

    subject = Text(max_length=250)


class Ratings(Resource):
    """How it went."""

    @operation(
        summary="Rates a ticket",
        area="tickets",
        given=Rating,
        told=WHOLE_TICKET,
        status=201,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Say how it went, once the ticket is solved; a later rating replaces the earlier one."""
        ticket = ticket_for(self.actor, key=key)
        rate_ticket(actor=self.actor, at=self.at, ticket=ticket, **self.given(request))
        return self.one(request, told_ticket(self.actor, key))


class Merges(Resource):
    """Tickets that are one."""

    @operation(
        summary="Merges a ticket into another",
        area="tickets",
        given=MergeInto,
        told=WHOLE_TICKET,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Let the ticket go on in another one of the same client, and give that one."""
        ticket = ticket_for(self.actor, key=key)
        into = named_ticket(self.actor, self.given(request)["into"], "into")
        merge_ticket(actor=self.actor, at=self.at, ticket=ticket, into=into)
        return self.one(request, told_ticket(self.actor, into.key))


class Splits(Resource):
    """A ticket that is two."""

    @operation(
        summary="Splits a message off",
        area="tickets",
        given=SplitOff,
        told=WHOLE_TICKET,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str, message_id: int) -> Response:
        """Open a second ticket from a public message that speaks of something else, and give that one."""
        ticket = ticket_for(self.actor, key=key)
        message = messages_for(self.actor, ticket).filter(pk=message_id).first()
        if message is None:
            raise NotHere
        subject = self.given(request)["subject"]
        made = split_ticket(actor=self.actor, at=self.at, message=message, subject=subject)
        where = request.build_absolute_uri(f"/api/v1/tickets/{made.key}")
        return self.one(request, told_ticket(self.actor, made.key), location=where)
