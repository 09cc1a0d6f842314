"""`/tickets/{key}/attachments`: files, always through the permission check, never shown by a browser."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import TooLarge
from api.fields import Input, Output, Text
from api.operations import Resource, operation
from events.domain.errors import NotAllowed, NotHere
from tickets import permissions
from tickets.queries import attachment_for, messages_for, ticket_for
from tickets.services import post_message, store_attachment
from tickets.services.attachments import ATTACHMENT_MAX_BYTES, stored_file

_ROUND_ABOUT = 64 * 1024


class AttachmentShape(Output):
    """A file; `message` is the message that carries it, null until one does."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    message = serializers.IntegerField(source="message_id", allow_null=True)
    uploaded_at = serializers.DateTimeField()


class Upload(Input):
    """A file, and the public message that is to carry it at once."""

    file = serializers.FileField(max_length=255)
    message = Text(max_length=100_000, required=False)


class Attachments(Resource):
    """The files of a ticket."""

    def get_parsers(self) -> list[Any]:
        """Files come as a form."""
        return [MultiPartParser()]

    @operation(summary="Lists the files of a ticket", area="tickets", told=AttachmentShape, is_list=True)
    def get(self, request: Request, key: str) -> Response:
        """The files of the messages that the caller may read, in their order."""
        ticket = ticket_for(self.actor, key=key)
        messages = messages_for(self.actor, ticket).filter(redacted_at__isnull=True)
        return self.whole([file for message in messages for file in message.attachments.all()])

    @operation(
        summary="Uploads a file",
        area="tickets",
        given=Upload,
        told=AttachmentShape,
        is_upload=True,
        status=201,
    )
    def post(self, request: Request, key: str) -> Response:
        """Upload a file of up to 25 MiB.

        With `message` it is sent at once as a public message; without, it waits a day for a message that
        names its id, and is there for the uploader alone.
        """
        ticket = ticket_for(self.actor, key=key)
        if not (permissions.may_reply(self.actor, ticket) or permissions.may_note(self.actor, ticket)):
            raise NotAllowed("You read this ticket and do not write on it.")
        given = self.given(request)
        file = given["file"]
        stored = store_attachment(
            actor=self.actor, at=self.at, client=ticket.client, name=file.name or "file", content=file
        )
        if "message" in given:
            post_message(
                actor=self.actor, at=self.at, ticket=ticket, body=given["message"], attachments=[stored]
            )
            stored.refresh_from_db(fields=["message"])
        return self.one(request, stored)

    def _check_size(self, request: Request) -> None:
        """Refuse by its announced length what could not be kept anyway."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > ATTACHMENT_MAX_BYTES + _ROUND_ABOUT:
            raise TooLarge(f"Files up to {ATTACHMENT_MAX_BYTES // (1024 * 1024)} MiB can be sent.")


class AttachmentContent(Resource):
    """A file itself."""

    @operation(summary="Downloads a file", area="tickets", media=("application/octet-stream",), told=None)
    def get(self, request: Request, key: str, attachment_id: int) -> FileResponse:
        """The file as it was uploaded, as a download that no browser runs."""
        ticket = ticket_for(self.actor, key=key)
        found = attachment_for(self.actor, attachment_id)
        if found.ticket_id != ticket.pk:
            raise NotHere
        response = FileResponse(
            stored_file(found).open("rb"),
            as_attachment=True,
            filename=found.name,
            content_type="application/octet-stream",
        )
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
