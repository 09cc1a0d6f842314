"""Worked minutes become billed minutes (H1)."""

from __future__ import annotations

DAY_MINUTES = 24 * 60


class UnfitMinutesError(ValueError):
    """An amount of work that cannot be logged; the text says how to mend it."""


def billed(worked_minutes: int, increment: int) -> int:
    """The minutes billed for one entry: the work, rounded up to the next full increment (H1).

    Rounding is per entry, never over several. Raises `UnfitMinutesError` for anything but whole minutes
    between 1 and 24 hours, and for an increment below one minute.
    """
    check_worked(worked_minutes)
    if not _is_whole(increment) or increment < 1:
        raise UnfitMinutesError("The increment is a whole number of minutes, one at least.")
    return round_up(worked_minutes, increment)


def round_up(minutes: int, increment: int) -> int:
    """Minutes rounded up to the next full increment: what an estimate comes to, however large."""
    return -(-minutes // increment) * increment


def check_worked(worked_minutes: int) -> None:
    """Refuse an amount of work that is not 1 minute to 24 hours, with the way to mend it."""
    if not _is_whole(worked_minutes):
        raise UnfitMinutesError("Give the time in whole minutes.")
    if worked_minutes < 1:
        raise UnfitMinutesError("Give at least one minute; to take time back, reverse the entry.")
    if worked_minutes > DAY_MINUTES:
        raise UnfitMinutesError("One entry holds 24 hours at most; split the work over its days.")


def _is_whole(amount: object) -> bool:
    return isinstance(amount, int) and not isinstance(amount, bool)
