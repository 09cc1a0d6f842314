"""Letting many stories happen at once, act by act in the order of time, up to now."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

#: A story yields the moment of its next act, is resumed at that moment, acts, and yields the next.
Story = Iterator[datetime]


class Player:
    """Resumes stories in the order of their moments; what lies after `until` has not happened yet."""

    def __init__(self, *, since: datetime, until: datetime, before_each: Callable[[datetime], None]) -> None:
        self._since = since
        self._until = until
        self._before_each = before_each
        self._order = count()
        self._waiting: list[tuple[datetime, int, Story]] = []

    def add(self, story: Story) -> None:
        """Let a story take part; it begins with the moment that it yields first."""
        self._wait(story)

    def play(self, progress: Callable[[int, int], None]) -> int:
        """Let everything happen up to the end; gives the number of acts, and tells the days on the way."""
        days = max(1, (self._until - self._since).days)
        acts = 0
        while self._waiting:
            at, _, story = heapq.heappop(self._waiting)
            self._before_each(at)
            acts += 1
            progress(min((at - self._since).days, days - 1), days)
            self._wait(story)
        self._before_each(self._until)
        progress(days, days)
        return acts

    def _wait(self, story: Story) -> None:
        at = next(story, None)
        if at is not None and at <= self._until:
            heapq.heappush(self._waiting, (at, next(self._order), story))
