"""Relating tickets of one client to each other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.links import LinkKind
from tickets.models import Link, Ticket
from tickets.services.linking import store_link
from tickets.services.rows import locked

DEEPEST_FAMILY = 20


@transaction.atomic
def link_tickets(*, actor: Actor, at: datetime, source: Ticket, target: Ticket, kind: str) -> Link:
    """Relate two tickets that the actor sees; both are of one client, else `Invalid`.

    `parent` makes the source the parent; a ticket has one parent, and no ticket is its own ancestor:
    `Conflict`. The same relation again changes nothing.
    """
    first, second = both_locked(actor, source, target)
    if not permissions.may_work(actor, first):
        raise NotAllowed("Staff relate tickets.")
    if kind not in {LinkKind.BLOCKS, LinkKind.DUPLICATES, LinkKind.RELATES, LinkKind.PARENT}:
        raise Invalid("There is no such relation.", fields={"kind": "Choose one of the relations."})
    if kind == LinkKind.PARENT:
        _require_free_child(parent=first, child=second)
    return store_link(actor=actor, at=at, source=first, target=second, kind=kind)


@transaction.atomic
def unlink_tickets(*, actor: Actor, at: datetime, link: Link) -> None:
    """Take a relation away; that it was there stays in the history. Repeating it changes nothing."""
    source = locked(actor, link.source)
    if not permissions.may_work(actor, source):
        raise NotAllowed("Staff relate tickets.")
    gone, _ = Link.objects.filter(pk=link.pk).delete()
    if gone:
        record(
            events.TicketsUnlinked(
                client_id=source.client_id,
                subject_id=source.pk,
                key=source.key,
                target_key=link.target.key,
                link=link.kind,
            ),
            at=at,
            actor=actor,
        )


def both_locked(actor: Actor, source: Ticket, target: Ticket) -> tuple[Ticket, Ticket]:
    """The two tickets, locked in the order of their ids so that two people cannot wait for each other."""
    if source.pk == target.pk:
        raise Invalid("A ticket does not relate to itself.", fields={"target": "Choose another ticket."})
    rows = {ticket.pk: locked(actor, ticket) for ticket in sorted((source, target), key=lambda row: row.pk)}
    first, second = rows[source.pk], rows[target.pk]
    if first.client_id != second.client_id:
        raise Invalid("Tickets of different clients do not relate.", fields={"target": "Not of this client."})
    return first, second


def _require_free_child(*, parent: Ticket, child: Ticket) -> None:
    others = Link.objects.filter(target=child, kind=LinkKind.PARENT).exclude(source=parent)
    if others.exists():
        raise Conflict(f"{child.key} has a parent already.")
    ancestor: int | None = parent.pk
    for _ in range(DEEPEST_FAMILY):
        ancestor = (
            Link.objects.filter(target_id=ancestor, kind=LinkKind.PARENT)
            .values_list("source_id", flat=True)
            .first()
        )
        if ancestor is None:
            return
        if ancestor == child.pk:
            raise Conflict(f"{child.key} is above {parent.key} already.")
    raise Conflict("This family of tickets is too deep.")
