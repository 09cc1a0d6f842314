"""Open time laid out in epoch seconds, in blocks with running sums, and read by bisection (S3).

A block is 2,319 days long: 63 of them make one 400-year turn of the civil calendar exactly, after which
weekdays, leap years and the clock rules of every zone repeat. So even an amount of a thousand years costs at
most one turn. A position is an epoch second and the microseconds after it.
"""

from bisect import bisect_left, bisect_right

from contracts.domain.calendar.errors import NeverOpens, OutOfReach
from contracts.domain.calendar.rules import FIRST_SECOND, LAST_SECOND, Pair, Rule

BLOCK_SECONDS = 2_319 * 86_400
_TURN_BLOCKS = 63
_FIRST_BLOCK = FIRST_SECOND // BLOCK_SECONDS + 1
_LAST_BLOCK = LAST_SECOND // BLOCK_SECONDS - 1
_KEPT_BLOCKS = 64

Position = tuple[int, int]


class Block:
    """The open stretches of one block and the open seconds before and after each.

    All lists but `opens` begin with an empty stretch at the start of the block, so that every moment has one
    at or before it: the slot that bisecting `opens` gives. `shift` turns open seconds of the block into the
    epoch second at which they have passed.
    """

    __slots__ = ("after", "before", "ends", "opens", "shift", "total")

    def __init__(self, *, start: int, stretches: list[Pair]) -> None:
        self.opens = [opens for opens, _ in stretches]
        self.ends = [start]
        self.shift = [start]
        self.before = [0]
        self.after = [0]
        total = 0
        for opens, closes in stretches:
            self.shift.append(opens - total)
            self.ends.append(closes)
            self.before.append(total)
            total += closes - opens
            self.after.append(total)
        self.total = total


class Timeline:
    """A rule's open time, worked out block by block when it is first asked for.

    Threads may share it: a block that two of them work out at once comes out equal, and either may stay.
    """

    __slots__ = ("_first", "_last", "_rule", "_settled", "_totals", "_unsettled", "blocks")

    def __init__(self, rule: Rule) -> None:
        self.blocks: dict[int, Block] = {}
        self._totals: dict[int, int] = {}
        self._rule = rule
        self._first = max(_FIRST_BLOCK, rule.first // BLOCK_SECONDS)
        self._last = min(_LAST_BLOCK, rule.last // BLOCK_SECONDS)
        self._unsettled = rule.unsettled // BLOCK_SECONDS - 1
        self._settled = rule.settled // BLOCK_SECONDS + 1

    def block(self, index: int) -> Block:
        """Give a block, working it out where it is not at hand."""
        found = self.blocks.get(index)
        if found is not None:
            return found
        if not _FIRST_BLOCK <= index <= _LAST_BLOCK:
            raise OutOfReach("calendars reach from the year 10 to 9990: ask for a moment between them")
        start = index * BLOCK_SECONDS
        made = Block(start=start, stretches=self._rule.open_between(start=start, end=start + BLOCK_SECONDS))
        if len(self.blocks) >= _KEPT_BLOCKS:
            self.blocks.clear()
        self.blocks[index] = made
        return made

    def _total(self, index: int) -> int:
        """Give the open seconds of a block by the like block of one turn, near enough to stay at hand."""
        if index > self._settled:
            index = self._settled + (index - self._settled) % _TURN_BLOCKS
        elif index < self._unsettled:
            index = self._unsettled - (self._unsettled - index) % _TURN_BLOCKS
        total = self._totals.get(index)
        if total is None:
            total = self._totals[index] = self.block(index).total
        return total

    def forward(self, second: int, fraction: int, amount: int) -> Position:
        """Find the earliest moment by which a positive amount of open seconds has passed since a position."""
        index = second // BLOCK_SECONDS
        block = self.blocks.get(index) or self.block(index)
        slot = bisect_right(block.opens, second)
        if second < block.ends[slot]:
            target = second - block.shift[slot] + amount
        else:
            target = block.after[slot] + amount
            fraction = 0
        if target >= block.total:
            index, target = self._block_ahead(index, target, fraction)
            block = self.block(index)
        slot = (bisect_right if fraction else bisect_left)(block.after, target)
        return target + block.shift[slot], fraction

    def _block_ahead(self, index: int, target: int, fraction: int) -> Position:
        while True:
            total = self._total(index)
            if target < total or (target == total and not fraction):
                return index, target
            target -= total
            index += 1
            if index > self._last:
                raise self._exhausted("after")

    def backward(self, second: int, fraction: int, amount: int) -> Position:
        """Find the latest moment from which a positive amount of open seconds passes until a position."""
        index = second // BLOCK_SECONDS
        block = self.blocks.get(index) or self.block(index)
        slot = bisect_right(block.opens, second)
        if second < block.ends[slot]:
            target = second - block.shift[slot] - amount
        else:
            target = block.after[slot] - amount
            fraction = 0
        while target < 0:
            index -= 1
            if index < self._first:
                raise self._exhausted("before")
            target += self._total(index)
        block = self.block(index)
        return target + block.shift[bisect_right(block.before, target) - 1], fraction

    def _exhausted(self, side: str) -> NeverOpens | OutOfReach:
        if self._first > _FIRST_BLOCK or self._last < _LAST_BLOCK:
            return NeverOpens(
                f"the calendar has only single dates, and does not open long enough {side} that moment: "
                "give it weekly windows or more dates"
            )
        return OutOfReach("the answer lies outside the years 10 to 9990: ask for a smaller amount")

    def between(self, start: Position, end: Position) -> Position:
        """Tell the open time from one position to a later one, in seconds and microseconds.

        The microseconds may be negative; the sum counts.
        """
        first, last = start[0] // BLOCK_SECONDS, end[0] // BLOCK_SECONDS
        start_seconds, start_fraction = self._passed(first, start)
        end_seconds, end_fraction = self._passed(last, end)
        seconds = end_seconds - start_seconds
        for index in range(first, last):
            seconds += self._total(index)
        return seconds, end_fraction - start_fraction

    def _passed(self, index: int, position: Position) -> Position:
        """Tell the open time from the start of a block to a position in it."""
        block = self.blocks.get(index) or self.block(index)
        second = position[0]
        slot = bisect_right(block.opens, second)
        if second < block.ends[slot]:
            return second - block.shift[slot], position[1]
        return block.after[slot], 0

    def is_open(self, second: int) -> bool:
        """Tell whether an epoch second is open."""
        block = self.block(second // BLOCK_SECONDS)
        return second < block.ends[bisect_right(block.opens, second)]

    def next_opening(self, second: int) -> int:
        """Find the first opening after an epoch second that is closed."""
        index = second // BLOCK_SECONDS
        block = self.block(index)
        slot = bisect_right(block.opens, second)
        if slot < len(block.opens):
            return block.opens[slot]
        for later in range(index + 1, self._last + 1):
            if self._total(later):
                return self.block(later).opens[0]
        raise self._exhausted("after")

    def stretches(self, first: int, last: int) -> list[Pair]:
        """List the open stretches that touch the epoch seconds from first to last, joined over blocks."""
        found: list[Pair] = []
        for index in range(first // BLOCK_SECONDS, last // BLOCK_SECONDS + 1):
            block = self.block(index)
            low = max(1, bisect_right(block.ends, first))
            high = bisect_right(block.opens, last)
            part = list(zip(block.opens[low - 1 : high], block.ends[low : high + 1], strict=True))
            if part and found and found[-1][1] == part[0][0]:
                part[0] = (found.pop()[0], part[0][1])
            found.extend(part)
        return found
