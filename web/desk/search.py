"""Searching: tickets by number and by every word that stands on them, clients and people by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse

from accounts.models import Membership
from accounts.queries import clients_visible_to
from tickets.domain.finding import Part, asked_words, marked
from tickets.models import Ticket, TicketQuerySet
from tickets.queries import Snippet, found_by, snippets_for, visible_to
from web.desk.acting import address_of
from web.desk.rows import Row, rows_of
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.requests import StaffRequest

PAGE = 50
FEW = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A ticket that fits: its line, its subject with the words marked, and the message that has them."""

    row: Row
    subject: Sequence[Part]
    snippet: Snippet | None


@staff_page
def search(request: StaffRequest) -> HttpResponse:
    """Show what fits, the latest tickets first; the number of one ticket leads straight to it."""
    text = request.GET.get("q", "").strip()[:200]
    if not text:
        return render_page(request, "desk/search.html", {"asked": ""})
    exact = visible_to(request.actor).filter(key=text.upper()).first()
    if exact is not None:
        return go_to(request, address_of(exact))
    found = _behind(found_by(request.actor, visible_to(request.actor), text), request.GET.get("after", ""))
    page = list(found.select_related("client", "assignee", "team")[: PAGE + 1])
    shown = page[:PAGE]
    context = {
        "asked": text,
        "hits": _hits(request, shown, text),
        "after": str(shown[-1].pk) if len(page) > PAGE else "",
        **_others(request, text),
    }
    return render_page(request, "desk/search.html", context)


def _behind(found: TicketQuerySet, after: str) -> TicketQuerySet:
    ordered = found.order_by("-id")
    return ordered.filter(id__lt=int(after)) if after.isdecimal() else ordered


def _hits(request: StaffRequest, shown: Sequence[Ticket], text: str) -> list[Hit]:
    """The lines of a page; six statements however many there are."""
    words = asked_words(text)
    snippets = snippets_for(request.actor, [ticket.pk for ticket in shown], text)
    rows = rows_of(shown, person_id=request.actor.person_id, zone=request.zone, now=request.at)
    return [
        Hit(row=row, subject=marked(row.ticket.subject, words), snippet=snippets.get(row.ticket.pk))
        for row in rows
    ]


def _others(request: StaffRequest, text: str) -> dict[str, Any]:
    """Clients, and contacts of clients that the reader sees."""
    clients = clients_visible_to(request.actor)
    people = Membership.objects.filter(
        Q(person__name__icontains=text) | Q(person__email__icontains=text),
        client__in=clients,
        ended_at__isnull=True,
    )
    return {
        "clients": list(clients.filter(Q(name__icontains=text) | Q(key__iexact=text))[:FEW]),
        "people": list(people.select_related("person", "client").order_by("person__name")[:FEW]),
    }
