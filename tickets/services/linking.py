"""Storing that two tickets relate."""

from __future__ import annotations

from datetime import datetime

from events.domain.actor import Actor
from events.services import record
from tickets import events
from tickets.models import Link, Ticket


def store_link(*, actor: Actor, at: datetime, source: Ticket, target: Ticket, kind: str) -> Link:
    """Relate two locked tickets of one client; relating them again in the same way changes nothing."""
    link, is_new = Link.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"client_id": source.client_id, "made_at": at}
    )
    if is_new:
        record(
            events.TicketsLinked(
                client_id=source.client_id,
                subject_id=source.pk,
                key=source.key,
                target_key=target.key,
                link=kind,
            ),
            at=at,
            actor=actor,
        )
    return link
