"""A ticket's timeline: the facts that start, stop, pause and change its clocks, in the plans' vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from slo.domain.errors import BadIntervalError, NotOpenedError, OutOfOrderError


class FactKind(StrEnum):
    """What a fact is; a plan's rules name the first six (S6 to S8)."""

    OPENED = "opened"
    PUBLIC_STAFF_MESSAGE = "public_staff_message"
    RESOLUTION_SUMMARY = "resolution_summary"
    WORK_STARTED = "work_started"
    TIME_LOGGED = "time_logged"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    STATUS = "status"
    RECLASSIFIED = "reclassified"
    UPDATES_AGREED = "updates_agreed"
    EXEMPTED = "exempted"
    COVERED = "covered"
    CANCELLED = "cancelled"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened on a ticket, at an aware moment.

    `urgency` and `request_type` belong to `opened` and `reclassified`, `exempt_reason` to `opened` and
    `exempted` (S11), `status` to `status`; `interval_seconds`, `until` and `calendar` to `updates_agreed`.
    """

    kind: str
    at: datetime
    urgency: str = ""
    request_type: str = ""
    exempt_reason: str = ""
    status: str = ""
    reason: str = ""
    interval_seconds: int = 0
    until: datetime | None = None
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A maintenance window of the ticket's environment, announced before it began (S11)."""

    starts_at: datetime
    ends_at: datetime
    reason: str = "Announced maintenance window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was recorded once of a clock and stands, whatever calendars and plans say later (S13, S14)."""

    objective: str
    ordinal: int
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    met_at: datetime | None = None
    missed_at: datetime | None = None


def checked(facts: Iterable[Fact]) -> list[Fact]:
    """The facts as a list, refused unless they begin with the one opening and never step back in time."""
    story = list(facts)
    if not story or story[0].kind != FactKind.OPENED:
        raise NotOpenedError("a timeline begins with the opening of the ticket")
    before = story[0].at
    for position, fact in enumerate(story):
        if fact.at.tzinfo is None:
            raise OutOfOrderError(f"the moment of {fact.kind!r} has no zone")
        if fact.at < before:
            raise OutOfOrderError(f"{fact.kind!r} at {fact.at} stands after a fact of {before}")
        if position and fact.kind == FactKind.OPENED:
            raise NotOpenedError("the ticket is opened twice")
        before = fact.at
    return story


def merged_windows(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Windows in order, overlapping ones as one; raises `BadIntervalError` for a backward one."""
    told: list[Window] = []
    for window in sorted(windows, key=lambda one: (one.starts_at, one.ends_at)):
        if window.ends_at <= window.starts_at:
            raise BadIntervalError(f"a window ends at {window.ends_at}, before it begins")
        starts_at, ends_at = window.starts_at.astimezone(UTC), window.ends_at.astimezone(UTC)
        if told and starts_at <= told[-1].ends_at:
            last = told.pop()
            starts_at, ends_at = last.starts_at, max(last.ends_at, ends_at)
        told.append(Window(starts_at=starts_at, ends_at=ends_at, reason=window.reason))
    return tuple(told)
