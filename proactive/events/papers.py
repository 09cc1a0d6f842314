"""What happens to what is written: assessments, findings, reviews, licence reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class PaperEvent(Event):
    """The base: one report of a contract, by its title."""

    contract_id: int
    title: str


@dataclass(frozen=True, kw_only=True)
class AssessmentBegun(PaperEvent):
    """Somebody began a health assessment (P2)."""

    kind: ClassVar[str] = "assessment.begun"
    subject_type: ClassVar[str] = "assessment"


@dataclass(frozen=True, kw_only=True)
class AssessmentPublished(PaperEvent):
    """The client reads it from now on (P2)."""

    kind: ClassVar[str] = "assessment.published"
    subject_type: ClassVar[str] = "assessment"
    findings: int


@dataclass(frozen=True, kw_only=True)
class FindingDecided(PaperEvent):
    """A point of contact decided about a finding, perhaps anew (P2)."""

    kind: ClassVar[str] = "finding.decided"
    subject_type: ClassVar[str] = "assessment"
    finding_id: int
    decision: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FindingTicketed(PaperEvent):
    """A finding became a ticket (P2)."""

    kind: ClassVar[str] = "finding.ticketed"
    subject_type: ClassVar[str] = "assessment"
    finding_id: int
    ticket_key: str


@dataclass(frozen=True, kw_only=True)
class FindingSettled(PaperEvent):
    """A finding was put right without a ticket (P2)."""

    kind: ClassVar[str] = "finding.settled"
    subject_type: ClassVar[str] = "assessment"
    finding_id: int
    note: str
