"""`/tickets`: the list, and opening one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.queries import clients_visible_to
from api.fields import Email, Id, Input, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import page
from api.resources.tickets.filters import ORDERS, TicketFilters
from api.resources.tickets.shapes import TICKET, told_tickets
from api.shapes import named_contract, named_environment, named_people, named_person
from contracts.models import Contract
from contracts.queries import contracts_in_force
from events.domain.errors import Invalid
from tickets.services import open_ticket


class NewTicket(Input):
    """A ticket to open; without a contract it goes under the client's one that is in force."""

    contract = Id(required=False)
    request_type = Text(max_length=40)
    urgency = Text(max_length=40)
    category = Text(max_length=60, required=False, allow_blank=True)
    environment = Id(required=False, allow_null=True)
    subject = Text(max_length=250)
    description = Text(max_length=100_000, trim_whitespace=False)
    participants = serializers.ListField(child=Email(), required=False, max_length=50)
    external_reference = Text(max_length=120, required=False, allow_blank=True)
    requester = Email(required=False)


class NewStaffTicket(NewTicket):
    """A ticket that staff open for a contact; `channel` says how it came."""

    channel = serializers.ChoiceField(choices=("api", "phone", "chat"), required=False)


class TicketList(Resource):
    """The tickets that the caller sees."""

    @operation(
        summary="Lists tickets",
        area="tickets",
        filters=TicketFilters,
        told=TICKET,
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request) -> Response:
        """The tickets that the caller sees, the last changed first unless `order` says otherwise."""
        found = TicketFilters(data=request.GET, queryset=told_tickets(self.actor), request=request)
        if not found.is_valid():
            raise serializers.ValidationError(found.errors)
        return page(self, request, found.qs, ORDERS[found.form.cleaned_data["order"] or "updated"])

    @operation(
        summary="Opens a ticket",
        area="tickets",
        given={CLIENT: NewTicket, STAFF: NewStaffTicket},
        told=TICKET,
        status=201,
    )
    def post(self, request: Request) -> Response:
        """Open a ticket; its clocks start now. What the plan excludes can be filed and carries no clock.

        People are named by their e-mail addresses. A plan's rule on named contacts asks for a `requester`.
        """
        given = self.given(request)
        people = {
            "requester": named_person(self.actor, given.pop("requester", None), "requester"),
            "participants": named_people(self.actor, given.pop("participants", ()), "participants"),
        }
        environment = named_environment(self.actor, given.pop("environment", None))
        contract = self._contract(given.pop("contract", None))
        channel = given.pop("channel", "api")
        ticket = open_ticket(
            actor=self.actor,
            at=self.at,
            contract=contract,
            environment=environment,
            channel=channel,
            **people,  # type: ignore[arg-type]
            **given,
        )
        return self.one(request, ticket, location=request.build_absolute_uri(f"{request.path}/{ticket.key}"))

    def _contract(self, contract_id: int | None) -> Contract:
        """The contract named, the one that the key is bound to, or the only client's that is in force."""
        contract_id = contract_id or self.actor.contract_id
        if contract_id is not None:
            return named_contract(self.actor, contract_id)
        words = "Name the contract that the ticket is for."
        client = clients_visible_to(self.actor).filter(id__in=list(self.actor.roles)).first()
        if client is None:
            raise Invalid(words, fields={"contract": words})
        today = self.at.astimezone(ZoneInfo(client.zone)).date()
        found = list(contracts_in_force(client, today)[:2])
        if len(found) != 1:
            raise Invalid(words, fields={"contract": words})
        return found[0]
