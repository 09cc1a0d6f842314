"""What happens to bookings of an engineer for a weekend (E8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class BookingEvent(Event):
    """The base: planned work at a weekend; instants in ISO 8601, `told_ids` must hear of it by name."""

    subject_type: ClassVar[str] = "booking"
    booking_id: int
    contract_id: int
    title: str
    starts_at: str
    ends_at: str
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BookingAsked(BookingEvent):
    """The client wants an engineer for planned work."""

    kind: ClassVar[str] = "booking.asked"


@dataclass(frozen=True, kw_only=True)
class BookingConfirmed(BookingEvent):
    """A named engineer is there; said again when it is somebody else."""

    kind: ClassVar[str] = "booking.confirmed"
    engineer: str


@dataclass(frozen=True, kw_only=True)
class BookingDeclined(BookingEvent):
    """Nobody can be there, and why."""

    kind: ClassVar[str] = "booking.declined"
    reason: str


@dataclass(frozen=True, kw_only=True)
class BookingWithdrawn(BookingEvent):
    """The client no longer needs it."""

    kind: ClassVar[str] = "booking.withdrawn"
