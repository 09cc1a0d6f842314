"""What must always hold in the outbox; each check names what breaks it, and an empty answer is health."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from events.invariants import Check, named
from events.queries import database_now
from notify.models import Channel, Delivery, State
from notify.queries import oldest_due_at

#: Longer than any sweep, try or claim takes: what could be told and has waited so long was forgotten.
OLDEST_ALLOWED = timedelta(minutes=10)


def outbox_is_young() -> list[str]:
    """Nothing that could be told now has been waiting for more than ten minutes."""
    oldest = oldest_due_at()
    if oldest is None or database_now() - oldest <= OLDEST_ALLOWED:
        return []
    return [f"The oldest thing to tell has been waiting since {oldest.isoformat()}."]


def nothing_is_stuck() -> list[str]:
    """What is not settled is due at some moment, or waits for an endpoint that is suspended."""
    forgotten = Delivery.objects.filter(state__in=(State.WAITING, State.SENDING), due_at__isnull=True)
    held = Delivery.objects.filter(state=State.SUSPENDED, endpoint__suspended_at__isnull=True)
    return [
        *named(forgotten, "is never tried"),
        *named(held, "waits for an endpoint that is not suspended"),
    ]


def deliveries_have_their_target() -> list[str]:
    """A webhook has its endpoint; a mail has its person, or an address that stands in its record."""
    hooks = Delivery.objects.filter(channel=Channel.WEBHOOK, endpoint__isnull=True)
    mails = Delivery.objects.filter(channel=Channel.EMAIL, person__isnull=True).exclude(
        target__startswith="address:"
    )
    return [*named(hooks, "has no endpoint"), *named(mails, "has no reader")]


def contacts_read_no_notes() -> list[str]:
    """No mail about an internal message is addressed to somebody outside the provider."""
    notes = Delivery.objects.filter(
        channel=Channel.EMAIL, record__kind="message.posted", record__data__visibility="internal"
    )
    return named(notes.filter(person__staff_role=""), "tells a contact of an internal note")


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("outbox: young", outbox_is_young),
    ("outbox: nothing stuck", nothing_is_stuck),
    ("outbox: every delivery has its target", deliveries_have_their_target),
    ("outbox: contacts read no internal notes", contacts_read_no_notes),
)
