"""Downloading a file: always through the permission check, always as a file and never as a page."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase

from events.domain.errors import NotHere
from tickets.models import Attachment
from tickets.queries import attachment_for
from tickets.services.attachments import stored_file
from web.gates import portal_page
from web.requests import PortalRequest


@portal_page
def file(request: PortalRequest, attachment_id: int) -> HttpResponseBase:
    """Hand out a file of this client that the reader may see; never an internal note's."""
    found = attachment_for(request.actor, attachment_id)
    if found.client_id != request.client.id:
        raise NotHere
    return download(found)


def download(attachment: Attachment) -> FileResponse:
    """The file as a download that no browser runs: its own name, no sniffing, a sandbox around it."""
    response = FileResponse(
        stored_file(attachment).open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
