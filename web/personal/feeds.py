"""A person's calendar for calendar programs: its private address, and what it gives (P10)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import CalendarFeed, Client
from accounts.queries import actor_for, calendar_feed_by_token, calendar_feed_of
from accounts.services import make_calendar_feed, note_feed_read, revoke_calendar_feed
from events.domain.errors import NotHere
from proactive.printing.calendar_file import calendar_file
from web.fragments import go_to
from web.happenings import Scope, happenings_of
from web.requests import PageRequest

_BACK, _AHEAD = timedelta(days=60), timedelta(days=400)
_HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
#: So many of each kind at most.
MOST = 2_000


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar behind that address, as its person may see it now; an unchanged one is told so."""
    at = timezone.now()
    found = calendar_feed_by_token(token)
    if found is None:
        raise NotHere
    note_feed_read(feed=found, at=at)
    content = _written(found)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    is_known = etag in request.headers.get("If-None-Match", "")
    answer = HttpResponse(status=304) if is_known else HttpResponse(content)
    for name, value in {**_HEADERS, "ETag": etag}.items():
        answer[name] = value
    return answer


def feed_context(request: PageRequest, client: Client | None) -> dict[str, Any]:
    """What the settings say about the person's address, beside the button that makes one."""
    where = {"client": client.slug} if client else {}
    return {
        "feed": calendar_feed_of(request.user, client=client),
        "feed_address": reverse("portal:calendar_feed" if client else "desk:calendar_feed", kwargs=where),
    }


def changed_feed(request: PageRequest, client: Client | None, *, back: str) -> HttpResponse:
    """Make an address and show it this once, or revoke it."""
    if request.method != "POST":
        raise NotHere
    if request.POST.get("act") == "revoke":
        revoke_calendar_feed(actor=request.actor, at=request.at, client=client)
        messages.success(request, "The calendar address opens nothing any more.")
        return go_to(request, back)
    token = make_calendar_feed(actor=request.actor, at=request.at, client=client)
    address = f"{settings.BASE_URL}{reverse('feed', kwargs={'token': token})}"
    answer = render(request, "personal/feed_once.html", {"address": address, "back": back})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _written(found: CalendarFeed) -> bytes:
    zone = ZoneInfo(found.client.zone if found.client else found.person.zone)
    today = timezone.now().astimezone(zone).date()
    scope = Scope(
        actor=actor_for(found.person),
        first_on=today - _BACK,
        last_on=today + _AHEAD,
        zone=zone,
        client_id=found.client_id,
    )
    name = f"Caredesk, {found.client.name}" if found.client else "Caredesk"
    return calendar_file(happenings_of(scope, limit=MOST), name=name, domain=settings.MAIL_DOMAIN)
