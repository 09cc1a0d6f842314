"""Jumping to anything by a few letters: tickets, clients, and the pages that the reader has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Client
from accounts.queries import clients_visible_to
from tickets.models import Ticket
from tickets.queries import found_by, visible_to
from web.desk.acting import address_of
from web.desk.frame import sections_of
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.requests import StaffRequest

TICKETS, CLIENTS, PAGES = 8, 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somewhere to go: what it is called, what it is, and where."""

    label: str
    about: str
    address: str
    icon: str
    code: str = ""


@staff_page
def jump(request: StaffRequest) -> HttpResponse:
    """Show where the letters lead, as a page or as the list below a field; `go` goes to the first at once."""
    text = request.GET.get("q", "").strip()[:100]
    targets = list(_targets(request, text))
    if request.GET.get("go") and targets:
        return go_to(request, targets[0].address)
    return render_page(request, "desk/jump.html", {"asked": text, "targets": targets}, part="targets")


def _targets(request: StaffRequest, text: str) -> Iterator[Target]:
    """The ticket of that number, pages, clients, then tickets on which the words stand, the latest first."""
    pages = _pages(request)
    if not text:
        yield from pages
        return
    seen = visible_to(request.actor).select_related("client")
    exact = list(seen.filter(key=text.upper()))
    yield from map(_ticket, exact)
    yield from [page for page in pages if _begins(page.label, text)][:PAGES]
    named = Q(name__icontains=text) | Q(key__iexact=text)
    yield from map(_client, clients_visible_to(request.actor).filter(named)[:CLIENTS])
    found = found_by(request.actor, seen, text).exclude(pk__in=[one.pk for one in exact])
    yield from map(_ticket, found.order_by("-id")[:TICKETS])


def _begins(label: str, text: str) -> bool:
    """Whether the name, or one of its words, begins with these letters."""
    asked = text.lower()
    return label.lower().startswith(asked) or any(word.startswith(asked) for word in label.lower().split())


def _ticket(ticket: Ticket) -> Target:
    return Target(
        label=ticket.subject,
        about=ticket.client.name if ticket.is_open else f"{ticket.client.name}, ended",
        address=address_of(ticket),
        icon="ticket",
        code=ticket.key,
    )


def _client(client: Client) -> Target:
    address = f"{reverse('desk:queue')}?client={client.slug}"
    return Target(label=client.name, about="Client", address=address, icon="building-2", code=client.key)


def _pages(request: StaffRequest) -> list[Target]:
    """Every page of its own that this reader has."""
    ways = [
        (item.label, section.title or "Desk", item.address, item.icon)
        for section in sections_of(request)
        for item in section.items
    ]
    if request.actor.staff_role != "account_executive":
        ways.append(("New ticket", "Desk", reverse("desk:new_ticket"), "plus"))
    ways += [
        ("Canned replies", "Desk", reverse("desk:texts"), "text-quote"),
        ("Views of the queue", "Desk", reverse("desk:views"), "bookmark"),
        ("Search", "Desk", reverse("desk:search"), "search"),
        ("Notices", "Desk", reverse("desk:notices"), "bell"),
        ("Your settings", "Desk", reverse("desk:profile"), "settings"),
    ]
    return [Target(label=label, about=about, address=where, icon=icon) for label, about, where, icon in ways]
