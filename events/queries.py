"""Reading the log: a thing's history, a client's feed, and what is still to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from django.db import connection
from django.db.models import Q

from events.domain.actor import Actor
from events.models import Record, RecordQuerySet

#: The least number before which a transaction that still runs took its own; by the locks that carry them.
_RECORDING_NOW = """
    SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 17220
      AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


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


def settled_sequence() -> int | None:
    """Up to which number nothing can appear any more that is not there yet; None where none can at all.

    The last number given out is read before the locks of those who record (`0003_who_records_now`): whoever
    took a number up to it holds a lock, or has ended and is seen. SQLite has one writer, in sequence.
    """
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM events_record_id_seq")
        (last,) = cursor.fetchone()
        cursor.execute(_RECORDING_NOW)
        (before,) = cursor.fetchone()
    return int(last if before is None else min(last, before))


def feed(actor: Actor, *, after: int = 0, limit: int = 100, kinds: Sequence[str] = ()) -> list[Record]:
    """The next records that the actor's clients caused, oldest first, from behind that sequence number.

    None behind one that may still appear: who goes on from the last that they got misses nothing.

    Which facts of a record may be shown to a contact is for the caller, who knows the kinds; see
    `tickets.queries.events_for`.
    """
    settled = settled_sequence()
    rows = visible_to(actor).after(after)
    if settled is not None:
        rows = rows.filter(id__lte=settled)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows.order_by("id")[:limit])
