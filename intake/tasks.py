"""The sweeps of what comes in, as Celery tasks: safe to lose, to repeat and to run twice at once."""

from __future__ import annotations

from celery import shared_task

from events.queries import database_now
from intake.feeds import read_due_feed
from intake.probing import probe_due
from intake.services import fetch_mail, make_due_exports, sort_mail


@shared_task(ignore_result=True)
def sweep_probes() -> int:
    """Call the public addresses that are due."""
    return probe_due()


@shared_task(ignore_result=True)
def fetch_unread_mail() -> int:
    """Fetch what lies unread in the mailbox."""
    return fetch_mail(at=database_now())


@shared_task(ignore_result=True)
def sort_received_mail() -> int:
    """Sort what was fetched into replies, tickets and reports."""
    return sort_mail(at=database_now())


@shared_task(ignore_result=True, soft_time_limit=900, time_limit=960)
def sweep_advisories() -> int:
    """Read the feed of vulnerabilities when it is due; killed, the next run does the rest."""
    return read_due_feed()


@shared_task(ignore_result=True, soft_time_limit=3600, time_limit=3660)
def sweep_exports() -> int:
    """Make the exports that were asked for; killed, another run takes them up when the claim has run out."""
    return make_due_exports(at=database_now())
