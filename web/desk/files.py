"""Downloading a file: always through the permission check, always as a file and never as a page."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase

from tickets.queries import attachment_for
from tickets.services.attachments import stored_file
from web.gates import staff_page
from web.requests import StaffRequest


@staff_page
def file(request: StaffRequest, attachment_id: int) -> HttpResponseBase:
    """Hand out a file that the reader may see, under its own name, as something that no browser runs."""
    found = attachment_for(request.actor, attachment_id)
    response = FileResponse(
        stored_file(found).open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
