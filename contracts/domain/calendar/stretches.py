"""Time told as open, closed and holiday stretches (S15)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["open", "closed", "holiday"]
Range = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time of one kind, from start up to end, in UTC."""

    start: datetime
    end: datetime
    kind: Kind

    @property
    def seconds(self) -> int:
        """Tell its length in whole seconds."""
        return (self.end - self.start) // timedelta(seconds=1)


def label_stretches(
    *, start: datetime, end: datetime, opens: Sequence[Range], holidays: Sequence[Range]
) -> list[Stretch]:
    """Cover start to end: what is open, and of the rest what a holiday took and what is closed anyway."""
    told: list[Stretch] = []
    for since, until, is_open in _cut(start=start, end=end, marked=opens):
        if is_open:
            told.append(Stretch(since, until, "open"))
            continue
        for part_since, part_until, is_lost in _cut(start=since, end=until, marked=holidays):
            told.append(Stretch(part_since, part_until, "holiday" if is_lost else "closed"))
    return told


def _cut(
    *, start: datetime, end: datetime, marked: Sequence[Range]
) -> Iterator[tuple[datetime, datetime, bool]]:
    """Cut start to end at the marked ranges, telling of each piece whether it is marked."""
    done = start
    for since, until in marked:
        first, last = max(since, done), min(until, end)
        if first >= last:
            continue
        if done < first:
            yield done, first, False
        yield first, last, True
        done = last
    if done < end:
        yield done, end, False
