"""The calendars that ours is measured beside: two libraries where they are installed, and bare arithmetic."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate
from typing import Any

from contracts.domain.calendar import Calendar

ZONE = "Europe/Berlin"
HOLIDAYS = [date(year, month, day) for year in range(2024, 2030) for month, day in ((1, 1), (5, 1), (12, 25))]
OFFICE = {
    "tz": ZONE,
    "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holidays": [on.isoformat() for on in HOLIDAYS],
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Peer:
    """A calendar under its name: adding seconds of open time, and counting them."""

    name: str
    add: Callable[[datetime, int], object]
    elapsed: Callable[[datetime, datetime], object]


class BareBisection:
    """What remains without checks, kinds of calendar and parts of seconds: bisection over running sums."""

    def __init__(self, calendar: Calendar) -> None:
        found = calendar.intervals(datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
        self.starts = [int(opens.timestamp()) for opens, _ in found]
        self.ends = [int(closes.timestamp()) for _, closes in found]
        lengths = [closes - opens for opens, closes in zip(self.starts, self.ends, strict=True)]
        self.after = list(accumulate(lengths))
        self.before = [0, *self.after[:-1]]

    def passed(self, at: datetime) -> int:
        """Count the open seconds before a moment."""
        second = int((at - EPOCH).total_seconds())
        slot = bisect_right(self.starts, second) - 1
        return self.before[slot] + min(second, self.ends[slot]) - self.starts[slot]

    def add(self, start: datetime, seconds: int) -> datetime:
        """Find a due time."""
        target = self.passed(start) + seconds
        slot = bisect_left(self.after, target)
        return EPOCH + timedelta(seconds=self.starts[slot] + target - self.before[slot])

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Count the open seconds between two moments."""
        return self.passed(end) - self.passed(start)


def bare(calendar: Calendar) -> Peer:
    """Give the bare bisection as a peer."""
    bisection = BareBisection(calendar)
    return Peer("bare bisection", bisection.add, bisection.elapsed)


def django_bizcal() -> Peer | None:
    """Give django-bizcal as a peer, where it is installed."""
    if find_spec("django_bizcal") is None:
        return None
    working = import_module("django_bizcal.calendars.working")
    providers = import_module("django_bizcal.providers")
    calendar = working.WorkingCalendar(
        tz=ZONE,
        weekly_schedule={weekday: [(time(9), time(17))] for weekday in range(5)},
        holiday_provider=providers.SetHolidayProvider.from_dates(HOLIDAYS),
    )
    return Peer(
        "django-bizcal",
        lambda start, seconds: calendar.add_business_time(start, timedelta(seconds=seconds)),
        calendar.business_time_between,
    )


def businesstimedelta() -> Peer | None:
    """Give businesstimedelta as a peer, where it is installed."""
    if find_spec("businesstimedelta") is None:
        return None
    library = import_module("businesstimedelta")
    zone = import_module("pytz").timezone(ZONE)
    workday = library.WorkDayRule(start_time=time(9), end_time=time(17), working_days=list(range(5)), tz=zone)
    rules = library.Rules([workday, library.HolidayRule(dict.fromkeys(HOLIDAYS, "holiday"), tz=zone)])
    return Peer(
        "businesstimedelta",
        lambda start, seconds: start + library.BusinessTimeDelta(rules, seconds=seconds),
        rules.difference,
    )


def numpy_batches(calendar: Calendar) -> dict[str, Callable[[Sequence[datetime], int], object]]:
    """Give the batch of due times by numpy, on datetimes and on bare epoch seconds, where it is installed."""
    if find_spec("numpy") is None:
        return {}
    np = import_module("numpy")
    bisection = BareBisection(calendar)
    starts, ends, after, before = (
        np.array(column) for column in (bisection.starts, bisection.ends, bisection.after, bisection.before)
    )

    def due(seconds: Any, amount: int) -> Any:  # noqa: ANN401 (arrays of a library that may be missing)
        slots = np.searchsorted(starts, seconds, side="right") - 1
        targets = before[slots] + np.minimum(seconds, ends[slots]) - starts[slots] + amount
        found = np.searchsorted(after, targets, side="left")
        return starts[found] + targets - before[found]

    def on_datetimes(moments: Sequence[datetime], amount: int) -> list[datetime]:
        seconds = np.array([moment.timestamp() for moment in moments]).astype(np.int64)
        return [datetime.fromtimestamp(second, UTC) for second in due(seconds, amount).tolist()]

    kept: dict[int, Any] = {}

    def on_epochs(moments: Sequence[datetime], amount: int) -> object:
        if id(moments) not in kept:
            kept[id(moments)] = np.array([int(moment.timestamp()) for moment in moments])
        return due(kept[id(moments)], amount)

    return {"numpy, datetimes in and out": on_datetimes, "numpy, bare epoch seconds": on_epochs}
