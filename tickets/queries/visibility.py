"""Which tickets there are for an actor, and the one authorised look-up."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, Q

from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Participant, Ticket, TicketQuerySet

#: What a key can look like; anything else is not there, and never reaches the database.
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,9}")


def visible_to(actor: Actor) -> TicketQuerySet:
    """The tickets that the actor may read (domain.md §2).

    Members: those that they opened or take part in. Points of contact and observers: all of their client's.
    Engineers, success managers and account executives: those of their clients. Leads, administrators and the
    system: all. An integration: those of its client, of its one contract where it is bound to one.
    """
    found = Ticket.objects.all()
    if actor.contract_id is not None:
        found = found.filter(contract_id=actor.contract_id)
    if actor.sees_every_client:
        return found
    if actor.is_staff:
        return found.filter(client_id__in=actor.client_ids)
    whole = [client_id for client_id, role in actor.roles.items() if role != "member"]
    partly = [client_id for client_id, role in actor.roles.items() if role == "member"]
    reach = Q(client_id__in=whole)
    if partly and actor.person_id is not None:
        taking_part = Participant.objects.filter(ticket=OuterRef("pk"), person_id=actor.person_id)
        own = Q(requester_id=actor.person_id) | Q(Exists(taking_part))
        reach |= Q(client_id__in=partly) & own
    return found.filter(reach)


def ticket_for(actor: Actor, *, key: str, lock: bool = False) -> Ticket:
    """The ticket of that key with its client and contract, if the actor may read it.

    Foreign and missing tickets give the same `NotHere`. With `lock` the row is locked until the transaction
    ends.
    """
    if not _KEY.fullmatch(key):
        raise NotHere
    return _found(actor, Q(key=key.upper()), lock=lock)


def ticket_by_id(actor: Actor, ticket_id: int, *, lock: bool = False) -> Ticket:
    """The same as `ticket_for`, by the row's id: for services that were given a ticket."""
    return _found(actor, Q(pk=ticket_id), lock=lock)


def _found(actor: Actor, wanted: Q, *, lock: bool) -> Ticket:
    rows = (
        visible_to(actor)
        .select_related("client", "contract", "contract__plan_version")
        .defer("contract__plan_version__body")
    )
    if lock:
        # Rows that point here may be made meanwhile: who settles hours of many tickets waits for none.
        rows = rows.select_for_update(of=("self",), no_key=True)
    ticket = rows.filter(wanted).first()
    if ticket is None:
        raise NotHere
    return ticket
