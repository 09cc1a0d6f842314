"""Taking in what a monitoring system says: the raw form and its alerts, in one transaction, and nothing else.

What the alerts amount to is settled by the sweep, from these rows: a door answers in constant time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from contracts.models import Environment
from events.fail_points import crash_here
from proactive.domain.signals import Signal
from proactive.models import Alert, MonitoringKey, Receipt

#: How many unreadable messages of one key are kept in an hour; the sender hears of every one of them.
MOST_REFUSED_KEPT = 60
FAULT_LIMIT = 500
BODY_KEPT = 64 * 1024


@transaction.atomic
def receive_alerts(
    *, at: datetime, key: MonitoringKey, source: str, body: str, signals: Sequence[Signal]
) -> Receipt:
    """Keep a message and its alerts; `at` is the moment of receipt, at which a ticket's clocks start (S1)."""
    receipt = Receipt.objects.create(
        client_id=key.client_id,
        environment_id=key.environment_id,
        key=key,
        source=source,
        received_at=at,
        body=_kept(body),
    )
    keep_signals(at=at, environment=key.environment, signals=signals, receipt=receipt)
    _note_used(key, at)
    crash_here("alerts_received")
    return receipt


@transaction.atomic
def receive_unreadable(*, at: datetime, key: MonitoringKey, source: str, body: str, fault: str) -> None:
    """Keep a message that nobody could read, with why; of a stream of them, the first of each hour."""
    recent = Receipt.objects.filter(
        environment_id=key.environment_id, received_at__gt=at - timedelta(hours=1)
    )
    if recent.exclude(fault="").filter(key=key)[:MOST_REFUSED_KEPT].count() < MOST_REFUSED_KEPT:
        Receipt.objects.create(
            client_id=key.client_id,
            environment_id=key.environment_id,
            key=key,
            source=source,
            received_at=at,
            body=_kept(body),
            fault=fault[:FAULT_LIMIT],
        )
    _note_used(key, at)


def keep_signals(
    *, at: datetime, environment: Environment, signals: Sequence[Signal], receipt: Receipt | None = None
) -> list[Alert]:
    """Keep signals as alerts that wait to be looked at; one statement for any number of them."""
    return Alert.objects.bulk_create(
        Alert(
            client_id=environment.client_id,
            environment=environment,
            receipt=receipt,
            source=signal.source,
            fingerprint=signal.fingerprint,
            name=_clean(signal.name),
            check_name=signal.check.value,
            stated=signal.stated.value,
            value=signal.value,
            text=_clean(signal.text),
            is_news=signal.is_news,
            at=at,
        )
        for signal in signals
    )


def _kept(body: str) -> str:
    return body.replace("\x00", "�")[:BODY_KEPT]


def _clean(text: str) -> str:
    """The text on one line, without signs that no database keeps or that hide others."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _note_used(key: MonitoringKey, at: datetime) -> None:
    if key.last_used_at is None or at - key.last_used_at >= timedelta(minutes=1):
        MonitoringKey.objects.filter(pk=key.pk).update(last_used_at=at)
