"""Beginning to watch an environment: its monitors, its probes, its thresholds and its keys (P8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.domain.secrets import new_secret
from contracts.models import Environment
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed, NotHere
from events.services import record
from proactive.domain.checks import KINDS, Check, Level, Thresholds, are_in_order, usual
from proactive.events.monitoring import (
    MonitoringKeyIssued,
    MonitoringKeyRevoked,
    ThresholdsChanged,
    WatchStarted,
)
from proactive.models import Monitor, MonitoringKey, Probe, Watch
from proactive.permissions import may_watch

LARGEST_THRESHOLD = 1e9


@transaction.atomic
def start_watching(*, actor: Actor, at: datetime, environment: Environment) -> Watch:
    """Give an environment every monitor with its usual thresholds, and probe its public addresses.

    Repeating it adds what is missing and changes nothing else.
    """
    _require_right(actor, environment)
    watch, is_new = Watch.objects.get_or_create(
        environment=environment, defaults={"client_id": environment.client_id, "since": at}
    )
    Monitor.objects.bulk_create([_monitor(environment, check) for check in Check], ignore_conflicts=True)
    follow_addresses(at=at, environment=environment)
    if is_new:
        event = WatchStarted(
            client_id=environment.client_id, subject_id=environment.pk, name=environment.name
        )
        record(event, at=at, actor=actor)
    return watch


def follow_addresses(*, at: datetime, environment: Environment) -> None:
    """Probe exactly the public addresses that the environment has now; earlier ones keep their past."""
    living = [] if environment.retired_at else list(dict.fromkeys(environment.public_urls))
    probes = Probe.objects.filter(environment=environment)
    probes.filter(ended_at__isnull=True).exclude(url__in=living).update(ended_at=at)
    probes.filter(ended_at__isnull=False, url__in=living).update(ended_at=None, due_at=at)
    fresh = [
        Probe(client_id=environment.client_id, environment=environment, url=url[:500], due_at=at)
        for url in living
    ]
    Probe.objects.bulk_create(fresh, ignore_conflicts=True)


@transaction.atomic
def set_thresholds(
    *,
    actor: Actor,
    at: datetime,
    environment: Environment,
    check: Check,
    thresholds: Thresholds,
    is_on: bool = True,
) -> Monitor:
    """Agree on other thresholds for one check; they hold for what is heard from now on.

    Raises `Invalid` where the warning would come after the critical value; no change makes no event.
    """
    _require_right(actor, environment)
    _require_sound(check, thresholds)
    monitor = Monitor.objects.select_for_update().filter(environment=environment, check_name=check).first()
    if monitor is None:
        raise NotHere
    after = {
        "warning": thresholds.warning,
        "critical": thresholds.critical,
        "opens_from": thresholds.opens_from.value,
        "is_on": is_on,
    }
    changed: dict[str, Any] = {
        name: [getattr(monitor, name), value]
        for name, value in after.items()
        if getattr(monitor, name) != value
    }
    if changed:
        for name in changed:
            setattr(monitor, name, after[name])
        monitor.save(update_fields=list(changed))
        event = ThresholdsChanged(
            client_id=environment.client_id, subject_id=environment.pk, check=check.value, changed=changed
        )
        record(event, at=at, actor=actor)
    return monitor


@transaction.atomic
def issue_monitoring_key(
    *, actor: Actor, at: datetime, environment: Environment, name: str
) -> tuple[MonitoringKey, str]:
    """Issue a key that sends alerts of this environment and does nothing else; the secret is told once."""
    _require_right(actor, environment)
    if not name.strip():
        raise Invalid("A key needs a name.", fields={"name": "Say which system uses it."})
    start_watching(actor=actor, at=at, environment=environment)
    secret = new_secret()
    key = MonitoringKey.objects.create(
        client_id=environment.client_id,
        environment=environment,
        name=name.strip()[:120],
        prefix=secret.prefix,
        digest=secret.digest,
        created_at=at,
    )
    event = MonitoringKeyIssued(
        client_id=key.client_id, subject_id=environment.pk, name=key.name, prefix=key.prefix
    )
    record(event, at=at, actor=actor)
    return key, secret.text


@transaction.atomic
def revoke_monitoring_key(*, actor: Actor, at: datetime, key: MonitoringKey) -> None:
    """Let a key open nothing any more, at once; what came with it stays. Repeating it changes nothing."""
    _require_right(actor, key.environment)
    if MonitoringKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
        event = MonitoringKeyRevoked(
            client_id=key.client_id, subject_id=key.environment_id, prefix=key.prefix
        )
        record(event, at=at, actor=actor)


def _monitor(environment: Environment, check: Check) -> Monitor:
    thresholds = usual(check)
    return Monitor(
        client_id=environment.client_id,
        environment=environment,
        check_name=check.value,
        warning=thresholds.warning,
        critical=thresholds.critical,
        opens_from=thresholds.opens_from.value,
    )


def _require_right(actor: Actor, environment: Environment) -> None:
    if not actor.sees_client(environment.client_id):
        raise NotHere
    if not may_watch(actor, environment.client_id):
        raise NotAllowed("Staff who look after the client set up its monitoring.")
    if environment.retired_at is not None:
        raise Invalid("This system is not covered any more.")


def _require_sound(check: Check, thresholds: Thresholds) -> None:
    if thresholds.opens_from is Level.OK:
        raise Invalid(
            "A ticket opens from a warning on, or when it is critical.", fields={"opens_from": "Choose one."}
        )
    values = {"warning": thresholds.warning, "critical": thresholds.critical}
    faults = {
        name: "A number from 0 up."
        for name, value in values.items()
        if value is not None and not 0 <= value <= LARGEST_THRESHOLD
    }
    if not faults and not are_in_order(check, **values):
        order = "under" if KINDS[check].falls else "over"
        faults["critical"] = f"The critical value lies {order} the warning."
    if faults:
        raise Invalid("The thresholds need another look.", fields=faults)
