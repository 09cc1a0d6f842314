"""Opening windows by the week in one zone, minus holidays, with overrides for single dates (S4)."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from contracts.domain.calendar.rules import (
    FIRST_SECOND,
    LAST_SECOND,
    MARGIN_DAYS,
    SETTLED_SECOND,
    UNSETTLED_SECOND,
    Pair,
    day_number,
)
from contracts.domain.calendar.windows import DAY_SECONDS, Window, full_day, merge
from contracts.domain.calendar.zones import offset_stretches


@dataclass(frozen=True)
class WeeklyWindows:
    """Opening windows for each day of the week in one zone, minus holidays, with overrides (S4).

    `holidays` maps dates to their names, `overrides` dates to the windows that replace that date's.
    """

    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    holidays: Mapping[date, str] = field(default_factory=dict)
    overrides: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)

    @cached_property
    def _dated(self) -> dict[int, tuple[Window, ...]]:
        """Windows of the dates that differ from the week, by day number: an override beats a holiday."""
        closed: dict[int, tuple[Window, ...]] = {day_number(on): () for on in self.holidays}
        return closed | {day_number(on): windows for on, windows in self.overrides.items()}

    @cached_property
    def _dated_reach(self) -> Pair:
        days = [day for day, windows in self._dated.items() if windows] if not any(self.week) else []
        first, last = min(days, default=0), max(days, default=0)
        return (first - MARGIN_DAYS) * DAY_SECONDS, (last + MARGIN_DAYS) * DAY_SECONDS

    @property
    def first(self) -> int:
        """Give the epoch second before which it never opens."""
        return FIRST_SECOND if any(self.week) else self._dated_reach[0]

    @property
    def last(self) -> int:
        """Give the epoch second after which it never opens again."""
        return LAST_SECOND if any(self.week) else self._dated_reach[1]

    @cached_property
    def unsettled(self) -> int:
        """Give the epoch second before which it repeats every 400 years."""
        return min(UNSETTLED_SECOND, (min(self._dated, default=0) - MARGIN_DAYS) * DAY_SECONDS)

    @cached_property
    def settled(self) -> int:
        """Give the epoch second after which it repeats every 400 years."""
        return max(SETTLED_SECOND, (max(self._dated, default=0) + MARGIN_DAYS) * DAY_SECONDS)

    @property
    def opens_at_all(self) -> bool:
        """Tell whether there is any window, weekly or dated."""
        return any(self.week) or any(self.overrides.values())

    def full_day_seconds(self) -> int:
        """Tell how long a normal day is open; a clock change counts for nothing here."""
        return full_day(self.week if any(self.week) else self.overrides.values())

    def holiday_hours(self) -> "WeeklyWindows":
        """Give the calendar of what the holidays take away: their windows, and nothing else (S15)."""
        lost = {on: self.week[on.weekday()] for on in self.holidays if on not in self.overrides}
        return WeeklyWindows(zone=self.zone, week=((),) * 7, overrides=lost)

    def open_between(self, *, start: int, end: int) -> list[Pair]:
        """List the open stretches from start to end (epoch seconds), joined, in order.

        The windows are laid out on the wall clock; each stretch of one offset then shows its part of that
        clock, so skipped times fall out and repeated ones come twice by themselves.
        """
        walls = merge(self._wall_windows(start // DAY_SECONDS, end // DAY_SECONDS))
        if not walls:
            return []
        ends = [wall_end for _, wall_end in walls]
        shown: list[Pair] = []
        for since, until, offset in offset_stretches(self.zone, start, end):
            wall_since, wall_until = since + offset, until + offset
            for wall_start, wall_end in walls[bisect_right(ends, wall_since) :]:
                if wall_start >= wall_until:
                    break
                shown.append((max(wall_start, wall_since) - offset, min(wall_end, wall_until) - offset))
        return merge(shown)

    def _wall_windows(self, first_day: int, last_day: int) -> Iterator[Window]:
        """List the windows of every date, in seconds of the wall clock since 1970-01-01 00:00."""
        dated, week = self._dated, self.week
        near = range(first_day - MARGIN_DAYS, last_day + MARGIN_DAYS)
        days = near if any(week) else sorted(day for day in dated if day in near)
        for day in days:
            midnight = day * DAY_SECONDS
            windows = dated[day] if day in dated else week[(day + 3) % 7]
            for start, end in windows:
                yield midnight + start, midnight + end
