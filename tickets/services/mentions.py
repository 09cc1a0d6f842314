"""Colleagues named in an internal note watch its ticket from then on."""

from __future__ import annotations

from datetime import datetime

from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.domain.mentions import mentioned_in
from tickets.models import Ticket, Visibility, Watcher
from tickets.queries import colleagues_of


def call_in_mentioned(*, actor: Actor, at: datetime, ticket: Ticket, body: str, visibility: str) -> None:
    """Let those whom a note names watch the locked ticket, before the note is recorded and told of.

    Only staff who read this client's notes are meant by a name; naming a watcher again changes nothing. Text
    without an @ costs no statement.
    """
    if visibility != Visibility.INTERNAL or "@" not in body:
        return
    names = dict(colleagues_of(ticket).values_list("pk", "name"))
    named = [pk for pk in mentioned_in(body, names) if pk != actor.person_id]
    there = set(
        Watcher.objects.filter(ticket=ticket, person_id__in=named).values_list("person_id", flat=True)
    )
    new = [pk for pk in named if pk not in there]
    Watcher.objects.bulk_create(
        Watcher(client_id=ticket.client_id, ticket=ticket, person_id=pk, since=at) for pk in new
    )
    for pk in new:
        changed = events.TicketDetailsChanged(
            client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, changes={"watcher": [None, pk]}
        )
        record(changed, at=at, actor=actor)
