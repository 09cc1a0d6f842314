"""When a balance runs out, from the work of the trailing eight weeks (H10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

WEEKS = 8
WEEK_DAYS = 7
FARTHEST_DAYS = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The day on which nothing is left at the present pace, and the range in which that day lies.

    `runs_out_on` is None where nothing was drawn, or the day is more than ten years off; `latest_on` is None
    where the slowest plausible pace never empties the balance. `minutes_a_week` is the average pace.
    """

    minutes_a_week: int
    runs_out_on: date | None = None
    earliest_on: date | None = None
    latest_on: date | None = None


def forecast(*, drawn: Mapping[date, int], available: int, today: date, since: date) -> Forecast:
    """The run-out day of the available minutes, with its range (H10).

    `drawn` has the minutes drawn per day. The weeks are the eight before today, or as many full weeks as have
    passed since the contract started on `since`; the range is one standard error of their mean either way.
    """
    weekly = weekly_totals(drawn, today=today, since=since)
    mean = sum(weekly) / len(weekly)
    if mean <= 0:
        return Forecast(minutes_a_week=0)
    error = _standard_error(weekly, mean)
    return Forecast(
        minutes_a_week=round(mean),
        runs_out_on=_day(today, available, mean),
        earliest_on=_day(today, available, mean + error),
        latest_on=_day(today, available, mean - error),
    )


def weekly_totals(drawn: Mapping[date, int], *, today: date, since: date) -> list[int]:
    """Minutes drawn in each of the trailing weeks, the latest first; a week that has only begun is a week."""
    weeks = min(WEEKS, max(1, (today - since).days // WEEK_DAYS))
    totals = [0] * weeks
    for on, minutes in drawn.items():
        week = (today - on).days // WEEK_DAYS
        if on <= today and week < weeks:
            totals[week] += minutes
    return totals


def _standard_error(weekly: list[int], mean: float) -> float:
    if len(weekly) < 2:
        return mean / 2
    variance = sum((total - mean) ** 2 for total in weekly) / (len(weekly) - 1)
    return sqrt(variance / len(weekly))


def _day(today: date, available: int, minutes_a_week: float) -> date | None:
    if minutes_a_week <= 0:
        return None
    days = ceil(available * WEEK_DAYS / minutes_a_week)
    return today + timedelta(days=days) if days <= FARTHEST_DAYS else None
