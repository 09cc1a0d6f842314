"""Reading the log: a thing's history, a client's feed, and what is still to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from django.db import connection
from django.db.models import Q

from events.domain.actor import Actor
from events.models import Record, RecordQuerySet


def visible_to(actor: Actor) -> RecordQuerySet:
    """Every record of the clients that the actor sees, in sequence.

    Which kinds a contact may read is said by the floor that owns the kind: `tickets.queries.events_for`.
    """
    if actor.sees_every_client:
        return Record.objects.all()
    return Record.objects.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))


def history_of(subject_type: str, subject_id: int) -> list[Record]:
    """Everything recorded about one thing, in sequence; the caller has authorised the thing."""
    return list(Record.objects.of(subject_type, subject_id).select_related("actor"))


def oldest_undispatched_at() -> datetime | None:
    """When the oldest record was made that nobody has been told of yet; None when all are dispatched."""
    return Record.objects.undispatched().values_list("recorded_at", flat=True).first()


def database_now() -> datetime:
    """The moment by the database's clock, which sweeps and leases go by; aware, UTC.

    SQLite has no clock of its own beside this machine's, and stores whole milliseconds of it at best.
    """
    if connection.vendor == "sqlite":
        return datetime.now(tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    return cast(datetime, now).astimezone(UTC)


def feed(actor: Actor, *, after: int = 0, limit: int = 100, kinds: Sequence[str] = ()) -> list[Record]:
    """The next records that the actor's clients caused, oldest first, from behind that sequence number.

    Which facts of a record may be shown to a contact is for the caller, who knows the kinds; see
    `tickets.queries.events_for`.
    """
    rows = visible_to(actor).after(after)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows.order_by("id")[:limit])
