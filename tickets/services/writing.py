"""Storing one message and recording that it was posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.models import Message, Ticket
from tickets.services.finding import store_words, words_of_message
from tickets.services.rows import author_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMail:
    """That a message came by mail, and what the mail quoted below its words."""

    quoted: str = ""


def write_message(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    body: str,
    visibility: str,
    kind: str,
    submission_id: str | None = None,
    call_people: str = "",
    call_minutes: int | None = None,
    quoted: str = "",
) -> Message:
    """Store the message of a locked ticket and record it; the caller has checked right and text."""
    message = Message.objects.create(
        client_id=ticket.client_id,
        ticket=ticket,
        kind=kind,
        visibility=visibility,
        author_id=actor.person_id,
        author_kind=author_kind(actor),
        author_name=actor.name,
        body=body,
        quoted=quoted,
        at=at,
        submission_id=submission_id or None,
        call_people=call_people,
        call_minutes=call_minutes,
    )
    store_words(words_of_message(message))
    record(
        events.MessagePosted(
            client_id=ticket.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            message_id=message.pk,
            visibility=visibility,
            author_kind=message.author_kind,
            message_kind=kind,
        ),
        at=at,
        actor=actor,
    )
    return message
