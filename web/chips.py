"""From clocks to what a chip says, for lists and for a ticket's own page, on both sides of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from slo.models import Clock
from slo.queries import ExplainedClock, clocks_of
from slo.queries.terms import Standing, standings_of
from tickets.models import Ticket
from web.wording.clocks import (
    ClockChip,
    exempt_chip,
    met_chip,
    missed_chip,
    paused_chip,
    running_chip,
)

#: A stored row of a list, or a clock explained on its ticket's page.
AnyClock = Clock | ExplainedClock
OneClock = TypeVar("OneClock", Clock, ExplainedClock)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDue:
    """What a list shows of a ticket: its most pressing clock as a chip, and when that is due."""

    chip: ClockChip | None
    due_at: datetime | None
    is_missed: bool = False


def next_dues(
    tickets: Sequence[Ticket],
    *,
    zone: ZoneInfo,
    now: datetime,
    standings: Mapping[int, Standing] | None = None,
) -> dict[int, NextDue]:
    """The most pressing clock of each ticket, in two statements however many tickets there are.

    The terms of their contracts may be given, where the caller has read them already.
    """
    clocks = clocks_of([ticket.pk for ticket in tickets])
    if standings is None:
        standings = standings_of({ticket.contract_id for ticket in tickets})
    return {
        ticket.pk: _next_due(clocks[ticket.pk], standings[ticket.contract_id].calendars, zone=zone, now=now)
        for ticket in tickets
    }


def chip_of(
    clock: AnyClock, *, calendar: Calendar | None, zone: ZoneInfo, now: datetime, whom: str = "client"
) -> ClockChip | None:
    """What one clock's chip says at a moment; None for clocks that were cancelled.

    `calendar` is the one the clock counts on; `whom` names for whom a paused clock waits.
    """
    if clock.state == "exempt":
        return exempt_chip(reason=clock.reason)
    if clock.state == "paused" and clock.paused_since is not None:
        return paused_chip(since=clock.paused_since, whom=whom, zone=zone, now=now)
    if calendar is None or clock.due_at is None or clock.state == "cancelled":
        return None
    if clock.state == "met" and clock.met_at is not None:
        used = calendar.elapsed(clock.started_at, clock.met_at)
        return met_chip(used_seconds=used, target_seconds=clock.target_seconds)
    if clock.due_at <= now or clock.state == "missed":
        until = clock.met_at or now
        return missed_chip(late_seconds=int((until - clock.due_at).total_seconds()))
    return running_chip(
        remaining_seconds=calendar.elapsed(now, clock.due_at),
        at_risk=clock.at_risk_at is not None,
        opens_at=None if calendar.is_open(now) else calendar.next_open(now),
        zone=zone,
        now=now,
    )


def next_owed(clocks: Sequence[OneClock]) -> OneClock | None:
    """The clock to be reached next: of those that run or are late the first due, else one that is paused.

    The queue is ordered by the same rule. An interval of updates that passed is not owed any more: its
    successor runs since (S8).
    """
    owed = [clock for clock in clocks if clock.is_open or clock.is_late_unmet]
    return min(
        owed,
        key=lambda clock: (clock.due_at is None, clock.state == "paused", clock.due_at or clock.started_at),
        default=None,
    )


def pressing(clocks: Sequence[Clock]) -> Clock | None:
    """The clock that a list shows: the one to be reached next, else one that says why none runs."""
    return next_owed(clocks) or next((clock for clock in clocks if clock.state == "exempt"), None)


def _next_due(
    clocks: Sequence[Clock], calendars: Mapping[str, Calendar], *, zone: ZoneInfo, now: datetime
) -> NextDue:
    clock = pressing(clocks)
    if clock is None:
        return NextDue(chip=None, due_at=None)
    chip = chip_of(clock, calendar=calendars.get(clock.calendar), zone=zone, now=now)
    if chip is not None:
        chip = chip.about(clock.objective)
    is_running = clock.state in ("running", "missed")
    return NextDue(
        chip=chip,
        due_at=clock.due_at if is_running else None,
        is_missed=clock.due_at is not None and clock.due_at <= now and is_running,
    )
