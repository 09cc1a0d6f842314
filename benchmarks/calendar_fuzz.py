"""How often the business calendar is wrong: random calendars in all zones against the slow one (goal P6).

Run as `python -m benchmarks.calendar_fuzz [cases] [seed]`; it stops at the first wrong answer and shows it.
"""

import random
import sys
from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from contracts.domain.calendar import Calendar, NeverOpens
from tests.contracts.domain.calendar_oracle import WEEKDAYS, SlowCalendar
from tests.contracts.domain.zone_changes import all_zones, offset_changes

DAY = 86_400
QUESTIONS = 150


class Seconds:
    """Some days of a calendar, second by second: the open ones, and how many came before each."""

    def __init__(self, spec: dict[str, Any], *, first: int) -> None:
        changes = offset_changes(spec["tz"])
        near = [offset for second, *both in changes if abs(second - first) < 40_000 * DAY for offset in both]
        odd = any(offset % 60 for offset in near)
        self.first, self.length = first, DAY if odd else 10 * DAY
        steps = SlowCalendar(spec, step=1 if odd else 60).steps(first, first + self.length)
        flags = [is_open for since, until, is_open in steps for _ in range(until - since)]
        self.flags, self.before = flags, [0, *accumulate(flags)]

    def at(self, second: int) -> datetime:
        """Give the moment of a second."""
        return datetime.fromtimestamp(self.first + second, UTC)

    def open_number(self, number: int) -> int:
        """Find the second before which so many were open, the first such."""
        return bisect_left(self.before, number)


def draw_time(draw: random.Random) -> str:
    """Draw a time of day."""
    return f"{draw.randrange(24):02d}:{draw.choice([0, 5, 15, 17, 30, 45, 59]):02d}"


def draw_windows(draw: random.Random) -> list[list[str]]:
    """Draw the windows of a day, often none."""
    pairs = [[draw_time(draw), draw.choice([draw_time(draw), "24:00"])] for _ in range(draw.randrange(4))]
    return [pair for pair in pairs if pair[0] != pair[1]]


def draw_case(draw: random.Random) -> tuple[dict[str, Any], int]:
    """Draw a calendar and a first second, mostly days before a clock change of its zone."""
    zone = draw.choice(all_zones())
    changes = [second for second, _, _ in offset_changes(zone)] or [0]
    middle = draw.choice(changes) if draw.random() < 0.7 else draw.randrange(-4_000_000_000, 5_000_000_000)
    first = middle - draw.randrange(5 * DAY)
    on = datetime.fromtimestamp(first, UTC).date()
    dates = [(on + timedelta(days=days)).isoformat() for days in range(-2, 13)]
    spec = {
        "tz": zone,
        "weekly": {day: draw_windows(draw) for day in WEEKDAYS},
        "holidays": draw.sample(dates, draw.randrange(4)),
        "overrides": {day: draw_windows(draw) for day in draw.sample(dates, draw.randrange(4))},
    }
    return spec, first


def ask(calendar: Calendar, known: Seconds, draw: random.Random) -> int:
    """Put one question of each kind, and count them."""
    one, two = draw.randrange(known.length), draw.randrange(known.length)
    start, passed, asked = known.at(one), known.before[one], 2
    assert calendar.elapsed(start, known.at(two)) == known.before[two] - passed, (calendar, start, two)
    assert calendar.is_open(start) is known.flags[one], (calendar, start)
    ahead = known.before[-1] - passed
    if ahead:
        amount = draw.choice([1, ahead, draw.randint(1, ahead)])
        due, opens = known.at(known.open_number(passed + amount)), known.at(known.open_number(passed + 1) - 1)
        assert calendar.add(start, amount) == due, (calendar, start, amount)
        assert calendar.next_open(start) == opens, (calendar, start)
        asked += 2
    if passed:
        amount = draw.choice([1, passed, draw.randint(1, passed)])
        since = known.at(known.open_number(passed - amount + 1) - 1)
        assert calendar.add(start, -amount) == since, (calendar, start, -amount)
        asked += 1
    return asked


def main(cases: int, seed: int) -> None:
    """Ask until enough cases have been right."""
    draw, asked = random.Random(seed), 0
    while asked < cases:
        spec, first = draw_case(draw)
        try:
            calendar = Calendar.from_dict(spec)
        except NeverOpens:
            continue
        known = Seconds(spec, first=first)
        asked += sum(ask(calendar, known, draw) for _ in range(QUESTIONS))
    print(f"P6    {asked:,} cases in all zones, none wrong (seed {seed})")


if __name__ == "__main__":
    main(*(int(given) for given in (sys.argv[1:] + ["100000", "1"][len(sys.argv) - 1 :])))
