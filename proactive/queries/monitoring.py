"""Reading what is watched and what is wrong, for the clients that the actor sees; and whose a key is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from hmac import compare_digest

from django.db.models import Count, Min, Q, QuerySet

from accounts.domain.secrets import digest_of, split_secret
from contracts.models import Environment
from events.domain.actor import Actor
from events.domain.errors import NotHere
from proactive.models import Alert, Monitor, MonitoringKey, Outcome, Probe, ProbeDay, Problem, Receipt


def monitoring_key_of(secret: str) -> MonitoringKey:
    """The living key of that secret, with its environment; `NotHere` for anything else.

    The environment of the key decides whose alerts they are, and nothing that is in them.
    """
    prefix = split_secret(secret)
    keys = MonitoringKey.objects.select_related("environment")
    key = keys.filter(prefix=prefix).first() if prefix else None
    is_right = key is not None and compare_digest(key.digest, digest_of(secret))
    if key is None or not is_right or key.revoked_at is not None or key.environment.retired_at is not None:
        raise NotHere("This monitoring key does not open anything.")
    return key


def problems_visible_to(actor: Actor) -> QuerySet[Problem]:
    """The problems of the clients that the actor sees, what was heard of last first.

    A key or a member of one contract alone sees those of that contract's environments.
    """
    found = Problem.objects.select_related("client", "environment", "ticket")
    if actor.contract_id is not None:
        found = found.filter(environment__contract_id=actor.contract_id)
    if actor.sees_every_client:
        return found
    return found.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=list(actor.roles)))


def problem_for(actor: Actor, *, problem_id: int) -> Problem:
    """One problem, if the actor may see it; else `NotHere`."""
    problem = problems_visible_to(actor).filter(pk=problem_id).first()
    if problem is None:
        raise NotHere
    return problem


def alerts_of(problem: Problem, *, limit: int) -> list[Alert]:
    """The latest alerts of a problem with their raw forms, the caller having authorised the problem."""
    found = Alert.objects.filter(
        environment_id=problem.environment_id, fingerprint=problem.fingerprint, at__gte=problem.first_at
    )
    if problem.ended_at is not None:
        found = found.filter(at__lte=problem.ended_at)
    return list(found.select_related("receipt").order_by("-id")[:limit])


def oldest_unsettled_at() -> datetime | None:
    """Since when the oldest alert that nobody looked at waits; None when none does."""
    waiting = Alert.objects.filter(outcome=Outcome.PENDING).aggregate(oldest=Min("at"))
    oldest: datetime | None = waiting["oldest"]
    return oldest


def failing(problems: QuerySet[Problem]) -> QuerySet[Problem]:
    """Those of them that are on now."""
    return problems.filter(ended_at__isnull=True, recovered_at__isnull=True)


def problem_counts(actor: Actor) -> dict[str, int]:
    """How many problems are on, silent, and well again with a ticket still open; one statement."""
    living = problems_visible_to(actor).order_by().filter(ended_at__isnull=True)
    on = Q(recovered_at__isnull=True)
    counted: dict[str, int] = living.aggregate(
        failing=Count("id", filter=on & Q(ticket__isnull=False)),
        silent=Count("id", filter=on & Q(ticket__isnull=True)),
        recovered=Count("id", filter=~on),
    )
    return counted


def problems_of_ticket(ticket_id: int, *, limit: int = 20) -> QuerySet[Problem]:
    """What monitoring says about a ticket, the caller having authorised the ticket."""
    return Problem.objects.filter(ticket_id=ticket_id).select_related("environment")[:limit]


def monitors_of(environment: Environment) -> list[Monitor]:
    """The environment's monitors in the order of the checks, the caller having authorised it."""
    return list(Monitor.objects.filter(environment=environment))


def probes_of(environments: Iterable[Environment]) -> list[Probe]:
    """The addresses that are probed now, of those environments."""
    found = Probe.objects.filter(environment__in=list(environments), ended_at__isnull=True)
    return list(found.order_by("environment_id", "url"))


def days_of(probes: Iterable[Probe], *, since: date) -> list[ProbeDay]:
    """How those addresses answered day by day since that date."""
    return list(ProbeDay.objects.filter(probe__in=list(probes), day__gte=since).order_by("probe_id", "day"))


def keys_of(environment: Environment) -> list[MonitoringKey]:
    """The environment's keys, the newest first, the caller having authorised it."""
    return list(MonitoringKey.objects.filter(environment=environment))


def refused_receipts(environment: Environment, *, limit: int = 10) -> list[Receipt]:
    """The latest messages that nobody could read, with why."""
    found = Receipt.objects.filter(environment=environment).exclude(fault="").order_by("-id")
    return list(found.select_related("key")[:limit])


def key_for(actor: Actor, *, key_id: int) -> MonitoringKey:
    """One key, if the actor sees its client; else `NotHere`."""
    key = MonitoringKey.objects.select_related("environment__contract__client").filter(pk=key_id).first()
    if key is None or not actor.sees_client(key.client_id):
        raise NotHere
    return key
