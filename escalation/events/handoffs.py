"""What happens to teams' hours and to handoffs from one team to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from events.domain.event import Event


@dataclass(frozen=True, kw_only=True)
class TeamHoursSet(Event):
    """A team keeps these hours from now on, and works as this (E6)."""

    kind: ClassVar[str] = "team.hours_set"
    subject_type: ClassVar[str] = "team"
    works_as: str
    content: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HandoffEvent(Event):
    """The base: a critical ticket passes from one team to the next (E7).

    Teams by name; `due_at` is the end of the giving team's shift, in ISO 8601; `told_ids` are the people who
    must hear of it.
    """

    subject_type: ClassVar[str] = "ticket"
    key: str
    handoff_id: int
    from_team: str
    to_team: str
    due_at: str
    told_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class HandoffDue(HandoffEvent):
    """The shift ends in an hour: the brief has to be written now."""

    kind: ClassVar[str] = "handoff.due"


@dataclass(frozen=True, kw_only=True)
class HandoffOffered(HandoffEvent):
    """The brief is written, and waits for the team that comes on."""

    kind: ClassVar[str] = "handoff.offered"


@dataclass(frozen=True, kw_only=True)
class HandoffAccepted(HandoffEvent):
    """Somebody of the team that comes on took the ticket over."""

    kind: ClassVar[str] = "handoff.accepted"


@dataclass(frozen=True, kw_only=True)
class HandoffDeclined(HandoffEvent):
    """The team that comes on cannot take it like this, and says why."""

    kind: ClassVar[str] = "handoff.declined"
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandoffMissed(HandoffEvent):
    """The shift ended and nobody had taken it over: it escalates."""

    kind: ClassVar[str] = "handoff.missed"


@dataclass(frozen=True, kw_only=True)
class HandoffLapsed(HandoffEvent):
    """A shift ended while we were not looking: nobody was asked, which was our own fault."""

    kind: ClassVar[str] = "handoff.lapsed"
