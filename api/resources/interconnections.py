"""`/interconnections`: another ticketing system joined to this desk, its maps, tickets in its own words."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, Output
from api.operations import CLIENT, Resource, operation
from api.pages import NEWEST_FIRST, page
from contracts.domain.mapping import PAIRS_AT_MOST, WORD_LIMIT, Maps
from contracts.models import Interconnection
from contracts.queries import interconnection_for, interconnections_visible_to, maps_of
from contracts.services import map_interconnection
from events.domain.errors import Invalid
from intake.services import read_theirs, take_over

PAIRS = {
    "type": "array",
    "maxItems": PAIRS_AT_MOST,
    "items": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": "string", "minLength": 1, "maxLength": WORD_LIMIT},
    },
}
THEIRS = {"type": "object", "additionalProperties": True}


@extend_schema_field(PAIRS)
class Pairs(serializers.Field[Any, Any, Any, Any]):
    """A table of two columns, whose order counts."""

    def to_internal_value(self, data: Any) -> list[list[str]]:  # noqa: ANN401 - whatever came in
        """The lines, each of two texts."""
        is_table = isinstance(data, list) and len(data) <= PAIRS_AT_MOST
        if not is_table or not all(_is_pair(line) for line in data):
            raise serializers.ValidationError(['Give lines of two texts each, as in [["P1", "critical"]].'])
        return [[left.strip(), right.strip()] for left, right in data]

    def to_representation(self, value: Any) -> Any:  # noqa: ANN401 - as stored
        """The lines as they are stored."""
        return value


@extend_schema_field(THEIRS)
class TheirTicket(serializers.DictField):
    """A ticket as their system has it: whatever fields it has."""


class MapsShape(Input):
    """Which of theirs is which of ours; a table that is not given stays.

    `fields`: our field and the path of theirs, dots leading inwards; `=text` stands for itself. `urgencies`
    and `states`: their word and our code; several of theirs may mean one of ours, back goes the first.
    """

    fields_ = Pairs(required=False)
    urgencies = Pairs(required=False)
    states = Pairs(required=False)


class InterconnectionShape(Output):
    """Another ticketing system joined to this desk; `state` says how far it is agreed."""

    id = serializers.IntegerField()
    contract = serializers.IntegerField(source="contract_id")
    name = serializers.CharField()
    product = serializers.CharField()
    state = serializers.CharField()
    feasibility = serializers.CharField()
    security = serializers.CharField()
    estimate_minutes = serializers.IntegerField(allow_null=True)
    requested_at = serializers.DateTimeField()
    in_force_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    maps = serializers.SerializerMethodField()

    @extend_schema_field(
        {"type": "object", "properties": {"fields": PAIRS, "urgencies": PAIRS, "states": PAIRS}}
    )
    def get_maps(self, row: Interconnection) -> Any:  # noqa: ANN401 - JSON primitives
        """The three tables, also while they are empty."""
        return maps_of(row).to_data()


class Theirs(Input):
    """A ticket of theirs, as their system has it."""

    ticket = TheirTicket()


class DryRunShape(Output):
    """What would become of it: `ticket` in our words, `faults` by our field, `back` as we would send it."""

    ticket = serializers.DictField(child=serializers.CharField())
    faults = serializers.DictField(child=serializers.CharField())
    back = serializers.DictField(child=serializers.CharField())


class TakenShape(Output):
    """What became of it: our ticket's key, whether it is new, and by field what was left as it was."""

    key = serializers.CharField(source="ticket.key")
    status = serializers.CharField(source="ticket.status")
    external_reference = serializers.CharField(source="ticket.external_reference")
    is_new = serializers.BooleanField()
    left = serializers.DictField(child=serializers.CharField())


class Interconnections(Resource):
    """Systems joined to this desk."""

    @operation(
        summary="Lists interconnections",
        area="contracts",
        told=InterconnectionShape,
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request) -> Response:
        """The interconnections that the caller sees, the newest first; a key of one sees that one."""
        return page(self, request, interconnections_visible_to(self.actor), NEWEST_FIRST)


class OneInterconnection(Resource):
    """One interconnection."""

    @operation(summary="Shows an interconnection", area="contracts", told=InterconnectionShape)
    def get(self, request: Request, interconnection_id: int) -> Response:
        """Where it stands, and its maps."""
        return self.one(request, interconnection_for(self.actor, interconnection_id))

    @operation(
        summary="Changes the maps of an interconnection",
        area="contracts",
        given=MapsShape,
        told=InterconnectionShape,
    )
    def patch(self, request: Request, interconnection_id: int) -> Response:
        """Set which field, urgency and state of theirs is which of ours."""
        found = interconnection_for(self.actor, interconnection_id)
        self.require_match(request, found)
        maps = Maps.from_data({**maps_of(found).to_data(), **self.given(request)})
        map_interconnection(actor=self.actor, at=self.at, interconnection=found, maps=maps)
        return self.one(request, interconnection_for(self.actor, interconnection_id))


class MapsDryRun(Resource):
    """Trying the maps."""

    @operation(
        summary="Tries the maps on a ticket of theirs",
        area="contracts",
        given=Theirs,
        told=DryRunShape,
        is_dry=True,
    )
    def post(self, request: Request, interconnection_id: int) -> Response:
        """What their ticket would be here, and what of it we would send back; stores nothing."""
        found = interconnection_for(self.actor, interconnection_id)
        maps = maps_of(found)
        read = read_theirs(maps, self.given(request)["ticket"])
        back = maps.outward(read.ticket)
        return Response(self.told({"ticket": read.ticket, "faults": read.faults, "back": back}))


class TheirTickets(Resource):
    """Tickets in the other system's own words."""

    @operation(
        summary="Takes a ticket of theirs over",
        area="tickets",
        given=Theirs,
        told=TakenShape,
        status=201,
        audiences=(CLIENT,),
    )
    def post(self, request: Request, interconnection_id: int) -> Response:
        """Open their ticket here, or bring the one with its number up to what they say.

        Only by a key of this interconnection. Sending the same again changes nothing; `left` tells what was
        left as it was, and why.
        """
        found = interconnection_for(self.actor, interconnection_id)
        if self.actor.interconnection_id != found.pk:
            raise Invalid("A key of this interconnection does this.", code="other_key")
        theirs = self.given(request)["ticket"]
        taken = take_over(actor=self.actor, at=self.at, interconnection=found, theirs=theirs)
        return Response(self.told(taken), status=201)


def _is_pair(line: Any) -> bool:  # noqa: ANN401 - whatever came in
    return isinstance(line, list) and len(line) == 2 and all(isinstance(side, str) for side in line)
