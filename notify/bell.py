"""Waking the worker after a commit; nothing hangs on it, the sweeps find every row without it (F3, F24)."""

from __future__ import annotations

import structlog
from celery import current_app
from django.conf import settings
from django.db import transaction
from prometheus_client import Counter

log = structlog.get_logger(__name__)

UNHEARD = Counter("caredesk_wake_ups_failed", "Wake-ups after a commit that the broker did not take")
_TASKS = ("notify.tasks.dispatch_records", "notify.tasks.deliver_due")
_EXPIRES_SECONDS = 10


def poke() -> None:
    """Ring once after the present transaction, however often it is asked; not at all without a broker."""
    if not settings.WAKE_WORKER:
        return
    waiting = transaction.get_connection().run_on_commit
    if not any(function is _ring for _, function, _ in waiting):
        transaction.on_commit(_ring, robust=True)


def _ring() -> None:
    try:
        for task in _TASKS:
            current_app.send_task(task, retry=False, expires=_EXPIRES_SECONDS, ignore_result=True)
    except Exception:  # noqa: BLE001  # whatever the broker has, the commit stands and the sweep comes
        UNHEARD.inc()
        log.warning("wake_up_failed")
