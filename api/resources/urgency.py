"""`/tickets/{key}/urgency-proposals`: what staff propose about an urgency, and what the client answers."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Flag, Input, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.shapes import Someone
from events.domain.errors import NotAllowed
from tickets.permissions import may_classify, may_work
from tickets.queries import proposal_for, proposals_of, ticket_for
from tickets.services import answer_urgency_proposal, propose_urgency


class ProposalShape(Output):
    """Another urgency with the engineer's reason, and the client's answer with theirs."""

    id = serializers.IntegerField()
    before = serializers.CharField()
    proposed = serializers.CharField()
    reason = serializers.CharField()
    proposed_by = Someone()
    proposed_at = serializers.DateTimeField()
    state = serializers.CharField()
    answer = serializers.CharField()
    answered_by = Someone(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class NewProposal(Input):
    """An urgency of the plan, by its code, and why."""

    urgency = Text(max_length=40)
    reason = Text(max_length=5000)


class ProposalAnswer(Input):
    """Whether the proposed urgency holds; a declined one says why."""

    accept = Flag()
    answer = Text(max_length=5000, required=False, allow_blank=True)


class UrgencyProposals(Resource):
    """What was proposed about the urgency of a ticket."""

    @operation(
        summary="Lists the urgencies proposed on a ticket", area="tickets", told=ProposalShape, is_list=True
    )
    def get(self, request: Request, key: str) -> Response:
        """Every proposal with both views, the oldest first; one is open at most."""
        return self.whole(list(proposals_of(ticket_for(self.actor, key=key))))

    @operation(
        summary="Proposes another urgency",
        area="tickets",
        given=NewProposal,
        told=ProposalShape,
        status=201,
        audiences=(STAFF,),
    )
    def post(self, request: Request, key: str) -> Response:
        """Put another urgency to the client, who decides."""
        ticket = ticket_for(self.actor, key=key)
        if not may_work(self.actor, ticket):
            raise NotAllowed("Staff propose an urgency; the client sets it.")
        given = self.given(request)
        return self.one(request, propose_urgency(actor=self.actor, at=self.at, ticket=ticket, **given))


class UrgencyAnswer(Resource):
    """The client's answer."""

    @operation(
        summary="Answers a proposed urgency",
        area="tickets",
        given=ProposalAnswer,
        told=ProposalShape,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, key: str, proposal_id: int) -> Response:
        """Accept it, and it holds from now on; or decline it and say why. Once."""
        ticket = ticket_for(self.actor, key=key)
        found = proposal_for(ticket, proposal_id)
        if not may_classify(self.actor, ticket):
            raise NotAllowed("The client answers a proposed urgency.")
        given = self.given(request)
        return self.one(
            request, answer_urgency_proposal(actor=self.actor, at=self.at, proposal=found, **given)
        )
