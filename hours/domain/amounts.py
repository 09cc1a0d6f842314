"""How people write an amount of work: `0:45`, `45m`, `1h 30m`, `.75`; and how we write it back."""

from __future__ import annotations

import re
from fractions import Fraction

from hours.domain.rounding import UnfitMinutesError, check_worked

_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
_WORDS = re.compile(r"(?:([0-9]{1,4})\s*h)?\s*(?:([0-9]{1,6})\s*m(?:in)?)?")
_DECIMAL = re.compile(r"([0-9]{0,4})(?:[.,]([0-9]{1,4}))?\s*h?")

HOW = "Write it like 0:45, 45m, 1h 30m or .75 (hours)."
MOST_MINUTES = 100_000
"""The most that is bought, approved or asked for at once."""


def parse_minutes(text: str) -> int:
    """The whole minutes of one piece of work, as a person typed them; a bare number is hours.

    Raises `UnfitMinutesError` for anything else, for part minutes, and outside of 1 minute to 24 hours (H1).
    """
    minutes = _whole(text)
    check_worked(minutes)
    return minutes


def parse_amount(text: str, *, most: int = MOST_MINUTES) -> int:
    """The whole minutes of hours that are bought, approved or asked for, written like those of work (H5).

    Raises `UnfitMinutesError` below one minute and above `most`.
    """
    minutes = _whole(text)
    if minutes < 1:
        raise UnfitMinutesError("Give at least one minute.")
    if minutes > most:
        raise UnfitMinutesError(f"That is more than {clock_text(most)}, the most at once.")
    return minutes


def _whole(text: str) -> int:
    """The minutes typed. Only the digits 0 to 9 count: others look alike and mean mistakes."""
    typed = text.strip().lower()
    minutes = _read(typed)
    if minutes is None:
        raise UnfitMinutesError(f"“{text.strip()[:20]}” is no amount of time. {HOW}")
    if minutes.denominator != 1:
        raise UnfitMinutesError(f"That is not a whole number of minutes. {HOW}")
    return int(minutes)


def clock_text(minutes: int) -> str:
    """Minutes as hours and minutes, `14:30`; a negative amount carries its sign."""
    sign, rest = ("-", -minutes) if minutes < 0 else ("", minutes)
    return f"{sign}{rest // 60}:{rest % 60:02d}"


def _read(typed: str) -> Fraction | None:
    if found := _CLOCK.fullmatch(typed):
        return Fraction(int(found[1]) * 60 + int(found[2]))
    if (found := _WORDS.fullmatch(typed)) and (found[1] or found[2]):
        return Fraction(int(found[1] or 0) * 60 + int(found[2] or 0))
    if (found := _DECIMAL.fullmatch(typed)) and (found[1] or found[2]):
        return Fraction(f"{found[1] or '0'}.{found[2] or '0'}") * 60
    return None
