"""What happens to programmes and their occurrences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class OccurrenceEvent(Event):
    """The base: one delivery of a proactive service; dates are ISO dates in the contract's zone."""

    subject_type: ClassVar[str] = "occurrence"
    contract_id: int
    service: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class OccurrenceStarted(OccurrenceEvent):
    """Somebody began with it."""

    kind: ClassVar[str] = "occurrence.started"


@dataclass(frozen=True, kw_only=True)
class OccurrenceDelivered(OccurrenceEvent):
    """It is done, with its proof; `by_mailing` when people had the thing itself in their mail."""

    kind: ClassVar[str] = "occurrence.delivered"
    proof: str
    by_mailing: bool = False


@dataclass(frozen=True, kw_only=True)
class OccurrenceMissed(OccurrenceEvent):
    """Its window ended before it was delivered; recorded once."""

    kind: ClassVar[str] = "occurrence.missed"


@dataclass(frozen=True, kw_only=True)
class OccurrenceSkipped(OccurrenceEvent):
    """It will not be delivered, for the reason given."""

    kind: ClassVar[str] = "occurrence.skipped"
    reason: str


@dataclass(frozen=True, kw_only=True)
class OccurrenceRequested(OccurrenceEvent):
    """The client asked for a service that is delivered on request."""

    kind: ClassVar[str] = "occurrence.requested"


@dataclass(frozen=True, kw_only=True)
class OccurrencePlanned(OccurrenceEvent):
    """It has a day of its own within its window now, or another one."""

    kind: ClassVar[str] = "occurrence.planned"
    planned_on: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OccurrenceWaived(OccurrenceEvent):
    """The client gave it up, for the reason given; `by` names who did."""

    kind: ClassVar[str] = "occurrence.waived"
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class OccurrenceHandedOver(OccurrenceEvent):
    """Somebody else sees to it now."""

    kind: ClassVar[str] = "occurrence.handed_over"
    told_id: int
    owner: str
