"""A calendar that walks the clock step by step: slow, plain, and sharing nothing with the real one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ONE_DAY = timedelta(days=1)


class SlowCalendar:
    """Answers by looking at the wall clock at every step: 60 s will do where offsets are whole minutes."""

    def __init__(self, spec: dict[str, Any], *, step: int = 60) -> None:
        self.spec = spec
        self.zone = ZoneInfo(spec["tz"])
        self.step = step

    def windows_of(self, on: date) -> list[list[str]]:
        """List the windows that start on a date."""
        key = on.isoformat()
        if key in self.spec.get("overrides", {}):
            return list(self.spec["overrides"][key])
        if key in self.spec.get("holidays", []):
            return []
        return list(self.spec["weekly"].get(WEEKDAYS[on.weekday()], []))

    def is_open(self, at: datetime) -> bool:
        """Look at the wall clock, and whether it shows a time of a window of that date or the one before."""
        wall = at.astimezone(self.zone).replace(tzinfo=None)
        for on in (wall.date(), wall.date() - ONE_DAY):
            midnight = datetime.combine(on, time())
            for start, end in self.windows_of(on):
                opens = midnight + clock_time(start)
                closes = midnight + clock_time(end)
                if closes <= opens:
                    closes += ONE_DAY
                if opens <= wall < closes:
                    return True
        return False

    def steps(self, second: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Walk forward from one epoch second to another: from, to and whether open."""
        while second < end:
            until = min(second - second % self.step + self.step, end)
            yield second, until, self.is_open(datetime.fromtimestamp(second, UTC))
            second = until

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Count the open seconds between two moments on whole seconds."""
        return sum(
            b - a for a, b, is_open in self.steps(int(start.timestamp()), int(end.timestamp())) if is_open
        )

    def add(self, start: datetime, seconds: int, *, horizon: timedelta) -> datetime:
        """Walk on (or back) until the amount has passed; it must have, within the horizon."""
        if seconds == 0:
            return start
        here = int(start.timestamp())
        far = int(horizon.total_seconds())
        walk = self.steps(here, here + far) if seconds > 0 else reversed(list(self.steps(here - far, here)))
        left = abs(seconds)
        for since, until, is_open in walk:
            if is_open and left <= until - since:
                return datetime.fromtimestamp(since + left if seconds > 0 else until - left, UTC)
            left -= (until - since) if is_open else 0
        raise AssertionError("the amount does not pass within the horizon")


def clock_time(text: str) -> timedelta:
    """Turn a time of day into the time since midnight."""
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
