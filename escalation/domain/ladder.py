"""The ladder of an escalation path: which tier is asked, until when it may answer, and which comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.domain.calendar import Calendar

#: Why people escalate, and why only the system does.
GROUNDS = ("wrong_urgency", "late_response", "slow_resolution", "other")
SYSTEM_GROUNDS = ("handoff",)
OUTCOMES = ("upheld", "partly_upheld", "not_upheld")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One tier of a path: its level, and the open time within which it acknowledges (E1)."""

    level: int
    acknowledge_seconds: int


def first_rung(rungs: Sequence[Rung]) -> Rung | None:
    """Where an escalation starts; None when the contract has no path."""
    return min(rungs, key=lambda rung: rung.level, default=None)


def next_rung(rungs: Sequence[Rung], *, level: int) -> Rung | None:
    """The tier above, or None at the top; levels need not be consecutive."""
    above = [rung for rung in rungs if rung.level > level]
    return first_rung(above)


def acknowledge_by(rung: Rung, *, calendar: Calendar, told_at: datetime) -> datetime:
    """Until when a tier may acknowledge: open time on the contract's calendar from when it was told (E1).

    It counts from the notice that was really sent, so an outage of ours never jumps over a tier.
    """
    return calendar.add(told_at, rung.acknowledge_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerer:
    """Somebody who stands on a tier, and why they are not on duty; `off` is empty while they are."""

    person_id: int
    name: str
    off: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who of a tier is asked, and why it is not the first of it; nobody means the tier's team."""

    person_id: int | None
    because: str = ""


def who_is_asked(first: Answerer | None, deputy: Answerer | None) -> Asked:
    """The tier's person while on duty, else the deputy while on duty, else the person all the same (E1)."""
    if first is None:
        return Asked(person_id=deputy.person_id if deputy and not deputy.off else None)
    if first.off and deputy is not None and not deputy.off:
        return Asked(person_id=deputy.person_id, because=f"{first.name} is {first.off}; the deputy is asked.")
    if first.off:
        return Asked(
            person_id=first.person_id, because=f"{first.name} is {first.off}, and has no deputy on duty."
        )
    return Asked(person_id=first.person_id)
