"""The OpenAPI documents as they were made and reviewed, and the page to read and try them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Person
from accounts.queries import actor_by_key
from events.domain.errors import NotHere

_FOLDER = Path(__file__).parent
CLIENTS, STAFF = "openapi.json", "openapi-staff.json"


@require_safe
def for_clients(request: HttpRequest) -> HttpResponse:
    """The document for clients; it names nothing that only staff can do or see."""
    return HttpResponse(_read(CLIENTS), content_type="application/json")


@require_safe
def for_staff(request: HttpRequest) -> HttpResponse:
    """The document for the provider's staff: with a staff key, or for a member of staff who is signed in."""
    if not (_is_staff_signed_in(request) or _is_staff_key(request)):
        raise NotHere
    return HttpResponse(_read(STAFF), content_type="application/json")


@require_safe
def viewer(request: HttpRequest) -> HttpResponse:
    """A page on which the document can be read and tried; all of it comes from this installation."""
    document = "api:openapi-staff" if _is_staff_signed_in(request) else "api:openapi"
    return render(request, "api/docs.html", {"document": reverse(document)})


def _is_staff_signed_in(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.works_here


def _is_staff_key(request: HttpRequest) -> bool:
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    try:
        actor, _ = actor_by_key(secret, at=datetime.now(tz=UTC))
    except NotHere:
        return False
    return actor.is_staff


@cache
def _read(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()
