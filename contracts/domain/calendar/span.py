"""The week that opens in one zone and closes in another (S5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from contracts.domain.calendar.rules import (
    FIRST_SECOND,
    LAST_SECOND,
    MARGIN_DAYS,
    SETTLED_SECOND,
    UNSETTLED_SECOND,
    Pair,
)
from contracts.domain.calendar.windows import DAY_SECONDS, merge
from contracts.domain.calendar.zones import first_showing


@dataclass(frozen=True)
class SpanMoment:
    """A weekday (Monday is 0) and a second of the day on the wall clock of a zone."""

    weekday: int
    second: int
    zone: ZoneInfo

    def on(self, *, day: int) -> int:
        """Find the epoch second of this time of day on a date, given in days since 1970-01-01."""
        return first_showing(zone=self.zone, day=day, second=self.second)


@dataclass(frozen=True)
class SpanWeek:
    """A week that opens by the clock of one zone and closes by the clock of another (S5).

    It is open from each opening to the first closing moment after it.
    """

    opens: SpanMoment
    closes: SpanMoment
    first: int = FIRST_SECOND
    last: int = LAST_SECOND
    unsettled: int = UNSETTLED_SECOND
    settled: int = SETTLED_SECOND

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the open stretches from start to end (epoch seconds), joined, in order."""
        spans = merge(self._spans(start // DAY_SECONDS - 16, end // DAY_SECONDS + MARGIN_DAYS))
        return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]

    def _spans(self, first_day: int, last_day: int) -> Iterator[Pair]:
        # 1970-01-01 was a Thursday, weekday 3.
        opening_day = first_day + (self.opens.weekday - first_day - 3) % 7
        closing_delay = (self.closes.weekday - self.opens.weekday) % 7
        for day in range(opening_day, last_day, 7):
            opening = self.opens.on(day=day)
            closings = (self.closes.on(day=day + closing_delay + week) for week in (-7, 0, 7))
            yield opening, next(closing for closing in closings if closing > opening)
