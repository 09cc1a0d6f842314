"""How much of a balance is used, and which warnings that calls for (H6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def used_percent(*, capacity: int, available: int) -> int:
    """Whole per cent of the capacity used, rounded down, 0 to 100; 0 where there was nothing to use."""
    if capacity <= 0:
        return 0
    return max(0, min(100, (capacity - available) * 100 // capacity))


def due_warnings(*, levels: Iterable[int], given: Collection[int], used: int) -> list[int]:
    """The levels reached and not yet given, lowest first; people are told of the last one alone."""
    return sorted(level for level in set(levels) if level <= used and level not in given)
