"""Everything of a client as one file: asked for, watched while it is made, fetched once."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.queries import client_for
from events.domain.errors import NotHere
from intake.models import ClientExport
from intake.services import ask_for_export, fetch_export
from web.fragments import render_page
from web.gates import administrator_page
from web.requests import StaffRequest
from web.setup.acting import done, posted

SHOWN = 20


@administrator_page
def exports(request: StaffRequest, client: str) -> HttpResponse:
    """Show what was asked for and how far it is; ask for another one."""
    found = client_for(request.actor, slug=client)
    if request.method == "POST":
        ask_for_export(actor=request.actor, at=request.at, client=found)
        return done(request, "It is made now; you may leave this page.", _address(found.slug))
    rows = list(ClientExport.objects.filter(client=found).select_related("asked_by", "fetched_by")[:SHOWN])
    is_busy = any(row.due_at is not None for row in rows)
    asks = not is_busy and not any(row.state == "ready" for row in rows)
    context = {"one": found, "rows": rows, "is_busy": is_busy, "asks": asks}
    return render_page(request, "setup/exports.html", context, part="rows")


@administrator_page
def fetch(request: StaffRequest, client: str, export_id: int) -> HttpResponseBase:
    """Hand the file over, this once; no browser keeps it."""
    posted(request)
    found = client_for(request.actor, slug=client)
    export = ClientExport.objects.filter(client=found, pk=export_id).first()
    if export is None:
        raise NotHere
    file = fetch_export(actor=request.actor, at=request.at, export=export)
    name = f"{found.slug}-{request.at:%Y-%m-%d}.zip"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "no-store"
    return answer


def _address(slug: str) -> str:
    return reverse("setup:exports", kwargs={"client": slug})
