"""What a page function may rely on: a request whose gate has settled who acts, when, and for which client."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Client, Person
from events.domain.actor import Actor


class PageRequest(HttpRequest):
    """A request that has passed a gate of `web.gates`.

    `at` is the moment of the request, read once, in UTC; `zone` is the zone in which the reader's times are
    shown: a member of staff's own, and for contacts their company's. `frame_builder` makes what stands around
    the page (`web.frames`), when a whole page is drawn.
    """

    htmx: HtmxDetails
    user: Person
    actor: Actor
    at: datetime
    zone: ZoneInfo
    frame_builder: Callable[[Any], Any]


class StaffRequest(PageRequest):
    """A request by a member of staff."""


class PortalRequest(PageRequest):
    """A request by a contact, at the client that the address names and that was checked."""

    client: Client
