"""The sweeps of the outbox, as Celery tasks: safe to lose, to repeat and to run twice at once."""

from __future__ import annotations

from celery import shared_task

from events.queries import database_now
from notify.services import deliver_due as deliver
from notify.services import dispatch


@shared_task(ignore_result=True)
def dispatch_records() -> int:
    """Make the deliveries of what was recorded and not yet told."""
    return dispatch(at=database_now())


@shared_task(ignore_result=True)
def deliver_due() -> int:
    """Send the mails and webhooks that are due."""
    return deliver(at=database_now())
