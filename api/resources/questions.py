"""`/questions`: what clients ask the account executive; none of it is an escalation (E4)."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.queries import clients_visible_to
from api.fields import Choice, Id, Input, Output, Text
from api.operations import CLIENT, Resource, operation
from api.pages import NEWEST_FIRST, page
from api.shapes import named_contract, named_ticket
from escalation.models import QuestionTopic
from escalation.permissions import may_answer_commercially, may_ask_commercially
from escalation.queries import commercial_question_for, questions_visible_to
from escalation.services import (
    QuestionWords,
    answer_client,
    ask_account_executive,
    ask_again,
    close_question,
)
from escalation.services.questions import SUBJECT_LIMIT, TEXT_LIMIT
from events.domain.errors import NotAllowed


class LineShape(Output):
    """What one side said."""

    by = serializers.CharField(source="by_name")
    is_staff = serializers.BooleanField()
    text = serializers.CharField()
    at = serializers.DateTimeField()


class QuestionShape(Output):
    """A commercial question with everything said on it; `state` is asked, answered or closed."""

    id = serializers.IntegerField()
    client = serializers.CharField(source="client.key")
    contract = serializers.IntegerField(source="contract_id", allow_null=True)
    ticket = serializers.CharField(source="ticket.key", allow_null=True, default=None)
    topic = serializers.CharField()
    subject = serializers.CharField()
    state = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by_name")
    asked_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    lines = LineShape(many=True, source="lines.all")


class NewQuestion(Input):
    """What somebody wants to know of the account executive."""

    topic = Choice(choices=QuestionTopic.values)
    subject = Text(max_length=SUBJECT_LIMIT)
    text = Text(max_length=TEXT_LIMIT)
    contract = Id(required=False)
    ticket = Text(required=False, max_length=24)


class NewLine(Input):
    """What is added to a question: an answer by staff, more of the question by the client."""

    text = Text(max_length=TEXT_LIMIT)


class Questions(Resource):
    """The commercial questions that the caller may read."""

    @operation(
        summary="Lists commercial questions",
        area="questions",
        told=QuestionShape,
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request) -> Response:
        """What was asked of the account executive, the newest first."""
        rows = questions_visible_to(self.actor).prefetch_related("lines")
        return page(self, request, rows, NEWEST_FIRST)

    @operation(
        summary="Asks the account executive",
        area="questions",
        given=NewQuestion,
        told=QuestionShape,
        status=201,
        audiences=(CLIENT,),
    )
    def post(self, request: Request) -> Response:
        """Ask about prices, contracts, renewals, licences or roadmaps; it is answered here and by mail."""
        given = self.given(request)
        contract = named_contract(self.actor, given["contract"]) if "contract" in given else None
        ticket = named_ticket(self.actor, given["ticket"]) if "ticket" in given else None
        made = ask_account_executive(
            actor=self.actor,
            at=self.at,
            client=clients_visible_to(self.actor).get(),
            words=QuestionWords(topic=given["topic"], subject=given["subject"], text=given["text"]),
            contract=contract,
            ticket=ticket,
        )
        return self.one(request, made)


class OneQuestion(Resource):
    """One question."""

    @operation(summary="Reads a commercial question", area="questions", told=QuestionShape)
    def get(self, request: Request, commercial_id: int) -> Response:
        """The question with everything said on it."""
        return self.one(request, commercial_question_for(self.actor, question_id=commercial_id))


class QuestionLines(Resource):
    """Going on with a question."""

    @operation(
        summary="Answers a commercial question, or asks back",
        area="questions",
        given=NewLine,
        told=QuestionShape,
        status=201,
    )
    def post(self, request: Request, commercial_id: int) -> Response:
        """By the account executive this is the answer; by the client it asks back."""
        found = commercial_question_for(self.actor, question_id=commercial_id)
        if self.actor.is_staff and not may_answer_commercially(self.actor, found.client_id):
            raise NotAllowed("The client's account executive answers.")
        act = answer_client if self.actor.is_staff else ask_again
        given = self.given(request)
        return self.one(request, act(actor=self.actor, at=self.at, question=found, text=given["text"]))


class QuestionClosure(Resource):
    """Ending a matter."""

    @operation(summary="Closes a commercial question", area="questions", told=QuestionShape)
    def post(self, request: Request, commercial_id: int) -> Response:
        """Close the matter; staff answer it first."""
        found = commercial_question_for(self.actor, question_id=commercial_id)
        ours = may_answer_commercially(self.actor, found.client_id)
        if not ours and not may_ask_commercially(self.actor, found.client_id):
            raise NotAllowed("Whoever asked closes it, or the account executive who answered.")
        return self.one(request, close_question(actor=self.actor, at=self.at, question=found))
