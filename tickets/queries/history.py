"""What happened on tickets: the history people read, the timeline clocks are folded from, the API's feed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Q

from events import queries as log
from events.domain.actor import Actor
from events.models import Record
from tickets.domain.history import CLIENT_KINDS, KINDS_WITH_VISIBILITY, is_for_client
from tickets.models import Ticket
from tickets.queries.visibility import visible_to

_SUBJECT = "ticket"


def history_of(ticket: Ticket) -> list[Record]:
    """Everything that happened on the ticket, in sequence: for folds, and for `readable` to choose from."""
    return log.history_of(_SUBJECT, ticket.pk)


def events_for(actor: Actor, ticket: Ticket) -> list[Record]:
    """Everything that happened on the ticket and that the actor may read, in sequence.

    The caller has looked the ticket up for this actor.
    """
    return readable(actor, history_of(ticket))


def readable(actor: Actor, records: Sequence[Record]) -> list[Record]:
    """Those of a ticket's records that the actor may read.

    Contacts read only the kinds of `tickets.domain.history`; what a record tells them is for `client_facts`
    there.
    """
    if actor.is_system or actor.sees_internal_notes:
        return list(records)
    return [record for record in records if is_for_client(record.kind, record.data)]


def timeline_of(ticket_ids: Collection[int]) -> dict[int, list[Record]]:
    """Everything recorded about several tickets, each in sequence, in one statement; for sweeps and folds."""
    timelines: dict[int, list[Record]] = {ticket_id: [] for ticket_id in ticket_ids}
    rows = Record.objects.filter(subject_type=_SUBJECT, subject_id__in=timelines).order_by("id")
    for record in rows:
        timelines[record.subject_id].append(record)
    return timelines


def feed(actor: Actor, *, after: int = 0, limit: int = 100) -> list[Record]:
    """The next events on tickets that the actor may read, oldest first, behind that sequence number."""
    records = log.visible_to(actor).filter(
        subject_type=_SUBJECT, subject_id__in=visible_to(actor).values("pk")
    )
    if not (actor.is_system or actor.sees_internal_notes):
        hidden = Q(kind__in=KINDS_WITH_VISIBILITY, data__visibility="internal")
        records = records.filter(kind__in=CLIENT_KINDS).exclude(hidden)
    return list(records.after(after).order_by("id")[:limit])
