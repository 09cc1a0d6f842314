"""Who is on at a moment: crews with their hours, their shifts, and the gaps between them (E6, E7).

A crew is a team with the hours it keeps. Its shift is a stretch of open hours without a break. Moments are
aware and in UTC; stretches are half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contracts.domain.calendar import Calendar

#: How long before the end of a shift the brief has to be written (E7).
NOTICE = timedelta(minutes=60)
#: No shift lasts longer, and none is looked for further away.
REACH = timedelta(days=16)

Stretch = tuple[datetime, datetime]


class Kind(StrEnum):
    """As what a team works: a plan's dedicated engineers, the standard desk, or the desk of the weekend."""

    DEDICATED = "dedicated"
    STANDARD = "standard"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team with its hours; no `products` means all of them."""

    team_id: int
    name: str
    region: str
    kind: Kind
    calendar: Calendar
    products: tuple[str, ...] = ()

    def is_on(self, at: datetime) -> bool:
        """Whether the crew works at that moment."""
        return self.calendar.is_open(at)

    def knows(self, product: str) -> bool:
        """Whether the crew works on that product; letter case does not matter."""
        wanted = product.strip().lower()
        return not (self.products and wanted) or wanted in {one.lower() for one in self.products}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One stretch of work of a crew; `ends_at` is None where it never ends."""

    crew: Crew
    starts_at: datetime
    ends_at: datetime | None

    def outlasts(self, other: Shift) -> bool:
        """Whether this shift ends later than the other."""
        return self.ends_at is None or (other.ends_at is not None and self.ends_at > other.ends_at)


def shift_at(crew: Crew, at: datetime) -> Shift | None:
    """The shift in which the crew is at that moment; None while it is off."""
    return next((one for one in _shifts_around(crew, at) if one.starts_at <= at), None)


def next_shift(crew: Crew, at: datetime) -> Shift | None:
    """The crew's first shift that begins after that moment; None where none comes within reach."""
    return next((one for one in _shifts_around(crew, at) if one.starts_at > at), None)


def on_at(crews: Iterable[Crew], at: datetime) -> list[Shift]:
    """The shifts that run at that moment, the one that ends last first."""
    running = [shift for crew in crews if (shift := shift_at(crew, at)) is not None]
    return sorted(running, key=_freshness)


def coming_on(crews: Iterable[Crew], at: datetime) -> Shift | None:
    """The next shift of any of these crews to begin after that moment."""
    coming = [shift for crew in crews if (shift := next_shift(crew, at)) is not None]
    return min(coming, key=lambda shift: (shift.starts_at, shift.crew.name), default=None)


def gaps(crews: Iterable[Crew], *, start: datetime, end: datetime) -> list[Stretch]:
    """The stretches from start to end in which nobody of these crews is on."""
    return _without([(start, end)], [one for crew in crews for one in crew.calendar.intervals(start, end)])


def uncovered(promised: Calendar, crews: Iterable[Crew], *, start: datetime, end: datetime) -> list[Stretch]:
    """The open stretches of a promised calendar in which none of these crews is on."""
    worked = [one for crew in crews for one in crew.calendar.intervals(start, end)]
    return _without(promised.intervals(start, end), worked)


def _shifts_around(crew: Crew, at: datetime) -> list[Shift]:
    """The running shift and those after it, in order; where the reach ends is no end of a shift."""
    first, last = at - REACH, at + REACH
    return [
        Shift(crew=crew, starts_at=opens, ends_at=None if closes >= last else closes)
        for opens, closes in crew.calendar.intervals(first, last)
        if closes > at
    ]


def _freshness(shift: Shift) -> tuple[bool, float, str]:
    ends = -shift.ends_at.timestamp() if shift.ends_at is not None else 0.0
    return shift.ends_at is not None, ends, shift.crew.name


def _without(stretches: Sequence[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    left: list[Stretch] = []
    ordered = sorted(taken)
    for start, end in stretches:
        since = start
        for opens, closes in ordered:
            if closes <= since:
                continue
            if opens >= end:
                break
            if opens > since:
                left.append((since, opens))
            since = max(since, closes)
        if since < end:
            left.append((since, end))
    return left
