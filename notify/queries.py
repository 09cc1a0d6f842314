"""Reading the outbox: its age, the fate of a message's mails, an endpoint's deliveries, a person's bell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from accounts.models import Client, Person
from events.domain.actor import Actor
from events.domain.errors import NotHere
from events.queries import database_now, oldest_undispatched_at
from notify.domain.rights import manages_endpoints, repeats_hooks, repeats_mails
from notify.models import Channel, Delivery, Endpoint, Notice, Preference, State
from notify.routing import BELL, GROUPS, MAIL
from tickets.models import Ticket


def oldest_due_at() -> datetime | None:
    """Since when the oldest thing that could be told now has been waiting; None when nothing waits.

    What waits for its next try, for an earlier mail or for a resting endpoint is not late by our doing, nor
    is what was written to many.
    """
    due = Delivery.objects.due(database_now()).filter(is_bulk=False).aggregate(oldest=Min("due_at"))["oldest"]
    return min(filter(None, (due, oldest_undispatched_at())), default=None)


def deliveries_of(record_ids: Iterable[int]) -> dict[int, list[Delivery]]:
    """The deliveries of each record, in one statement."""
    found: defaultdict[int, list[Delivery]] = defaultdict(list)
    for delivery in Delivery.objects.filter(record__in=list(record_ids)).select_related("person"):
        found[delivery.record_id].append(delivery)
    return dict(found)


def mails_of_messages(ticket: Ticket) -> dict[int, list[Delivery]]:
    """For staff: what became of each message's mails on a ticket, by the message's id, in one statement."""
    found: defaultdict[int, list[Delivery]] = defaultdict(list)
    mails = Delivery.objects.filter(
        ticket=ticket, channel=Channel.EMAIL, record__kind__in=("message.posted", "ticket.opened")
    )
    for delivery in mails.select_related("record", "person"):
        found[int(delivery.record.data.get("message_id") or 0)].append(delivery)
    return dict(found)


def trouble_visible_to(actor: Actor) -> QuerySet[Delivery]:
    """For staff: mails and webhooks of their clients that did not arrive, or perhaps not, newest first."""
    if not actor.is_staff and not actor.is_system:
        return Delivery.objects.none()
    found = Delivery.objects.filter(
        Q(state__in=(State.FAILED, State.UNKNOWN)) | Q(doubts__gt=0, due_at__isnull=False)
    )
    if not actor.sees_every_client:
        found = found.filter(client__in=actor.client_ids)
    return found.select_related("record", "person", "endpoint", "ticket").order_by("-id")


def endpoints_of(actor: Actor, client: Client) -> QuerySet[Endpoint]:
    """The client's endpoints, for those who manage them; for everybody else there are none."""
    if not manages_endpoints(actor, client.pk):
        return Endpoint.objects.none()
    return Endpoint.objects.living().filter(client=client)


def endpoint_for(actor: Actor, endpoint_id: int) -> Endpoint:
    """The endpoint of that id, if the actor manages it; else `NotHere`, foreign and missing alike."""
    endpoint = Endpoint.objects.living().select_related("client").filter(id=endpoint_id).first()
    if endpoint is None or not manages_endpoints(actor, endpoint.client_id):
        raise NotHere
    return endpoint


def deliveries_to(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Everything that went or goes to an endpoint, newest first; the caller has authorised the endpoint."""
    return Delivery.objects.filter(endpoint=endpoint).select_related("record").order_by("-id")


def delivery_for(actor: Actor, delivery_id: int) -> Delivery:
    """The delivery of that id with its attempts, if the actor may repeat it; else `NotHere`."""
    delivery = Delivery.objects.select_related("record", "endpoint", "person").filter(id=delivery_id).first()
    if delivery is None:
        raise NotHere
    is_hook = delivery.channel == Channel.WEBHOOK and delivery.client_id is not None
    client_id = delivery.client_id
    if not (repeats_hooks(actor, client_id or 0) if is_hook else repeats_mails(actor, client_id)):
        raise NotHere
    return delivery


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The lines under the actor's bell, the newest first; none of a client that they no longer see."""
    own = Notice.objects.filter(person_id=actor.person_id) if actor.person_id else Notice.objects.none()
    if actor.sees_every_client:
        return own
    seen = [*actor.roles, *actor.client_ids]
    return own.filter(Q(client__isnull=True) | Q(client__in=seen))


def unread_count(person_id: int) -> int:
    """How many lines under somebody's bell are unread."""
    return Notice.objects.unread().filter(person_id=person_id).count()


def preferences_of(person: Person) -> dict[tuple[str, str], str]:
    """What the person chose for each group and channel; where nothing was chosen, at once."""
    chosen = {(row.group, row.channel): row.choice for row in Preference.objects.filter(person=person)}
    return {(group, way): chosen.get((group, way), "on") for group in GROUPS for way in (MAIL, BELL)}
