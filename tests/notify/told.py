"""Short ways to say in a test who was told what."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Client, Person
from events.domain.actor import SYSTEM, Actor
from events.domain.event import Event
from events.models import Record
from events.services import record
from notify.models import Channel, Delivery, Notice
from notify.services import deliver_due, dispatch
from tests.factories import MONDAY, actor_of, make_desk
from tests.factories.desks import Desk
from tickets.models import Ticket

__all__ = ["Desk", "make_desk"]


def happened(event: Event, *, by: Person | None = None, at: datetime = MONDAY) -> Record:
    """Record an event as its own service would, and give its row."""
    actor: Actor = actor_of(by) if by else SYSTEM
    with transaction.atomic():
        return record(event, at=at, actor=actor)


def mailed(kind: str = "", template: str = "") -> set[str]:
    """The names of those who have a mail in the outbox, of all kinds or of one."""
    rows = Delivery.objects.filter(channel=Channel.EMAIL, person__isnull=False)
    if kind:
        rows = rows.filter(record__kind=kind)
    if template:
        rows = rows.filter(template=template)
    return set(rows.values_list("person__name", flat=True))


def belled(kind: str = "") -> set[str]:
    """The names of those with a line under their bell."""
    rows = Notice.objects.filter(record__kind=kind) if kind else Notice.objects.all()
    return set(rows.values_list("person__name", flat=True))


def names(*people: Person) -> set[str]:
    """The names of these people."""
    return {person.name for person in people}


def tell(at: datetime = MONDAY) -> None:
    """Make every delivery and send what is due, as the sweeps do."""
    while dispatch(at=at):
        continue
    deliver_due(at=at)


def clear() -> None:
    """Let everything before this line count as told, so that a test sees only what follows."""
    Record.objects.update(dispatched_at=MONDAY)
    Delivery.objects.all().delete()
    Notice.objects.all().delete()


def ticket_facts(ticket: Ticket, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever the event takes
    """What every event on that ticket states, and more."""
    return {"client_id": ticket.client_id, "subject_id": ticket.pk, "key": ticket.key, **facts}


def about(client: Client, subject_id: int, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """What every event about a thing of that client states, and more."""
    return {"client_id": client.pk, "subject_id": subject_id, **facts}
