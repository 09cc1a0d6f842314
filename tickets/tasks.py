"""The sweeps of this floor, as tasks of a few lines: any of them may be lost, doubled or late."""

from __future__ import annotations

from celery import shared_task

from events.queries import database_now
from tickets.services import close_due, drop_unsent, forget_presence, mark_overdue_documents


@shared_task
def close_resolved() -> int:
    """Close what was solved and not taken up again within the plan's days."""
    return close_due(at=database_now())


@shared_task
def drop_unsent_files() -> int:
    """Clear away files that nobody sent within a day."""
    return drop_unsent(at=database_now())


@shared_task
def sweep_documents() -> int:
    """Record the documents that a client should have had by now."""
    return mark_overdue_documents(at=database_now())


@shared_task
def forget_who_was_there() -> int:
    """Clear away who had which ticket open some time ago."""
    return forget_presence(at=database_now())
