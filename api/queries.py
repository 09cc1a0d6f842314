"""The feed of events for callers: what happened on the tickets and contracts that they see, in sequence."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from contracts.queries import visible_to as contracts_visible_to
from events.domain.actor import Actor
from events.models import Record
from events.queries import settled_sequence
from events.queries import visible_to as records_visible_to
from notify.payloads import PUBLIC_FACTS
from tickets.domain.history import CLIENT_KINDS, KINDS_WITH_VISIBILITY
from tickets.queries import visible_to as tickets_visible_to

_OF_CONTRACTS = frozenset(PUBLIC_FACTS) - CLIENT_KINDS


def feed(actor: Actor, *, after: int) -> QuerySet[Record]:
    """The records that the actor may read behind that sequence number, oldest first.

    It ends before the first number that a slower transaction may still fill, so that no caller passes it by.
    """
    settled = settled_sequence()
    on_tickets = Q(subject_type="ticket", subject_id__in=tickets_visible_to(actor).values("pk"))
    on_contracts = Q(subject_type="contract", subject_id__in=contracts_visible_to(actor).values("pk"))
    if not actor.sees_internal_notes:
        hidden = Q(kind__in=KINDS_WITH_VISIBILITY, data__visibility="internal")
        on_tickets &= Q(kind__in=CLIENT_KINDS) & ~hidden
        on_contracts &= Q(kind__in=_OF_CONTRACTS)
    found = records_visible_to(actor).filter(on_tickets | on_contracts)
    if settled is not None:
        found = found.filter(id__lte=settled)
    return found.after(after).order_by("id")
