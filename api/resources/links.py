"""`/tickets/{key}/links`: how tickets relate."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Choice, Input, Output, Text
from api.operations import STAFF, Resource, operation
from api.shapes import named_ticket
from events.domain.errors import NotHere
from tickets.domain.links import LinkKind
from tickets.models import Link
from tickets.queries import links_of, ticket_for
from tickets.services import link_tickets, unlink_tickets

_KINDS = (LinkKind.BLOCKS, LinkKind.DUPLICATES, LinkKind.RELATES, LinkKind.PARENT)


class LinkShape(Output):
    """Another ticket as seen from this one; `words` read from here to there."""

    id = serializers.IntegerField(source="link_id")
    kind = serializers.CharField()
    words = serializers.CharField()
    ticket = serializers.CharField(source="ticket.key")
    subject = serializers.CharField(source="ticket.subject")
    status = serializers.CharField(source="ticket.status")


class NewLink(Input):
    """The other ticket, and how this one relates to it."""

    ticket = Text(max_length=24)
    kind = Choice(choices=tuple(kind.value for kind in _KINDS))


class Links(Resource):
    """The relations of a ticket."""

    @operation(summary="Lists related tickets", area="tickets", told=LinkShape, is_list=True)
    def get(self, request: Request, key: str) -> Response:
        """The tickets that this one relates to and that the caller may read too."""
        return self.whole(links_of(self.actor, ticket_for(self.actor, key=key)))

    @operation(
        summary="Relates two tickets",
        area="tickets",
        given=NewLink,
        told=LinkShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Relate the ticket to another one of the same client; the same again changes nothing."""
        ticket = ticket_for(self.actor, key=key)
        given = self.given(request)
        target = named_ticket(self.actor, given["ticket"])
        made = link_tickets(actor=self.actor, at=self.at, source=ticket, target=target, kind=given["kind"])
        seen = next(one for one in links_of(self.actor, ticket) if one.link_id == made.pk)
        return self.one(request, seen)


class OneLink(Resource):
    """One relation."""

    @operation(summary="Takes a relation away", area="tickets", status=204, audiences=(STAFF,))
    def delete(self, request: Request, key: str, link_id: int) -> Response:
        """Take the relation away; that it was there stays in the history."""
        ticket = ticket_for(self.actor, key=key)
        if link_id not in {one.link_id for one in links_of(self.actor, ticket)}:
            raise NotHere
        unlink_tickets(actor=self.actor, at=self.at, link=Link.objects.get(pk=link_id))
        return Response(status=204)
