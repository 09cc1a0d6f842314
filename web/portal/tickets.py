"""The client's tickets as a list, with filters in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from tickets.models import Ticket
from tickets.queries import found_by, snippets_for, visible_to
from web.chips import next_dues
from web.fragments import render_page
from web.gates import portal_page
from web.portal.contracts import terms_of_contracts
from web.requests import PortalRequest
from web.ticket_rows import rows_of

PAGE = 50
VIEWS = (("open", "Open"), ("mine", "Filed by me"), ("all", "All"))


@portal_page
def tickets(request: PortalRequest) -> HttpResponse:
    """Show the client's tickets, the last changed first; 50 a page, by keyset."""
    view = request.GET.get("view", "open")
    found = visible_to(request.actor).filter(client=request.client)
    if view == "open":
        found = found.open()
    elif view == "mine":
        found = found.filter(requester_id=request.actor.person_id)
    asked = request.GET.get("q", "").strip()[:200]
    if asked:
        found = found_by(request.actor, found, asked)
    ordered = _after(found, request.GET.get("after", "")).prefetch_related(terms_of_contracts())
    page = list(ordered[: PAGE + 1])
    shown = page[:PAGE]
    context = {
        "rows": rows_of(
            shown,
            next_dues(shown, zone=request.zone, now=request.at),
            snippets=snippets_for(request.actor, [ticket.pk for ticket in shown], asked) if asked else {},
        ),
        "views": [{"key": key, "label": label, "is_current": key == view} for key, label in VIEWS],
        "asked": asked,
        "view": view,
        "after": _cursor(shown[-1]) if len(page) > PAGE else "",
    }
    return render_page(request, "portal/tickets.html", context)


def _after(found: Any, cursor: str) -> Any:  # noqa: ANN401  a queryset of tickets
    ordered = found.order_by("-id")
    return ordered.filter(id__lt=int(cursor)) if cursor.isdecimal() else ordered


def _cursor(ticket: Ticket) -> str:
    return str(ticket.pk)
