"""The week that opens in one zone and closes in another (S5), and the holidays on which it waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from contracts.domain.calendar.rules import FIRST_SECOND, LAST_SECOND, MARGIN_DAYS, Pair
from contracts.domain.calendar.weekly import WeeklyWindows
from contracts.domain.calendar.windows import DAY_SECONDS, merge, without
from contracts.domain.calendar.zones import first_showing

_UTC = ZoneInfo("UTC")
_NO_WEEK = ((),) * 7


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
class LocalHolidays:
    """Dates with their names on which a span waits, each from midnight to midnight on the clock of the zone.

    Without a zone they are still to come: those of the client on whose contract the span counts.
    """

    zone: ZoneInfo | None = None
    dates: Mapping[date, str] = field(default_factory=dict)

    @cached_property
    def days(self) -> WeeklyWindows:
        """Give the calendar of these days, and nothing else."""
        whole = dict.fromkeys(self.dates, ((0, DAY_SECONDS),))
        return WeeklyWindows(zone=self.zone or _UTC, week=_NO_WEEK, overrides=whole)


@dataclass(frozen=True)
class SpanWeek:
    """A week that opens by the clock of one zone and closes by the clock of another (S5).

    It is open from each opening to the first closing moment after it, but on no local holiday; `local` is
    None where holidays change nothing.
    """

    opens: SpanMoment
    closes: SpanMoment
    local: LocalHolidays | None = None
    first: int = FIRST_SECOND
    last: int = LAST_SECOND

    @property
    def holidays(self) -> Mapping[date, str]:
        """Give the local holidays by date."""
        return self._local.dates

    @cached_property
    def _local(self) -> LocalHolidays:
        return self.local or LocalHolidays()

    @property
    def unsettled(self) -> int:
        """Give the epoch second before which it repeats every 400 years."""
        return self._local.days.unsettled

    @property
    def settled(self) -> int:
        """Give the epoch second after which it repeats every 400 years."""
        return self._local.days.settled

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the open stretches from start to end (epoch seconds), joined, in order."""
        return without(
            self.week_between(start=start, end=end), self._local.days.open_between(start=start, end=end)
        )

    def week_between(self, *, start: int, end: int) -> list[Pair]:
        """List the stretches of the week alone, whatever the holidays."""
        spans = merge(self._spans(start // DAY_SECONDS - 16, end // DAY_SECONDS + MARGIN_DAYS))
        return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]

    def holiday_hours(self) -> "LostHours":
        """Give the calendar of what the holidays take away: the week's time on them (S15)."""
        return LostHours(week=self, days=self._local.days)

    def _spans(self, first_day: int, last_day: int) -> Iterator[Pair]:
        # 1970-01-01 was a Thursday, weekday 3.
        opening_day = first_day + (self.opens.weekday - first_day - 3) % 7
        closing_delay = (self.closes.weekday - self.opens.weekday) % 7
        for day in range(opening_day, last_day, 7):
            opening = self.opens.on(day=day)
            closings = (self.closes.on(day=day + closing_delay + week) for week in (-7, 0, 7))
            yield opening, next(closing for closing in closings if closing > opening)


@dataclass(frozen=True)
class LostHours:
    """The time of a span week that falls on its local holidays."""

    week: SpanWeek
    days: WeeklyWindows

    @property
    def first(self) -> int:
        """Give the epoch second before which no holiday falls."""
        return self.days.first

    @property
    def last(self) -> int:
        """Give the epoch second after which no holiday falls."""
        return self.days.last

    @property
    def unsettled(self) -> int:
        """Give the epoch second before which it repeats every 400 years."""
        return self.days.unsettled

    @property
    def settled(self) -> int:
        """Give the epoch second after which it repeats every 400 years."""
        return self.days.settled

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the lost stretches from start to end (epoch seconds), joined, in order."""
        week = self.week.week_between(start=start, end=end)
        return without(week, without(week, self.days.open_between(start=start, end=end)))
