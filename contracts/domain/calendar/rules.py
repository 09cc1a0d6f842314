"""What every kind of calendar answers, and the calendar that is always open (S5)."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from contracts.domain.calendar.windows import DAY_SECONDS

Pair = tuple[int, int]
"""An open stretch: its first epoch second and the one after its last."""

EPOCH_DATE = date(1970, 1, 1)
FIRST_SECOND = (date(2, 1, 1) - EPOCH_DATE).days * DAY_SECONDS
LAST_SECOND = (date(9999, 1, 1) - EPOCH_DATE).days * DAY_SECONDS

# From here on no zone has dated changes left: by its rule its clock repeats every 400 years.
SETTLED_SECOND = (date(2104, 1, 1) - EPOCH_DATE).days * DAY_SECONDS

# Before here every zone kept its local mean time.
UNSETTLED_SECOND = (date(1800, 1, 1) - EPOCH_DATE).days * DAY_SECONDS

# How far a date's windows can lie from it in UTC: one day over midnight, one of offset, one to spare.
MARGIN_DAYS = 3


def day_number(on: date) -> int:
    """Count the days since 1970-01-01."""
    return (on - EPOCH_DATE).days


class Rule(Protocol):
    """What decides when a calendar is open.

    `first` and `last` are the epoch seconds between which it can be open; before `unsettled` and after
    `settled` it repeats every 400 years.
    """

    @property
    def first(self) -> int:
        """Give the epoch second before which it never opens."""
        ...

    @property
    def last(self) -> int:
        """Give the epoch second after which it never opens again."""
        ...

    @property
    def unsettled(self) -> int:
        """Give the epoch second before which it repeats every 400 years."""
        ...

    @property
    def settled(self) -> int:
        """Give the epoch second after which it repeats every 400 years."""
        ...

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the open stretches from start to end (epoch seconds), joined, in order."""
        ...


@dataclass(frozen=True)
class AlwaysOpen:
    """A calendar without closing time."""

    first: int = FIRST_SECOND
    last: int = LAST_SECOND
    unsettled: int = UNSETTLED_SECOND
    settled: int = SETTLED_SECOND

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the whole of the range as open."""
        return [(start, end)]
