"""What is told of a ticket: to clients, and to staff."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.fields import Output
from api.operations import CLIENT, STAFF
from api.shapes import Contact, Someone
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Ticket, TicketQuerySet
from tickets.queries import change_steps_of, papers_of, visible_to


class TicketShape(Output):
    """A ticket as its client sees it; `urgency`, `request_type` and `category` are codes of its plan."""

    key = serializers.CharField()
    client = serializers.CharField(source="client.key")
    contract = serializers.IntegerField(source="contract_id")
    status = serializers.CharField()
    request_type = serializers.CharField()
    urgency = serializers.CharField()
    rank = serializers.IntegerField()
    category = serializers.CharField()
    environment = serializers.IntegerField(source="environment_id", allow_null=True)
    channel = serializers.CharField()
    subject = serializers.CharField()
    requester = Someone(allow_null=True)
    assignee = Someone(allow_null=True)
    coverage = serializers.CharField()
    exempt_reason = serializers.CharField()
    next_due_at = serializers.DateTimeField(allow_null=True)
    at_risk = serializers.BooleanField()
    waiting_on = Someone(allow_null=True)
    waiting_for = serializers.CharField()
    scheduled_at = serializers.DateTimeField(allow_null=True)
    external_reference = serializers.CharField()
    merged_into = serializers.CharField(source="merged_into.key", allow_null=True, default=None)
    rating = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField(source="opened_at")
    updated_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class StaffTicket(TicketShape):
    """A ticket as staff see it."""

    requester = Contact(allow_null=True)
    assignee = Contact(allow_null=True)
    waiting_on = Contact(allow_null=True)
    team = serializers.CharField(source="team.key", allow_null=True, default=None)
    tags = serializers.ListField(child=serializers.CharField())
    flags = serializers.ListField(child=serializers.CharField())
    vendor_reference = serializers.CharField()
    rating_comment = serializers.CharField()


class PaperShape(Output):
    """A document that the plan owes: due when, and the newest edition once it is published (Markdown)."""

    kind = serializers.CharField()
    label_ = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    edition = serializers.IntegerField()
    body = serializers.CharField()


class ChangeStepShape(Output):
    """A step of a planned change, in one of the stages `plan`, `window`, `way_back` and `after`."""

    id = serializers.IntegerField()
    change = serializers.CharField(source="title")
    stage = serializers.CharField()
    label_ = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)
    done_by = Someone(allow_null=True)
    remark = serializers.CharField()


class WholeTicket(TicketShape):
    """A ticket with what is owed on paper and the steps of its planned changes."""

    documents = serializers.SerializerMethodField()
    change_steps = serializers.SerializerMethodField()

    @extend_schema_field(PaperShape(many=True))
    def get_documents(self, ticket: Ticket) -> Any:  # noqa: ANN401 - JSON primitives
        """The documents, without drafts."""
        return PaperShape(papers_of(ticket), many=True).data

    @extend_schema_field(ChangeStepShape(many=True))
    def get_change_steps(self, ticket: Ticket) -> Any:  # noqa: ANN401 - JSON primitives
        """The steps, in their order."""
        return ChangeStepShape(change_steps_of(ticket), many=True).data


class WholeStaffTicket(WholeTicket, StaffTicket):
    """The same as staff see it."""


WHOLE_TICKET = {CLIENT: WholeTicket, STAFF: WholeStaffTicket}
TICKET = {CLIENT: TicketShape, STAFF: StaffTicket}


def told_tickets(actor: Actor) -> TicketQuerySet:
    """The tickets that the actor sees, with what is told of each; one statement."""
    return visible_to(actor).select_related(
        "client", "requester", "assignee", "waiting_on", "merged_into", "team"
    )


def told_ticket(actor: Actor, key: str) -> Ticket:
    """One ticket with what is told of it; foreign and missing give the same `NotHere`."""
    found = told_tickets(actor).filter(key=key.upper()).first()
    if found is None:
        raise NotHere
    return found
