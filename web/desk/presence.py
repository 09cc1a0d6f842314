"""Who else is at a ticket: said by every open page of it, and told to the others."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse

from tickets.queries import colleagues_of, present_at
from tickets.queries.working import Present
from tickets.services import note_presence
from web.desk.acting import own_ticket, posted
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

OFFERED = 6


@staff_page
def presence(request: StaffRequest, key: str) -> HttpResponse:
    """Note that the reader is here, and say who else is; an answer that the page knows already is empty."""
    ticket = own_ticket(request, key)
    known = posted(request).get("known", "")
    note_presence(actor=request.actor, at=request.at, ticket=ticket)
    words = words_for(present_at(request.actor, ticket, at=request.at))
    if words == known:
        return HttpResponse(status=204)
    return render_page(request, "desk/ticket/presence.html", {"presence": words})


@staff_page
def colleagues(request: StaffRequest, key: str) -> HttpResponse:
    """Offer the colleagues whom a note can call in, by the letters behind an @."""
    ticket = own_ticket(request, key)
    letters = request.GET.get("q", "").replace(".", " ").strip()[:60]
    found = colleagues_of(ticket).exclude(pk=request.user.pk)
    if letters:
        found = found.filter(Q(name__istartswith=letters) | Q(name__icontains=f" {letters}"))
    return render_page(request, "desk/ticket/colleagues.html", {"people": list(found[:OFFERED])})


def words_for(present: Sequence[Present]) -> str:
    """Who writes and who is only here, in a line; empty where nobody else is."""
    writing = [one.name for one in present if one.is_writing]
    here = [one.name for one in present if not one.is_writing]
    told = []
    if writing:
        told.append(f"{_listed(writing)} {'is' if len(writing) == 1 else 'are'} writing.")
    if here:
        told.append(f"{_listed(here)} {'has' if len(here) == 1 else 'have'} this ticket open.")
    return " ".join(told)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
