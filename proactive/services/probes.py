"""Our own calls to public addresses: which are due, and what an answer means (P8).

The call itself is made by a floor above, outside any transaction. After a standstill nothing is made up for:
the gap is not measured, neither up nor down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from events.fail_points import crash_here
from proactive.domain.checks import Check, Level, Thresholds, level_of, usual
from proactive.domain.signals import Signal
from proactive.models import Monitor, Probe, ProbeDay
from proactive.services.receiving import keep_signals

EVERY = timedelta(minutes=1)
#: How long a claim keeps others away: longer than one call may take.
CLAIM = timedelta(minutes=2)
#: One failed call is looked at again before it is believed.
BELIEVED_AFTER = 2
SOURCE = "probe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one call to a public address found; `fault` in words where it did not answer as it should."""

    is_up: bool
    status: int | None = None
    took_ms: int = 0
    fault: str = ""
    certificate_ends_at: datetime | None = None


def claim_due_probes(*, at: datetime, limit: int = 50) -> list[Probe]:
    """The probes that are due, claimed by compare and swap so that no other worker calls the same address."""
    due = Probe.objects.filter(ended_at__isnull=True, due_at__lte=at).select_related("environment")
    claimed = []
    for probe in due.order_by("due_at", "id")[:limit]:
        taken = Probe.objects.filter(pk=probe.pk, due_at=probe.due_at, ended_at__isnull=True)
        if taken.update(due_at=at + CLAIM):
            claimed.append(probe)
    return claimed


@transaction.atomic
def note_answer(*, at: datetime, probe: Probe, answer: Answer) -> None:
    """Keep what a call found, and say so to the problems where something turned.

    The second failure in a row is a failure, the first good answer after it the recovery. What is said of the
    certificate is said again only when its level changes.
    """
    row = Probe.objects.select_for_update(of=("self",)).select_related("environment").get(pk=probe.pk)
    was_down = row.is_up is False
    row.failures = 0 if answer.is_up else min(row.failures + 1, 1000)
    if answer.is_up or row.failures >= BELIEVED_AFTER:
        row.is_up = answer.is_up
    row.probed_at, row.due_at = at, at + EVERY
    row.status, row.took_ms, row.fault = answer.status, answer.took_ms, answer.fault[:200]
    row.certificate_ends_at = answer.certificate_ends_at or row.certificate_ends_at
    signals = []
    if was_down != (row.is_up is False):
        signals.append(_web_signal(row))
    signals += _certificate_signals(row, at)
    row.save()
    _count(row, at, is_up=answer.is_up)
    crash_here("probe_noted")
    keep_signals(at=at, environment=row.environment, signals=signals)


def _web_signal(row: Probe) -> Signal:
    is_down = row.is_up is False
    return Signal(
        source=SOURCE,
        identity=f"web\n{row.url}",
        name=row.url[:200],
        check=Check.WEB,
        stated=Level.CRITICAL if is_down else Level.OK,
        text=row.fault if is_down else f"Answers again, with status {row.status}.",
    )


def _certificate_signals(row: Probe, at: datetime) -> list[Signal]:
    """One signal when the certificate came to another level, by the environment's thresholds."""
    if row.certificate_ends_at is None:
        return []
    days = (row.certificate_ends_at - at).total_seconds() / 86_400
    level = level_of(Check.CERTIFICATE, stated=Level.CRITICAL, value=days, thresholds=_thresholds(row))
    if level.value == row.certificate_level:
        return []
    row.certificate_level = level.value
    verb = "ended" if days < 0 else "ends"
    return [
        Signal(
            source=SOURCE,
            identity=f"certificate\n{row.url}",
            name=row.url[:200],
            check=Check.CERTIFICATE,
            stated=level,
            value=max(days, 0.0) if level is not Level.OK else None,
            text=f"The certificate {verb} on {row.certificate_ends_at:%d %B %Y at %H:%M} UTC.",
        )
    ]


def _thresholds(row: Probe) -> Thresholds:
    monitor = Monitor.objects.filter(
        environment_id=row.environment_id, check_name=Check.CERTIFICATE.value
    ).first()
    return monitor.thresholds if monitor else usual(Check.CERTIFICATE)


def _count(row: Probe, at: datetime, *, is_up: bool) -> None:
    day, _ = ProbeDay.objects.get_or_create(client_id=row.client_id, probe=row, day=at.date())
    ProbeDay.objects.filter(pk=day.pk).update(measured=F("measured") + 1, failed=F("failed") + int(not is_up))
