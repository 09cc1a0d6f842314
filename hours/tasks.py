"""The sweeps of paid time; each may run twice or late and does no more for it."""

from __future__ import annotations

from celery import shared_task

from events.queries import database_now
from hours import services


@shared_task
def sweep_periods() -> int:
    """Grant, carry over and expire what is due (H4), then close months whose time has come (H9)."""
    at = database_now()
    return services.grant_periods(at=at) + services.close_months(at=at)


@shared_task
def sweep_timers() -> int:
    """Remind people of timers that they may have forgotten (H8)."""
    return services.remind_idle_timers(at=database_now())
