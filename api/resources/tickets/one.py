"""`/tickets/{key}`: one ticket, and changing it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Team
from accounts.queries import teams
from api.fields import Email, Id, Input, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.resources.tickets.shapes import WHOLE_TICKET, told_ticket
from api.shapes import named_environment, named_person
from events.domain.errors import Invalid
from tickets import services
from tickets.models import Ticket
from tickets.queries import ticket_for


class TicketChange(Input):
    """What a client's system may change; what is not given stays."""

    urgency = Text(max_length=40)
    request_type = Text(max_length=40)
    subject = Text(max_length=250)
    environment = Id()
    external_reference = Text(max_length=120, allow_blank=True)
    reason = Text(max_length=2000, allow_blank=True)


class StaffTicketChange(TicketChange):
    """What staff may change; `assignee` is an e-mail address, `team` a key, null puts the ticket back."""

    category = Text(max_length=60)
    assignee = Email(allow_null=True)
    team = Text(max_length=40, allow_null=True)
    tags = serializers.ListField(child=Text(max_length=40), max_length=20)
    vendor_reference = Text(max_length=120, allow_blank=True)


_CLASS = ("urgency", "request_type")
_PEOPLE = ("assignee", "team")
_DETAILS = ("subject", "category", "environment", "external_reference", "vendor_reference")


class OneTicket(Resource):
    """One ticket."""

    @operation(summary="Shows a ticket", area="tickets", told=WHOLE_TICKET)
    def get(self, request: Request, key: str) -> Response:
        """A ticket as it stands, with its next due moment."""
        return self.one(request, told_ticket(self.actor, key))

    @operation(
        summary="Changes a ticket",
        area="tickets",
        given={CLIENT: TicketChange, STAFF: StaffTicketChange},
        told=WHOLE_TICKET,
    )
    def patch(self, request: Request, key: str) -> Response:
        """Change what is given, all of it or nothing; with `If-Match` only from the state that it names.

        The client owns the urgency; staff propose another one instead. The status moves by transitions.
        """
        ticket = ticket_for(self.actor, key=key, lock=True)
        self.require_match(request, told_ticket(self.actor, key))
        self._change(ticket, self.given(request))
        return self.one(request, told_ticket(self.actor, key))

    def _change(self, ticket: Ticket, given: dict[str, Any]) -> None:
        act: dict[str, Any] = {"actor": self.actor, "at": self.at, "ticket": ticket}
        reason = given.get("reason", "")
        if any(name in given for name in _CLASS):
            services.reclassify(**act, **_part(given, _CLASS), reason=reason)
        if any(name in given for name in _PEOPLE):
            assignee = ticket.assignee
            if "assignee" in given:
                assignee = named_person(self.actor, given["assignee"], "assignee")
            services.assign(**act, assignee=assignee, team=_team(given.get("team")), reason=reason)
        if "tags" in given:
            services.set_tags(**act, tags=given["tags"])
        details = _part(given, _DETAILS)
        if "environment" in details:
            details["environment"] = named_environment(self.actor, details["environment"])
        if details:
            services.change_details(**act, **details)


def _part(given: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: given[name] for name in names if name in given}


def _team(key: str | None) -> Team | None:
    if key is None:
        return None
    found = teams().filter(key=key).first()
    if found is None:
        words = "Choose one of the teams."
        raise Invalid(words, fields={"team": words})
    return found
