"""A ticket of a client's own system, taken over through an interconnection's maps (X2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from contracts.domain.mapping import NEEDED, OUR_FIELDS, Inward, Maps
from contracts.models import Interconnection
from contracts.queries import maps_of
from events.domain.actor import Actor
from events.domain.errors import DomainError, Invalid, NotHere
from tickets.domain.lifecycle import Status
from tickets.domain.texts import clean_line
from tickets.models import Ticket
from tickets.queries import visible_to
from tickets.services import change_details, change_status, open_ticket, reclassify

#: What a client's system may make of a ticket whatever its state says; the rest is for staff.
_ENDS = (Status.CLOSED.value, Status.CANCELLED.value)
_CLASS = ("urgency", "request_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a ticket of theirs: ours, whether it is new, and by field what was left as it was."""

    ticket: Ticket
    is_new: bool
    left: Mapping[str, str] = field(default_factory=dict)


def read_theirs(maps: Maps, theirs: Mapping[str, Any]) -> Inward:
    """A ticket of theirs in our words; what opening needs and the maps do not yield is a fault."""
    found = maps.inward(theirs)
    missing = {
        name: f"{OUR_FIELDS[name]}: nothing of theirs is mapped to it, or it was not sent."
        for name in NEEDED
        if not found.ticket.get(name) and name not in found.faults
    }
    return Inward(ticket=found.ticket, faults={**missing, **found.faults})


@transaction.atomic
def take_over(
    *, actor: Actor, at: datetime, interconnection: Interconnection, theirs: Mapping[str, Any]
) -> Taken:
    """Open a ticket of theirs here, or bring the one that has its reference up to what they say.

    Sending the same again changes nothing. What they may not decide, or say in words that no map knows, is
    left as it is and told; an urgency, a kind or a text that cannot be read at the opening is `Invalid`.
    """
    if not interconnection.is_in_force or actor.interconnection_id != interconnection.pk:
        raise NotHere
    maps = maps_of(interconnection)
    read = read_theirs(maps, theirs)
    reference = clean_line(read.ticket.get("external_reference", ""))[:120]
    if not reference:
        raise Invalid("Their ticket has no number.", fields=read.faults)
    known = Ticket.objects.filter(interconnection=interconnection, external_reference=reference)
    ticket = known.first()
    if ticket is not None:
        return _brought_up(actor, at, ticket, read, maps)
    needed = {name: words for name, words in read.faults.items() if name in (*NEEDED, "category")}
    if needed:
        raise Invalid("The maps do not say what this ticket is.", fields=needed)
    opened = open_ticket(
        actor=actor,
        at=at,
        contract=interconnection.contract,
        channel="api",
        request_type=read.ticket["request_type"],
        urgency=read.ticket["urgency"],
        category=read.ticket.get("category", ""),
        subject=read.ticket["subject"],
        description=read.ticket.get("description") or read.ticket["subject"],
        external_reference=reference,
    )
    return Taken(ticket=opened, is_new=True, left={})


def _brought_up(actor: Actor, at: datetime, ticket: Ticket, read: Inward, maps: Maps) -> Taken:
    """Change what they say otherwise, field by field; each refusal leaves its field and is told."""
    found = visible_to(actor).filter(pk=ticket.pk).select_related("client", "contract").first()
    if found is None:
        raise NotHere
    act: dict[str, Any] = {"actor": actor, "at": at, "ticket": found}
    left = {name: words for name, words in read.faults.items() if name in OUR_FIELDS}
    news: dict[str, Any] = {
        name: read.ticket[name] for name in _CLASS if read.ticket.get(name, "") not in ("", _of(found, name))
    }
    if news:
        _tried(left, *news, change=lambda: reclassify(**act, **news))
    subject = clean_line(read.ticket.get("subject", ""))
    if subject and subject != found.subject:
        _tried(left, "subject", change=lambda: change_details(**act, subject=subject))
    to = read.ticket.get("status", "")
    if to and to != found.status and _is_theirs_to_say(found, to, maps):
        _tried(left, "status", change=lambda: change_status(**act, to=to))
    found.refresh_from_db()
    return Taken(ticket=found, is_new=False, left=left)


def _of(ticket: Ticket, name: str) -> str:
    value: str = getattr(ticket, name)
    return value


def _is_theirs_to_say(ticket: Ticket, to: str, maps: Maps) -> bool:
    """A state that they have no word for is not undone by theirs: they cannot know of it."""
    return to in _ENDS or ticket.status in {ours for _, ours in maps.states}


def _tried(left: dict[str, str], *names: str, change: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            change()
    except DomainError as refusal:
        left.update(dict.fromkeys(names, refusal.detail))
