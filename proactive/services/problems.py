"""Alerts become problems: one ticket each, repeats counted, recovery noted, floods kept small (P8).

The sweep takes what waits, environment by environment, each in one transaction that locks the environment's
watch. A batch costs the same few statements however many alerts of one problem it holds. Killed, doubled or
late it does no harm: an alert is settled in the transaction of everything that comes of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from contracts.models import Environment
from contracts.queries import maintenance_intervals
from events.fail_points import crash_here
from proactive.domain.checks import Check, Level, Thresholds, level_of, usual
from proactive.domain.problems import REST, Note, fold, is_over
from proactive.domain.signals import Beat
from proactive.domain.silence import Interval, first_outside
from proactive.models import STANDING_COLUMNS, Alert, Monitor, Outcome, Problem, Watch
from proactive.services.problem_tickets import is_done, open_for, tell

#: How many environments one run of the sweep looks at.
MOST_ENVIRONMENTS = 200
SILENT_WINDOW = "Announced maintenance"
_SAVED = (*STANDING_COLUMNS, "ticket", "silent", "in_storm")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a batch of one environment is judged by, read once."""

    environment: Environment
    monitors: dict[str, Monitor]
    windows: Sequence[Interval]

    def thresholds(self, check: str) -> Thresholds:
        """The environment's own thresholds, or the usual ones."""
        monitor = self.monitors.get(check)
        return monitor.thresholds if monitor else usual(Check(check))

    def is_off(self, check: str) -> bool:
        """Whether the check is switched off here."""
        monitor = self.monitors.get(check)
        return monitor is not None and not monitor.is_on


@dataclass(kw_only=True)
class _Row:
    """One problem while a batch goes over it: the beats that concern it, and what they amount to."""

    problem: Problem
    beats: list[Beat]
    notes: tuple[Note, ...] = ()
    is_new: bool = False


@dataclass(kw_only=True)
class _Batch:
    """What became of each alert, and the beats by fingerprint in the order of arrival."""

    outcomes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    beats: dict[str, list[Beat]] = field(default_factory=lambda: defaultdict(list))
    first: dict[str, Alert] = field(default_factory=dict)


def settle_alerts(*, at: datetime, limit: int = 2_000) -> int:
    """Settle waiting alerts, at most `limit` an environment; gives how many were settled."""
    waiting = (
        Alert.objects.filter(outcome=Outcome.PENDING).order_by().values_list("environment_id", flat=True)
    )
    return sum(_settle(one, at=at, limit=limit) for one in waiting.distinct()[:MOST_ENVIRONMENTS])


@transaction.atomic
def _settle(environment_id: int, *, at: datetime, limit: int) -> int:
    if not _locked(environment_id):
        return 0
    pending = Alert.objects.filter(environment_id=environment_id, outcome=Outcome.PENDING)
    alerts = list(pending.order_by("id")[:limit])
    if not alerts:
        return 0
    crash_here("alerts_read")
    ground = _ground(environment_id)
    batch = _judged(alerts, ground)
    rows = _rows(batch, ground)
    for row in rows:
        standing, row.notes = fold(None if row.is_new else row.problem.standing, row.beats)
        if standing is not None:
            row.problem.stand(standing)
    _store(rows)
    crash_here("problems_stored")
    for row in rows:
        _speak(row, ground, at=at)
    crash_here("problems_told")
    for outcome, ids in batch.outcomes.items():
        Alert.objects.filter(id__in=ids).update(outcome=outcome)
    return len(alerts)


def _locked(environment_id: int) -> bool:
    """Whether this run has the environment to itself; another run's environment is left to it."""
    can_skip = connection.features.has_select_for_update_skip_locked
    rows = Watch.objects.select_for_update(skip_locked=can_skip).filter(environment_id=environment_id)
    return rows.first() is not None


def _ground(environment_id: int) -> Ground:
    environment = Environment.objects.select_related(
        "contract__client", "contract__plan_version", "contract__calendar"
    ).get(pk=environment_id)
    monitors = Monitor.objects.filter(environment_id=environment_id)
    return Ground(
        environment=environment,
        monitors={monitor.check_name: monitor for monitor in monitors},
        windows=maintenance_intervals(environment_id),
    )


def _judged(alerts: Sequence[Alert], ground: Ground) -> _Batch:
    batch = _Batch()
    for alert in alerts:
        outcome, beat = _judge(alert, ground)
        batch.outcomes[outcome].append(alert.pk)
        if beat is not None:
            batch.first.setdefault(alert.fingerprint, alert)
            batch.beats[alert.fingerprint].append(beat)
    return batch


def _judge(alert: Alert, ground: Ground) -> tuple[str, Beat | None]:
    if not alert.is_news:
        return Outcome.NOTED, None
    if ground.is_off(alert.check_name):
        return Outcome.OFF, None
    thresholds = ground.thresholds(alert.check_name)
    level = level_of(
        Check(alert.check_name), stated=Level(alert.stated), value=alert.value, thresholds=thresholds
    )
    fires = level >= thresholds.opens_from
    beat = Beat(at=alert.at, level=level, is_firing=fires, text=alert.text, value=alert.value)
    if fires:
        return Outcome.FIRING, beat
    return (Outcome.RECOVERED if alert.stated == Level.OK else Outcome.BELOW), beat


def _rows(batch: _Batch, ground: Ground) -> list[_Row]:
    """The living problems that the beats are about, and new ones where there are none."""
    living = {
        problem.fingerprint: problem
        for problem in Problem.objects.filter(
            environment=ground.environment, ended_at__isnull=True, fingerprint__in=list(batch.beats)
        ).select_related("ticket__merged_into")
    }
    rows = []
    for fingerprint, beats in batch.beats.items():
        problem = living.get(fingerprint)
        if problem is not None and _is_past(problem, at=beats[0].at):
            Problem.objects.filter(pk=problem.pk).update(ended_at=beats[0].at)
            problem = None
        if problem is not None:
            rows.append(_Row(problem=problem, beats=beats))
        elif any(beat.is_firing for beat in beats):
            rows.append(_Row(problem=_new(batch.first[fingerprint], beats), beats=beats, is_new=True))
    return rows


def _is_past(problem: Problem, *, at: datetime) -> bool:
    """Whether what is heard now is another problem: well for an hour, or closed by people for an hour."""
    done_at = is_done(problem)
    if is_over(problem.standing, at=at, is_ticket_done=problem.ticket is None or done_at is not None):
        return True
    return done_at is not None and at - done_at >= REST


def _new(alert: Alert, beats: Sequence[Beat]) -> Problem:
    began = next(beat.at for beat in beats if beat.is_firing)
    return Problem(
        client_id=alert.client_id,
        environment_id=alert.environment_id,
        fingerprint=alert.fingerprint,
        source=alert.source,
        name=alert.name,
        check_name=alert.check_name,
        first_at=began,
    )


def _store(rows: Sequence[_Row]) -> None:
    Problem.objects.bulk_create([row.problem for row in rows if row.is_new], batch_size=500)
    known = [row.problem for row in rows if not row.is_new]
    Problem.objects.bulk_update(known, _SAVED, batch_size=200)


def _speak(row: _Row, ground: Ground, *, at: datetime) -> None:
    """Open the problem's ticket where it needs one now, or say on it what is new."""
    problem = row.problem
    if problem.ticket_id is not None:
        tell(problem, row.notes, at=at)
        return
    outside = (beat for beat in row.beats if beat.is_firing)
    moment = next((beat.at for beat in outside if first_outside(beat.at, ground.windows) == beat.at), None)
    if moment is None:
        if not problem.silent and any(beat.is_firing for beat in row.beats):
            Problem.objects.filter(pk=problem.pk).update(silent=SILENT_WINDOW)
        return
    open_for(problem, ground.environment, at=moment)
    tell(problem, tuple(note for note in row.notes if note.at > moment), at=at)
