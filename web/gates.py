"""Who gets through to a page: every page function wears exactly one of these.

A stranger is sent to sign in; a person on the wrong side (a contact at the desk, staff in a portal, a contact
at another client) gets the same 404 as for an address that does not exist. Rights are read anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from accounts.models import Person
from accounts.queries import actor_for, client_for
from events.domain.errors import NotHere
from web.desk.frame import desk_frame
from web.kept import keep_typed
from web.portal.frame import portal_frame
from web.requests import PageRequest, PortalRequest, StaffRequest

P = ParamSpec("P")
SUCCESS_ROLES = ("csm", "lead", "administrator", "account_executive")
SETUP_ROLES = ("administrator", "account_executive")


def signed_in_page(
    page: Callable[Concatenate[PageRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let everybody through who is signed in; the page itself shows only what is theirs."""

    @wraps(page)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        return page(_settled(request), *args, **kwargs)

    return gate


def staff_page(
    page: Callable[Concatenate[StaffRequest, P], HttpResponseBase], *, roles: tuple[str, ...] = ()
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let staff through, or only those of the given roles; for everybody else there is nothing here."""

    @wraps(page)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        settled = _settled(request)
        if not settled.actor.is_staff or (roles and settled.actor.staff_role not in roles):
            raise NotHere
        settled.frame_builder = desk_frame
        return page(cast("StaffRequest", settled), *args, **kwargs)

    return gate


def success_page(
    page: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let through those who watch over clients."""
    return staff_page(page, roles=SUCCESS_ROLES)


def setup_page(
    page: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let through those who set up clients and contracts."""
    return staff_page(page, roles=SETUP_ROLES)


def administrator_page(
    page: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let administrators through, who alone set up the staff."""
    return staff_page(page, roles=("administrator",))


def portal_page(
    page: Callable[Concatenate[PortalRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let contacts through to the client that the address names (`<str:client>`), if it is theirs."""

    @wraps(page)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        settled = cast("PortalRequest", _settled(request))
        settled.client = client_for(settled.actor, slug=str(kwargs.pop("client")))
        if not settled.actor.role_at(settled.client.id):
            raise NotHere
        settled.zone = ZoneInfo(settled.client.zone)
        settled.frame_builder = portal_frame
        return page(settled, *args, **kwargs)

    return gate


def _settled(request: HttpRequest) -> PageRequest:
    settled = cast("PageRequest", request)
    person = cast("Person", request.user)
    settled.actor = actor_for(person)
    settled.at = timezone.now()
    settled.zone = ZoneInfo(person.zone)
    return settled


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Send a browser to the sign-in page, and from there back to its form, with what was typed in it.

    A fragment's request is answered 401 and nothing is swapped: the page says that one is signed out, and
    keeps what stands in it.
    """
    if getattr(request, "htmx", None):
        return HttpResponse(status=401)
    if request.method == "POST":
        return redirect_to_login(keep_typed(request))
    return redirect_to_login(request.get_full_path())
