"""What happens to tickets that wait for a maker's or product team's fix (E5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class DevelopmentEvent(Event):
    """The base: a ticket that waits for a fix; `follow_up_on` is the day by which somebody asks again."""

    subject_type: ClassVar[str] = "ticket"
    key: str
    follow_up_on: str


@dataclass(frozen=True, kw_only=True)
class DevelopmentFollowedUp(DevelopmentEvent):
    """Somebody asked the maker, or heard from them; the note stays with staff."""

    kind: ClassVar[str] = "development.followed_up"
    vendor: str
    reference: str
    note: str


@dataclass(frozen=True, kw_only=True)
class FollowUpOverdue(DevelopmentEvent):
    """The day passed and nobody asked again."""

    kind: ClassVar[str] = "development.overdue"
