"""The sweeps of proactive work, as Celery tasks."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from events.queries import database_now
from proactive.services import forgetting, mark_missed, plan_occurrences
from proactive.services.posting import begin_mailings, post_batch
from proactive.services.problems import settle_alerts
from proactive.services.proving import prove_mailings
from proactive.services.settling import settle_problems

_MOST_BATCHES = 50


@shared_task(ignore_result=True)
def sweep_occurrences() -> int:
    """Make missing windows and mark what was missed; safe to lose, to repeat and to run twice at once."""
    at = database_now()
    return plan_occurrences(at=at) + mark_missed(at=at)


@shared_task(ignore_result=True)
def sweep_mailings() -> int:
    """Begin mailings, give the next people theirs, and settle what they fulfil; may be lost or doubled."""
    at = database_now()
    return begin_mailings(at=at) + post_batch(at=at) + prove_mailings(at=at)


@shared_task(ignore_result=True)
def sweep_alerts() -> int:
    """Settle the alerts that wait; safe to lose, to repeat and to run twice at once."""
    done = 0
    for _ in range(_MOST_BATCHES):
        settled = settle_alerts(at=database_now())
        done += settled
        if not settled:
            break
    return done


@shared_task(ignore_result=True)
def forget_alerts() -> int:
    """Let go of alerts older than the installation keeps them."""
    done = 0
    for _ in range(_MOST_BATCHES):
        gone = forgetting.forget_alerts(at=database_now(), days=settings.ALERTS_KEPT_DAYS)
        done += gone
        if not gone:
            break
    return done


@shared_task(ignore_result=True)
def sweep_problems() -> int:
    """Do what time alone changes about problems."""
    return settle_problems(at=database_now())
