"""`/tickets/{key}/messages`: what is said on a ticket."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Choice, Id, Input, Output, Text
from api.operations import CLIENT, STAFF, Resource, operation
from api.pages import page
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from tickets import permissions
from tickets.models import Attachment, Message
from tickets.queries import messages_for, own_unsent, ticket_for
from tickets.services import post_message


class FileOfMessage(Output):
    """A file that a message carries."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class MessageShape(Output):
    """A message; the body is Markdown, `quoted` what a mail quoted below it; both empty once redacted."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    visibility = serializers.CharField()
    author = serializers.CharField(source="author_name")
    author_kind = serializers.CharField()
    body = serializers.CharField()
    quoted = serializers.CharField()
    attachments = FileOfMessage(many=True, source="attachments.all")
    created_at = serializers.DateTimeField(source="at")
    redacted_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Message) -> Any:  # noqa: ANN401 - REST framework's own signature
        """The message; a redacted one without its text and files."""
        told = super().to_representation(instance)
        return told if instance.redacted_at is None else {**told, "body": "", "quoted": "", "attachments": []}


class NewMessage(Input):
    """A message to write."""

    body = Text(max_length=100_000, trim_whitespace=False)
    visibility = Choice(choices=("public",), required=False)
    attachments = serializers.ListField(child=Id(), required=False, max_length=20)


class NewStaffMessage(NewMessage):
    """A message that staff write, for the client or among themselves."""

    visibility = Choice(choices=("public", "internal"), required=False)


class Messages(Resource):
    """The conversation."""

    @operation(
        summary="Lists the messages of a ticket",
        area="tickets",
        told=MessageShape,
        is_list=True,
        is_paged=True,
    )
    def get(self, request: Request, key: str) -> Response:
        """What was said that the caller may read, oldest first, with its files."""
        ticket = ticket_for(self.actor, key=key)
        return page(self, request, messages_for(self.actor, ticket))

    @operation(
        summary="Writes on a ticket",
        area="tickets",
        given={CLIENT: NewMessage, STAFF: NewStaffMessage},
        told=MessageShape,
        status=201,
    )
    def post(self, request: Request, key: str) -> Response:
        """Write a message, with files that were uploaded before.

        A client's public reply puts a ticket that waits for it, or is solved, back to work; on a closed one
        it opens a linked follow-up.
        """
        ticket = ticket_for(self.actor, key=key)
        if not (permissions.may_reply(self.actor, ticket) or permissions.may_note(self.actor, ticket)):
            raise NotAllowed("You read this ticket and do not write on it.")
        given = self.given(request)
        files = named_files(self.actor, given.pop("attachments", ()))
        message = post_message(actor=self.actor, at=self.at, ticket=ticket, attachments=files, **given)
        return self.one(request, message)


def named_files(actor: Actor, ids: Collection[int]) -> list[Attachment]:
    """The uploaded files of those ids; foreign, sent and missing ones give the same words."""
    if not ids:
        return []
    found = list(own_unsent(actor).filter(id__in=ids))
    if len(found) != len(set(ids)):
        words = "Name files that you uploaded and that no message carries yet."
        raise Invalid(words, fields={"attachments": words})
    return found
