"""What a clock chip says: state by icon and words, colour third."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from web.wording.times import duration, duration_short, short_moment

ICONS = {
    "running": "clock",
    "closed": "moon",
    "paused": "circle-pause",
    "risk": "clock-alert",
    "missed": "octagon-alert",
    "met": "circle-check",
    "exempt": "circle-minus",
}
OBJECTIVES = {
    "first_response": "First answer",
    "intervention": "Work start",
    "status_update": "Update",
    "resolution": "Solution",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChip:
    """One chip: its state, the number people scan for, the words after it, and the objective it is about."""

    state: str
    strong: str
    rest: str
    objective: str = ""

    @property
    def icon(self) -> str:
        """The Lucide icon of the state."""
        return ICONS[self.state]

    def about(self, objective: str) -> ClockChip:
        """The same chip, saying which objective it is about."""
        return replace(self, objective=objective)

    @property
    def css(self) -> str:
        """The class of the state."""
        return f"cd-clock--{self.state}"

    @property
    def label(self) -> str:
        """The objective in the field's words, or an empty text."""
        return OBJECTIVES.get(self.objective, "")


def running_chip(
    *, remaining_seconds: int, at_risk: bool, opens_at: datetime | None, zone: ZoneInfo, now: datetime
) -> ClockChip:
    """A clock that is still to be met: what is left of it in open time.

    `opens_at` is given while the calendar is closed, when nothing is used.
    """
    left = duration_short(remaining_seconds)
    if opens_at is not None:
        return ClockChip(
            state="closed", strong=left, rest=f"from {short_moment(opens_at, zone=zone, now=now)}"
        )
    if at_risk:
        return ClockChip(state="risk", strong=left, rest="at risk")
    return ClockChip(state="running", strong=left, rest="left")


def missed_chip(*, late_seconds: int) -> ClockChip:
    """A clock past its due time: by how much."""
    return ClockChip(state="missed", strong=duration_short(late_seconds), rest="late")


def paused_chip(*, since: datetime, whom: str, zone: ZoneInfo, now: datetime) -> ClockChip:
    """A clock that waits: for whom, since when."""
    return ClockChip(
        state="paused", strong="Paused", rest=f"{whom}, {short_moment(since, zone=zone, now=now)}"
    )


def met_chip(*, used_seconds: int, target_seconds: int) -> ClockChip:
    """A clock that was met: how much of its target was used."""
    return ClockChip(
        state="met", strong="Met", rest=f"{duration(used_seconds)} of {duration(target_seconds)}"
    )


def exempt_chip(*, reason: str) -> ClockChip:
    """No clock, always with the reason."""
    return ClockChip(state="exempt", strong="No clock", rest=reason)
