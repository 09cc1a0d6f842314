"""`/events` and `/tickets/{key}/events`: everything that happened, in sequence."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import ApiKey
from api.fields import LARGEST_ID, Input, Number, Output
from api.operations import CLIENT, STAFF, Resource, operation
from api.queries import feed
from events.models import Record
from notify.payloads import PUBLIC_FACTS
from tickets.queries import events_for, ticket_for

_KEY_ALONE = ("key",)


class EventShape(Output):
    """A fact: `data` holds what its kind tells a client."""

    sequence = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor_name")
    actor_kind = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.IntegerField()
    own = serializers.SerializerMethodField()
    data_ = serializers.DictField()

    def get_own(self, record: Record) -> bool:
        """Whether the caller did it, by this key or another of the same interconnection: no news to it."""
        return record.actor_key_id is not None and record.actor_key_id in self.context["view"].own_keys

    def to_representation(self, instance: Record) -> Any:  # noqa: ANN401 - REST framework's own signature
        """The record, with the facts that are for everybody."""
        told = super().to_representation(instance)
        public = PUBLIC_FACTS.get(instance.kind, _KEY_ALONE)
        told["data"] = {name: value for name, value in instance.data.items() if name in public}
        return told


class StaffEvent(EventShape):
    """A fact with all that was recorded of it."""

    def to_representation(self, instance: Record) -> Any:  # noqa: ANN401 - REST framework's own signature
        """The record as it is; who does not read internal notes is told what a client is told."""
        told = super().to_representation(instance)
        if self.context["view"].actor.sees_internal_notes:
            told["data"] = instance.data
        return told


class AfterSequence(Input):
    """From where on to read, and how much."""

    after = Number(min_value=0, max_value=LARGEST_ID, default=0)
    limit = Number(min_value=1, max_value=500, default=100)


EVENT = {CLIENT: EventShape, STAFF: StaffEvent}


class Events(Resource):
    """What every list of events shares."""

    @cached_property
    def own_keys(self) -> frozenset[int]:
        """The caller's key, and the others of its interconnection."""
        own = {self.actor.api_key_id} if self.actor.api_key_id else set()
        joined = self.actor.interconnection_id
        if joined is not None:
            own |= set(ApiKey.objects.filter(interconnection=joined).values_list("pk", flat=True))
        return frozenset(own)


class TicketEvents(Events):
    """What happened on one ticket."""

    @operation(summary="Lists the events of a ticket", area="events", told=EVENT, is_list=True)
    def get(self, request: Request, key: str) -> Response:
        """Everything that happened on the ticket and that the caller may read, in sequence."""
        return self.whole(events_for(self.actor, ticket_for(self.actor, key=key)))


class Feed(Events):
    """What happened on everything that the caller sees."""

    @operation(
        summary="Reads the feed of events", area="events", params=AfterSequence, told=EVENT, is_list=True
    )
    def get(self, request: Request) -> Response:
        """The next events behind the sequence number `after`, oldest first.

        Keep the last `sequence` and ask again from there; `next` is there while more is waiting.
        """
        asked = self.asked(request)
        found = list(feed(self.actor, after=asked["after"])[: asked["limit"] + 1])
        shown = found[: asked["limit"]]
        following = None
        if len(found) > len(shown):
            query = f"after={shown[-1].pk}&limit={asked['limit']}"
            following = request.build_absolute_uri(f"{request.path}?{query}")
        return Response({"results": self.told(shown, many=True), "next": following})
