"""A share as a bar, beside the share of the period that has gone by."""

from __future__ import annotations

from dataclasses import dataclass

_OVER_FROM = 90
_AHEAD_BY = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What the bar shows in percent; `words` say all of it to those who do not see it."""

    percent: float
    mark: float | None
    tone: str
    words: str


def meter_of(*, used: int, granted: int, passed_percent: float | None = None, words: str = "") -> Meter:
    """Minutes used of those granted; `over` from 90 percent, `warn` from 15 points ahead of the calendar."""
    share = 100 * used / granted if granted > 0 else (100.0 if used > 0 else 0.0)
    told = f"{round(share)} percent used"
    if passed_percent is not None:
        told += f", {round(passed_percent)} percent of the period over"
    return Meter(
        percent=round(min(max(share, 0.0), 100.0), 2),
        mark=None if passed_percent is None else round(min(max(passed_percent, 0.0), 100.0), 2),
        tone=_tone(share, passed_percent),
        words=words or told,
    )


def _tone(share: float, passed: float | None) -> str:
    if share >= _OVER_FROM:
        return "over"
    return "warn" if passed is not None and share - passed >= _AHEAD_BY else ""
