"""Putting a phone call, screen share or meeting on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from tickets import permissions
from tickets.domain.texts import clean_body, clean_line
from tickets.models import Message, MessageKind, Ticket, Visibility
from tickets.services.rows import locked, require_visibility, save_change
from tickets.services.writing import write_message

LONGEST_CALL_MINUTES = 24 * 60


@transaction.atomic
def log_call(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    body: str,
    people: str,
    minutes: int,
    visibility: str = Visibility.PUBLIC,
) -> Message:
    """Log a conversation by voice as a message of its own kind, with who took part and whole minutes.

    It counts no hours: time is logged in the floor of hours.
    """
    row = locked(actor, ticket)
    require_visibility(visibility)
    if not permissions.may_work(actor, row):
        raise NotAllowed("Staff log calls.")
    faults = {}
    text, names = clean_body(body), clean_line(people)
    if not text.strip():
        faults["body"] = "Say what was agreed."
    if not names:
        faults["people"] = "Say who took part."
    if not 1 <= minutes <= LONGEST_CALL_MINUTES:
        faults["minutes"] = "Whole minutes, at least one and at most a day."
    if faults:
        raise Invalid("Some fields need another look.", fields=faults)
    message = write_message(
        actor=actor,
        at=at,
        ticket=row,
        body=text,
        visibility=visibility,
        kind=MessageKind.CALL,
        call_people=names[:300],
        call_minutes=minutes,
    )
    save_change(row, at=at)
    return message
