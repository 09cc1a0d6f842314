"""Reading incoming mail: what a member of staff may see of it, and how long mail has been lying unread."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, QuerySet

from events.domain.actor import Actor
from events.domain.errors import NotHere
from intake.models import Mailbox, ReceivedMail, ReceivedMailQuerySet, State

#: Further than this a badge does not count.
_COUNTED_AT_MOST = 99


def visible_to(actor: Actor) -> ReceivedMailQuerySet:
    """The mails that the actor may read: staff who read internal notes, those of their clients.

    Mails of no known client are for those who see every client. Contacts and integrations see none.
    """
    if not (actor.is_system or (actor.kind == "person" and actor.sees_internal_notes)):
        return ReceivedMail.objects.none()
    if actor.sees_every_client:
        return ReceivedMail.objects.all()
    return ReceivedMail.objects.filter(client__in=actor.client_ids)


def mail_for(actor: Actor, mail_id: int) -> ReceivedMail:
    """The mail of that id, if the actor may read it; else `NotHere`, foreign and missing alike."""
    rows = visible_to(actor).select_related("client", "person", "hint", "ticket", "settled_by", "mailbox")
    found = rows.filter(pk=mail_id).first()
    if found is None:
        raise NotHere
    return found


def held_count(actor: Actor) -> int:
    """How many mails wait for a decision that the actor may take, as far as one counts; one statement."""
    return visible_to(actor).held().order_by().values("pk")[:_COUNTED_AT_MOST].count()


def failing_mailboxes() -> QuerySet[Mailbox]:
    """The mailboxes that cannot be read at the moment."""
    return Mailbox.objects.filter(failing_since__isnull=False).order_by("name")


def oldest_unread_at() -> datetime | None:
    """Since when mail may have been lying unread: received and not sorted, or in a mailbox out of reach."""
    received = ReceivedMail.objects.filter(state=State.WAITING).aggregate(oldest=Min("received_at"))["oldest"]
    beyond = failing_mailboxes().order_by().aggregate(oldest=Min("failing_since"))["oldest"]
    return min(filter(None, (received, beyond)), default=None)
