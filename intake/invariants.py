"""What must always hold of incoming mail; each check names what breaks it, and an empty answer is health."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Count, F, Q

from events.invariants import Check, named
from events.queries import database_now
from intake.models import ReceivedMail, State
from intake.queries import failing_mailboxes

#: Longer than all tries together take: what is still not sorted then was forgotten.
OLDEST_ALLOWED = timedelta(minutes=15)


def mail_is_sorted() -> list[str]:
    """No received mail has been waiting to be sorted for more than a quarter of an hour."""
    since = database_now() - OLDEST_ALLOWED
    return named(ReceivedMail.objects.filter(state=State.WAITING, received_at__lt=since), "is not sorted")


def mailboxes_are_read() -> list[str]:
    """Every mailbox could be read lately."""
    since = database_now() - OLDEST_ALLOWED
    return [f"{one.name}: {one.fault}" for one in failing_mailboxes().filter(failing_since__lt=since)]


def mail_came_to_something() -> list[str]:
    """A mail that joined or opened a ticket names it with the message; a message came of one mail alone."""
    lost = ReceivedMail.objects.filter(state__in=(State.REPLY, State.TICKET)).filter(
        Q(ticket__isnull=True) | Q(message__isnull=True) | ~Q(message__ticket=F("ticket"))
    )
    twice = (
        ReceivedMail.objects.filter(message__isnull=False)
        .order_by()
        .values("message")
        .annotate(mails=Count("pk"))
        .filter(mails__gt=1)
    )
    doubled = [f"Message {row['message']} came of {row['mails']} mails." for row in twice[:20]]
    return [*named(lost, "does not name what came of it"), *doubled]


INVARIANTS: Final[tuple[tuple[str, Check], ...]] = (
    ("mail: received is sorted", mail_is_sorted),
    ("mail: mailboxes are read", mailboxes_are_read),
    ("mail: each came to something, once", mail_came_to_something),
)
