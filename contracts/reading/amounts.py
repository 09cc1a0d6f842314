"""Amounts as they are written in plan files: `30m`, `8h`, `2bd`, `24h` of work, `3500.00` of a currency."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SECONDS = {"m": 60, "h": 3600}
_DURATION = re.compile(r"([1-9][0-9]*)(m|h|bd)")
_MONEY = re.compile(r"(0|[1-9][0-9]*)\.([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Within:
    """A target as written: seconds, or business days, or neither where the plan states that there is none."""

    seconds: int | None = None
    business_days: int | None = None


def within(text: object) -> Within:
    """A target: minutes (`30m`), hours (`8h`), business days (`2bd`), or `none`; raises `ValueError`."""
    if text == "none":
        return Within()
    number, unit = _parted(text)
    return Within(business_days=number) if unit == "bd" else Within(seconds=number * _SECONDS[unit])


def seconds(text: object) -> int:
    """A length of time in whole seconds, written in minutes or hours; raises `ValueError`."""
    number, unit = _parted(text)
    if unit == "bd":
        raise ValueError("business days have no fixed length here; write minutes (30m) or hours (8h)")
    return number * _SECONDS[unit]


def work_minutes(text: object) -> int:
    """An amount of work in whole minutes, written in minutes or hours; raises `ValueError`."""
    return seconds(text) // 60


def minor_units(text: object) -> int:
    """Pence or cents of an amount written with two decimals in quotes (`"3500.00"`); raises `ValueError`."""
    match = _MONEY.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError('a price is written in quotes with two decimals, such as "3500.00"')
    return int(match[1]) * 100 + int(match[2])


def _parted(text: object) -> tuple[int, str]:
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError('a length of time is written in quotes, such as "30m", "8h" or "2bd"')
    return int(match[1]), match[2]
