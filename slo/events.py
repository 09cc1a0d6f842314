"""What happens to clocks; subject is the ticket, so that its timeline holds its verdicts too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class ClockEvent(TicketEvent):
    """The base of what happens to one clock; `label` is the plan's own name of the objective.

    `calendar_digest` names the state of the calendar on which the clock was counted.
    """

    objective: str
    ordinal: int
    label: str
    commitment: str
    urgency: str
    rank: int
    request_type: str
    target_seconds: int
    due_at: str | None
    calendar_digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockAtRisk(ClockEvent):
    """A clock used up the plan's share of its target (S13).

    `overtaken` says that it was met or missed by the time this was recorded: then nobody needs to be told.
    """

    kind: ClassVar[str] = "clock.at_risk"
    at_risk_at: str
    overtaken: bool = False


@dataclass(frozen=True, kw_only=True)
class ClockMissed(ClockEvent):
    """A clock ran out, dated at its due time and not at the moment when it was noticed (S13)."""

    kind: ClassVar[str] = "clock.missed"
    missed_at: str
    repeats: bool = False


@dataclass(frozen=True, kw_only=True)
class ClockMet(ClockEvent):
    """An objective was reached; `late` when its clock had been missed before."""

    kind: ClassVar[str] = "clock.met"
    met_at: str
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class UpdateAgreed(TicketEvent):
    """Client and provider agreed another interval of status updates, up to a moment or until further notice.

    `interval_seconds` of 0 ends an agreement. `agreed_with` is the contact who agreed.
    """

    kind: ClassVar[str] = "update.agreed"
    interval_seconds: int
    calendar: str
    agreed_with: str
    until: str | None = None
    note: str = ""
