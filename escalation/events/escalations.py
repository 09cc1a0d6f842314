"""What happens to escalations; each is a step on its ticket."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class EscalationEvent(Event):
    """The base: an escalation of a ticket, at a level of its contract's path."""

    subject_type: ClassVar[str] = "ticket"
    key: str
    escalation_id: int
    level: int


@dataclass(frozen=True, kw_only=True)
class EscalationRaised(EscalationEvent):
    """Somebody, or the system, called for the first tier (E2).

    `told_ids` are those of the tier who are on duty; empty means all of the tier (E1).
    """

    kind: ClassVar[str] = "escalation.raised"
    ground: str
    reason: str
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class EscalationClimbed(EscalationEvent):
    """The next tier is asked: unacknowledged in time, or the client is not satisfied (E3)."""

    kind: ClassVar[str] = "escalation.climbed"
    why: str
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class EscalationAcknowledged(EscalationEvent):
    """The tier took it on (E3)."""

    kind: ClassVar[str] = "escalation.acknowledged"


@dataclass(frozen=True, kw_only=True)
class EscalationUnanswered(EscalationEvent):
    """The last tier did not acknowledge in time; there is none above."""

    kind: ClassVar[str] = "escalation.unanswered"


@dataclass(frozen=True, kw_only=True)
class EscalationResolved(EscalationEvent):
    """It ended with a written outcome (E3)."""

    kind: ClassVar[str] = "escalation.resolved"
    outcome: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PathSet(Event):
    """A contract's escalation path reads otherwise from now on (E1)."""

    kind: ClassVar[str] = "escalation.path_set"
    subject_type: ClassVar[str] = "contract"
    tiers: int
