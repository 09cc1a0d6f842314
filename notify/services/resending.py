"""Sending something again because a person asks for it; never by itself (F11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, NotAllowed
from events.services import record
from notify import permissions
from notify.bell import poke
from notify.events import DeliverySentAgain
from notify.models import Channel, Delivery, State
from notify.services.bounces import address_of, use_address_again

_SETTLED = (State.DONE, State.FAILED, State.UNKNOWN, State.WITHDRAWN)


@transaction.atomic
def send_again(*, actor: Actor, at: datetime, delivery: Delivery) -> Delivery:
    """Let a settled mail or webhook go out once more under the same id, which tells a copy from news.

    An address that took no mail is tried anew by it. One that is under way, or whose endpoint is suspended,
    is a `Conflict`.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if not permissions.may_send_again(actor, delivery):
        raise NotAllowed("Staff of the client's desk send mails again, its point of contact webhooks.")
    if delivery.due_at is not None or delivery.state not in _SETTLED:
        raise Conflict("This is still under way, or waits for its endpoint to be resumed.")
    delivery.state, delivery.due_at, delivery.created_at = State.WAITING, at, at
    delivery.attempts = delivery.crashes = delivery.doubts = 0
    delivery.handed_over_at = delivery.settled_at = None
    delivery.save()
    if delivery.channel == Channel.EMAIL:
        use_address_again(address=address_of(delivery))
    again = DeliverySentAgain(
        client_id=delivery.client_id,
        subject_id=delivery.pk,
        channel=delivery.channel,
        ticket_id=delivery.ticket_id,
    )
    record(again, at=at, actor=actor)
    poke()
    return delivery
