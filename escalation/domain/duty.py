"""Who is on for a client now: the dedicated team in its week, else the weekend's or standard team (E6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.domain.calendar import Calendar
from contracts.domain.coverage import holiday_at
from escalation.domain.coverage import Crew, Kind, Shift, on_at

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Who may be on for one contract, and when its plan lets the dedicated team work.

    `week` is the calendar of the plan's dedicated team, None where the plan names none: then it works always.
    `dedicated_id` is the team that the contract names, the first among the dedicated crews. `standard` is the
    contract's standard team, which counts as always on where its hours are not stated.
    """

    dedicated: tuple[Crew, ...]
    weekend: tuple[Crew, ...]
    standard: Crew | None
    dedicated_id: int | None
    week: Calendar | None
    business: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who is on: the crew, as what, until when at most, and why it is this one.

    `crew` is None where nobody is on. `until` is None where no end is known.
    """

    crew: Crew | None
    kind: Kind
    because: str
    until: datetime | None = None


def duty_at(staffing: Staffing, at: datetime, *, product: str = "") -> Duty:
    """Who is on for the contract at that moment, and why (E6).

    In the plan's week the dedicated team, else the weekend's or the standard team; so too on a local holiday
    of the client. A crew that knows the product goes first.
    """
    why_not = _why_not_dedicated(staffing, at)
    if not why_not:
        running = _fitting(on_at(staffing.dedicated, at), product=product, first=staffing.dedicated_id)
        if running:
            return _duty(running[0], "the dedicated team is on", week=staffing.week, at=at)
        why_not = "no dedicated team is on" if staffing.dedicated else "the contract has no dedicated team"
    if staffing.week is not None:
        running = _fitting(on_at(staffing.weekend, at), product=product, first=None)
        if running:
            return _duty(running[0], why_not, week=None, at=at)
    if staffing.standard is not None and staffing.standard.is_on(at):
        return _duty(on_at([staffing.standard], at)[0], why_not, week=None, at=at)
    return Duty(crew=None, kind=Kind.STANDARD, because=f"{why_not}, and the standard team is off")


def _why_not_dedicated(staffing: Staffing, at: datetime) -> str:
    if staffing.week is None:
        return ""
    holiday = holiday_at(staffing.business, at)
    if holiday:
        return f"the client has a holiday today, {holiday}"
    return "" if staffing.week.is_open(at) else "the week of the dedicated team is over"


def _fitting(running: Iterable[Shift], *, product: str, first: int | None) -> list[Shift]:
    """Those who know the product, the named team first, specialists before those who know everything."""
    fit = [shift for shift in running if shift.crew.knows(product)]
    return sorted(fit, key=lambda shift: (shift.crew.team_id != first, not (product and shift.crew.products)))


def _duty(shift: Shift, because: str, *, week: Calendar | None, at: datetime) -> Duty:
    until = shift.ends_at
    if week is not None and not week.is_always:
        closing = week.intervals(at, at + 7 * _DAY)[0][1]
        until = closing if until is None else min(until, closing)
    return Duty(crew=shift.crew, kind=shift.crew.kind, because=because, until=until)
