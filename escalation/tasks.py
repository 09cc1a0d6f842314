"""The sweeps of escalations, handoffs and absences, as Celery tasks."""

from __future__ import annotations

from celery import shared_task

from escalation.services import sweep, sweep_absences, sweep_follow_ups, sweep_handoffs
from events.queries import database_now


@shared_task(ignore_result=True)
def sweep_escalations() -> int:
    """Climb what was not acknowledged in time; safe to lose, to repeat and to run twice at once."""
    return sweep(at=database_now())


@shared_task(ignore_result=True)
def sweep_handoffs_due() -> int:
    """Ask for briefs and end shifts; safe to lose, to repeat and to run twice at once."""
    return sweep_handoffs(at=database_now())


@shared_task(ignore_result=True)
def stand_in_for_absent() -> int:
    """Give on what comes due while its owner is away; safe to lose, to repeat and to run twice at once."""
    return sweep_absences(at=database_now())


@shared_task(ignore_result=True)
def tell_late_follow_ups() -> int:
    """Tell of makers who should have been asked again; safe to lose, to repeat and to run twice at once."""
    return sweep_follow_ups(at=database_now())
