"""What happens to watched environments, and to the problems that are found on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class WatchStarted(Event):
    """An environment is watched from now on."""

    kind: ClassVar[str] = "watch.started"
    subject_type: ClassVar[str] = "environment"
    name: str


@dataclass(frozen=True, kw_only=True)
class ThresholdsChanged(Event):
    """The thresholds of one check were agreed otherwise; `changed` has before and after by name."""

    kind: ClassVar[str] = "watch.thresholds_changed"
    subject_type: ClassVar[str] = "environment"
    check: str
    changed: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MonitoringKeyIssued(Event):
    """A monitoring system may send alerts of the environment from now on; the secret is in no event."""

    kind: ClassVar[str] = "watch.key_issued"
    subject_type: ClassVar[str] = "environment"
    name: str
    prefix: str


@dataclass(frozen=True, kw_only=True)
class MonitoringKeyRevoked(Event):
    """A monitoring key opens nothing any more."""

    kind: ClassVar[str] = "watch.key_revoked"
    subject_type: ClassVar[str] = "environment"
    prefix: str


@dataclass(frozen=True, kw_only=True)
class ProblemOpened(Event):
    """Monitoring found a problem, and a ticket stands for it."""

    kind: ClassVar[str] = "problem.opened"
    subject_type: ClassVar[str] = "ticket"
    key: str
    problem_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ProblemRecovered(Event):
    """What monitoring had found is well again; people decide whether the ticket is solved."""

    kind: ClassVar[str] = "problem.recovered"
    subject_type: ClassVar[str] = "ticket"
    key: str
    problem_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ProblemReturned(Event):
    """What was well again failed once more while its ticket was open."""

    kind: ClassVar[str] = "problem.returned"
    subject_type: ClassVar[str] = "ticket"
    key: str
    problem_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ExposureFound(Event):
    """A published vulnerability affects environments of the client; the ticket lists them."""

    kind: ClassVar[str] = "exposure.found"
    subject_type: ClassVar[str] = "ticket"
    key: str
    advisory: str
    score: str
    environments: list[str] = field(default_factory=list)
