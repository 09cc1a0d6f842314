"""The business calendar: when it is open, and how open time adds up (S2 to S5, S15)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from contracts.domain.calendar.errors import (
    BackwardRange,
    CalendarError,
    FractionalAmount,
    NaiveDatetime,
)
from contracts.domain.calendar.reading import AnyRule, read_rule, write_rule
from contracts.domain.calendar.rules import AlwaysOpen
from contracts.domain.calendar.span import SpanWeek
from contracts.domain.calendar.stretches import Stretch, label_stretches
from contracts.domain.calendar.timeline import Position, Timeline
from contracts.domain.calendar.weekly import WeeklyWindows
from contracts.domain.calendar.windows import DAY_SECONDS
from contracts.domain.calendar.zones import EPOCH

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Opening times of a provider, a team or a contract; it never changes, and equal ones are one object.

    Moments come in aware, in any zone, and go out in UTC; amounts are whole seconds of open time. `canonical`
    is the calendar as JSON text in one fixed way. What is worked out for it is kept with it: a changed
    calendar is another calendar. Errors are kinds of CalendarError.
    """

    canonical: str
    _rule: AnyRule = field(repr=False)
    _open: Timeline = field(repr=False)
    _holiday: Timeline | None = field(repr=False)

    @classmethod
    def from_dict(cls, spec: Mapping[str, object]) -> "Calendar":
        """Read a calendar from JSON primitives, refusing what is not understood, with the way to mend it."""
        return _shared(json.dumps(write_rule(read_rule(spec)), separators=(",", ":")))

    @classmethod
    def from_json(cls, text: str) -> "Calendar":
        """Read a calendar from JSON text; the same text costs nothing the second time."""
        if not isinstance(text, str):
            raise CalendarError(f"the calendar is no JSON text: {text!r}")
        return _read_text(text)

    def to_dict(self) -> dict[str, object]:
        """Write the calendar in JSON primitives, the same for all ways of writing it."""
        return write_rule(self._rule)

    def __eq__(self, other: object) -> bool:
        return self.canonical == other.canonical if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.canonical)

    def __reduce__(self) -> tuple[object, ...]:
        return Calendar.from_json, (self.canonical,)

    @property
    def is_always(self) -> bool:
        """Tell whether it never closes."""
        return isinstance(self._rule, AlwaysOpen)

    @property
    def zone(self) -> str:
        """Name the zone whose clock it goes by: UTC where it is always open, a span's opening zone."""
        match self._rule:
            case AlwaysOpen():
                return "UTC"
            case SpanWeek():
                return self._rule.opens.zone.key
            case WeeklyWindows():
                return self._rule.zone.key

    def full_day_seconds(self) -> int:
        """Tell the open seconds of one business day: the commonest of its days, the longer of equals."""
        return self._rule.full_day_seconds() if isinstance(self._rule, WeeklyWindows) else DAY_SECONDS

    def holiday_name(self, on: date) -> str | None:
        """Name the holiday of a date: empty where it has no name, None where the date is none."""
        return None if isinstance(self._rule, AlwaysOpen) else self._rule.holidays.get(on)

    def holidays_between(self, start: datetime, end: datetime) -> list[str]:
        """Name the holidays on whose days a stretch lies, in order; empty names for those without one."""
        zone = ZoneInfo(self.holiday_zone)
        first, last = start.astimezone(zone).date(), (end - _INSTANT).astimezone(zone).date()
        days = (first + timedelta(days=day) for day in range((last - first).days + 1))
        return [name for on in days if (name := self.holiday_name(on)) is not None]

    @property
    def holiday_zone(self) -> str:
        """Name the zone by whose clock its holidays begin and end."""
        local = self._rule.local if isinstance(self._rule, SpanWeek) else None
        return local.zone.key if local is not None and local.zone is not None else self.zone

    @property
    def waits_on_local_holidays(self) -> bool:
        """Tell whether a client's own holidays close it, where it is a provider's calendar."""
        return isinstance(self._rule, SpanWeek) and self._rule.local is not None

    def at_home_with(self, business: "Calendar") -> "Calendar":
        """Give the calendar as it counts for a client: without the client's holidays where it waits on them.

        Those are the days that the client's calendar names as holidays and on which it never opens.
        """
        if not self.waits_on_local_holidays:
            return self
        dates = business.whole_holidays()
        local = {"tz": business.zone, "dates": {on.isoformat(): name for on, name in dates.items()}}
        return Calendar.from_dict({**self.to_dict(), "local_holidays": local})

    def whole_holidays(self) -> dict[date, str]:
        """Give the holidays by date, without those with opening hours of their own."""
        if not isinstance(self._rule, WeeklyWindows):
            return {}
        return {on: name for on, name in self._rule.holidays.items() if not self.opens_on(on)}

    def opens_on(self, on: date) -> bool:
        """Tell whether it is open at any time of a date, from midnight to midnight in its zone."""
        zone = ZoneInfo(self.zone)
        midnight = datetime.combine(on, time(), zone)
        following = datetime.combine(on + timedelta(days=1), time(), zone)
        return bool(self.intervals(midnight, following))

    def add(self, start: datetime, seconds: int) -> datetime:
        """Find the moment by which an amount of open time has passed since start (S3).

        That is the earliest such moment, so an amount that ends at closing time is due at closing time. A
        negative amount counts back to the latest such moment. Raises NeverOpens or OutOfReach where there is
        none.
        """
        _require_whole(seconds)
        second, fraction = _position(start)
        if seconds > 0:
            second, fraction = self._open.forward(second, fraction, seconds)
        elif seconds < 0:
            second, fraction = self._open.backward(second, fraction, -seconds)
        return _moment(second, fraction)

    def add_many(self, starts: Iterable[datetime], seconds: int) -> list[datetime]:
        """Find the same as add for each of many starts, in their order."""
        _require_whole(seconds)
        if seconds <= 0:
            return [self.add(start, seconds) for start in starts]
        forward = self._open.forward
        return [_moment(*forward(*_position(start), seconds)) for start in starts]

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Count the whole open seconds from start to end; negative where end is the earlier."""
        first, last = _position(start), _position(end)
        if first > last:
            return -_whole_seconds(self._open.between(last, first))
        return _whole_seconds(self._open.between(first, last))

    def is_open(self, at: datetime) -> bool:
        """Tell whether the calendar is open at a moment (S4)."""
        return self._open.is_open(_position(at)[0])

    def next_open(self, at: datetime) -> datetime:
        """Find the first open moment from a moment on; an open moment is its own."""
        second, fraction = _position(at)
        if not self._open.is_open(second):
            second, fraction = self._open.next_opening(second), 0
        return _moment(second, fraction)

    def intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """List the open stretches from start to end, in order, none touching the next."""
        return _intervals(self._open, start, end)

    def closed_reason(self, at: datetime) -> Literal["closed", "holiday"] | None:
        """Tell why it is closed at a moment: for a holiday, or as on any such day; None where it is open."""
        second, _ = _position(at)
        if self._open.is_open(second):
            return None
        return "holiday" if self._holiday is not None and self._holiday.is_open(second) else "closed"

    def stretches(self, start: datetime, end: datetime) -> list[Stretch]:
        """Cover start to end with open, closed and holiday stretches, in order, without gaps (S15).

        A holiday stretch is what a holiday takes away: the time in which its windows would have been open.
        """
        lost = [] if self._holiday is None else _intervals(self._holiday, start, end)
        return label_stretches(
            start=_moment(*_position(start)),
            end=_moment(*_position(end)),
            opens=self.intervals(start, end),
            holidays=lost,
        )


def _position(at: datetime) -> Position:
    try:
        gone = at - EPOCH
        return gone.days * DAY_SECONDS + gone.seconds, gone.microseconds
    except (TypeError, AttributeError):
        raise NaiveDatetime(f"{at!r} is no moment: give a datetime with its zone") from None


def _moment(second: int, fraction: int) -> datetime:
    return EPOCH + timedelta(0, second, fraction) if fraction else datetime.fromtimestamp(second, UTC)


def _require_whole(seconds: int) -> None:
    if type(seconds) is not int:
        raise FractionalAmount(f"{seconds!r} is no amount of open time: give whole seconds as an int")


def _whole_seconds(passed: Position) -> int:
    return passed[0] if not passed[1] else (passed[0] * 1_000_000 + passed[1]) // 1_000_000


def _intervals(timeline: Timeline, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    first, last = _position(start), _position(end)
    if first > last:
        raise BackwardRange(f"the range ends before it starts, {end} before {start}: swap the two")
    if first == last:
        return []
    touched = timeline.stretches(first[0], last[0] if last[1] else last[0] - 1)
    return [(_moment(*max((opens, 0), first)), _moment(*min((closes, 0), last))) for opens, closes in touched]


@lru_cache(maxsize=1024)
def _shared(canonical: str) -> Calendar:
    rule = read_rule(json.loads(canonical))
    lost = None if isinstance(rule, AlwaysOpen) or not rule.holidays else rule.holiday_hours()
    return Calendar(canonical, rule, Timeline(rule), Timeline(lost) if lost is not None else None)


@lru_cache(maxsize=1024)
def _read_text(text: str) -> Calendar:
    try:
        spec = json.loads(text)
    except ValueError as error:
        raise CalendarError(f"the calendar is no JSON text: {error}") from None
    return Calendar.from_dict(spec)
