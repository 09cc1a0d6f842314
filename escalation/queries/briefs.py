"""What a brief begins with: what the ticket knows already of its client and of the last update."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Person
from escalation.models import Handoff
from events.domain.actor import Actor
from slo.models import Clock
from tickets.models import Message, Ticket
from tickets.queries import followers_of

#: Between these hours of their own clock somebody counts as awake.
_WAKES, _SLEEPS = 7, 22
_SHORT = 300


def brief_beginning(actor: Actor, ticket: Ticket, *, at: datetime) -> dict[str, Any]:
    """The brief as it stands, else what the ticket knows of its client and of the next update.

    Moments in UTC; the caller has authorised the ticket.
    """
    written = (
        Handoff.objects.filter(ticket=ticket, written_at__isnull=False).order_by("-ends_at").first()
        if actor.sees_internal_notes
        else None
    )
    facts = {
        "client_told": _last_word(ticket),
        "next_update_at": _next_update_at(ticket),
        "awake": ", ".join(person.name for person in awake_followers(ticket, at=at)),
    }
    if written is None:
        return facts
    is_current = written.is_open
    kept = {"findings": written.findings, "tried": written.tried, "next_steps": written.next_steps}
    own = {
        "client_told": written.client_told,
        "next_update_at": written.next_update_at,
        "awake": written.awake,
    }
    return facts | kept | (own if is_current else {})


def awake_followers(ticket: Ticket, *, at: datetime) -> list[Person]:
    """The contacts on the ticket for whom it is day now, by their own clocks; by name."""
    people = followers_of(ticket).order_by("name")
    return [one for one in people if _WAKES <= at.astimezone(ZoneInfo(one.zone)).hour < _SLEEPS]


def _last_word(ticket: Ticket) -> str:
    said = Message.objects.public().filter(ticket=ticket, author_kind="staff").order_by("-id").first()
    if said is None or said.redacted_at is not None:
        return ""
    return said.body if len(said.body) <= _SHORT else f"{said.body[:_SHORT].rstrip()}…"


def _next_update_at(ticket: Ticket) -> datetime | None:
    due = Clock.objects.filter(
        ticket=ticket, state="running", objective__in=("status_update", "first_response")
    )
    return due.order_by("due_at").values_list("due_at", flat=True).first()
