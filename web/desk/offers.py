"""What narrows the queue now, and what could narrow it further, each as an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import clients_visible_to, teams
from contracts.queries import offered_plans
from events.domain.errors import NotHere
from tickets.models import Ticket
from web.desk.addresses import same_queue
from web.desk.listing import ON_NOW, RANKS, Narrowing
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

CLIENTS_OFFERED = 500

_NAMES = {
    "client": "Client",
    "rank": "Urgency",
    "kind": "Kind",
    "plan": "Plan",
    "team": "Team",
}
_ALL = (*_NAMES, "text", "solved", "columns")


def filters_of(request: StaffRequest, wanted: Narrowing, shown: Sequence[Ticket]) -> dict[str, Any]:
    """The chips that are on, the menus, and the address without any of them; no statement.

    What a menu offers is fetched when it is opened. What a chip is called stands on the tickets shown.
    """
    chosen = {name: getattr(wanted, name) for name in _NAMES}
    chips = [
        {
            "label": f"{_NAMES[name]}: {_called(name, value, shown)}",
            "address": same_queue(request, **{name: None}),
        }
        for name, value in chosen.items()
        if value
    ]
    if wanted.text:
        chips.append({"label": f"Words: {wanted.text}", "address": same_queue(request, text=None)})
    solved = {"label": "Not solved", "address": same_queue(request, solved=1)}
    return {
        "on": [*chips, *([] if wanted.with_solved else [solved])],
        "offers": [_offer(request, name) for name, value in chosen.items() if not value],
        "clear": same_queue(request, **dict.fromkeys(_ALL)) if chips or wanted.with_solved else "",
    }


@staff_page
def narrow(request: StaffRequest) -> HttpResponse:
    """Show what the queue can be narrowed to (`by`), as the list of a menu or as a page of its own."""
    by = request.GET.get("by", "client")
    if by not in _NAMES:
        raise NotHere
    queue = reverse("desk:queue")
    options = [
        {"label": label, "address": f"{queue}{same_queue(request, **{by: value})}"}
        for value, label in _choices(request, by)
    ]
    context = {"name": _NAMES[by], "options": options, "back": f"{queue}{same_queue(request)}"}
    return render_page(request, "desk/narrow.html", context, part="options")


def _called(name: str, value: str, shown: Sequence[Ticket]) -> str:
    """The words for what is chosen, as the tickets that it left say them; else as the address does."""
    if name == "rank":
        return dict(RANKS)[value]
    if name == "team" and value == ON_NOW:
        return "on now"
    first = shown[0] if shown else None
    if name == "client":
        return first.client.name if first else value.upper()
    if name == "team" and first and first.team:
        return first.team.name
    return value.replace("-", " ").replace("_", " ").capitalize()


def _offer(request: StaffRequest, name: str) -> dict[str, str]:
    rest = same_queue(request).removeprefix("?")
    address = f"{reverse('desk:narrow')}?by={name}"
    return {"label": _NAMES[name], "address": f"{address}&{rest}" if rest else address}


def _choices(request: StaffRequest, by: str) -> list[tuple[str, str]]:
    if by == "client":
        return [(one.slug, one.name) for one in clients_visible_to(request.actor)[:CLIENTS_OFFERED]]
    if by == "team":
        named = [(team.key, f"{team.name} ({team.region})" if team.region else team.name) for team in teams()]
        return [(ON_NOW, "Whoever is on now"), *named]
    if by == "rank":
        return list(RANKS)
    if by == "plan":
        return sorted(((plan.key, plan.title) for plan in offered_plans()), key=lambda pair: pair[1])
    kinds = {kind.code: kind.label for plan in offered_plans() for kind in plan.request_types}
    return sorted(kinds.items(), key=lambda pair: pair[1])
