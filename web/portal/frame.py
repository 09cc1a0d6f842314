"""What stands around a page of the portal."""

from __future__ import annotations

from typing import cast

from django.urls import reverse

from accounts.models import Role
from accounts.queries import clients_visible_to
from notify.queries import unread_count
from web.frames import Frame, NavItem, PortalFrame, Shortcut, initials
from web.requests import PageRequest, PortalRequest

KEYS = (
    Shortcut(keys=("/",), words="Search your tickets"),
    Shortcut(keys=("Esc",), words="Close, leave the field"),
    Shortcut(keys=("?",), words="This list"),
)


#: Ways that only a point of contact has.
_OF_POCS = {"portal:interconnections", "portal:webhooks"}


def portal_frame(request: PageRequest) -> Frame:
    """The portal's frame for this contact at this client: two statements at most."""
    here = cast("PortalRequest", request)
    actor, client = here.actor, here.client
    role = actor.role_at(client.id)
    assert actor.person_id is not None  # noqa: S101  the gate lets only people through
    return PortalFrame(
        home=_at(here, "portal:home"),
        notices=_at(here, "portal:notices"),
        profile=_at(here, "portal:profile"),
        new_ticket="" if role == "observer" else _at(here, "portal:new_ticket"),
        initials=initials(actor.name),
        role=Role(role).label,
        zone=client.zone,
        unread=unread_count(actor.person_id),
        items=_items(here),
        account=_account(here),
        other_clients=_others(here),
        keys=KEYS,
    )


def _items(request: PortalRequest) -> tuple[NavItem, ...]:
    pages = (
        ("Home", "portal:home"),
        ("Tickets", "portal:tickets"),
        ("Hours", "portal:hours"),
        ("Your plan", "portal:plan"),
        ("Report", "portal:report"),
    )
    hidden = {"portal:hours"} if request.actor.role_at(request.client.id) == "member" else set()
    return tuple(_item(request, label, name) for label, name in pages if name not in hidden)


def _account(request: PortalRequest) -> tuple[NavItem, ...]:
    pages = (
        ("Your settings", "portal:profile"),
        (f"People at {request.client.name}", "portal:people"),
        ("Golden rules", "portal:sops"),
        ("Services and reports", "portal:services"),
        ("Calendar", "portal:calendar"),
        ("Questions to your account executive", "portal:commercial"),
        ("Weekend engineers", "portal:bookings"),
        ("Your systems", "portal:systems"),
        ("Interconnections", "portal:interconnections"),
        ("Webhooks", "portal:webhooks"),
    )
    role = request.actor.role_at(request.client.id)
    hidden = set() if role == "poc" else _OF_POCS
    hidden = hidden | ({"portal:bookings"} if role == "member" else set())
    return tuple(_item(request, label, name) for label, name in pages if name not in hidden)


def _others(request: PortalRequest) -> tuple[NavItem, ...]:
    if len(request.actor.roles) < 2:
        return ()
    others = clients_visible_to(request.actor).exclude(id=request.client.id)
    return tuple(
        NavItem(label=other.name, address=reverse("portal:home", kwargs={"client": other.slug}))
        for other in others
    )


def _item(request: PortalRequest, label: str, name: str) -> NavItem:
    address = _at(request, name)
    home = _at(request, "portal:home")
    is_current = request.path == address or (address != home and request.path.startswith(address))
    return NavItem(label=label, address=address, is_current=is_current)


def _at(request: PortalRequest, name: str) -> str:
    return reverse(name, kwargs={"client": request.client.slug})
