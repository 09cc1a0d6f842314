"""The bell of the clocks' sweep; what is due stands in the table, so a lost or doubled bell does no harm."""

from __future__ import annotations

from celery import shared_task

from events.queries import database_now
from slo.services import sweep_due

_BATCH = 500
_MOST_BATCHES = 40


@shared_task
def sweep_clocks() -> int:
    """Record all that is at risk or missed by the database's clock; gives how many clocks were due."""
    done = 0
    for _ in range(_MOST_BATCHES):
        swept = sweep_due(at=database_now(), limit=_BATCH)
        done += swept
        if swept < _BATCH:
            break
    return done
