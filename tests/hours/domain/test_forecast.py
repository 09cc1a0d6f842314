"""When hours run out, with the range, and when to warn (H6, H10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hours.domain.forecast import forecast, weekly_totals
from hours.domain.warnings import due_warnings, used_percent

TODAY = date(2026, 10, 13)
LONG_AGO = date(2025, 1, 1)


def weeks(*minutes: int) -> dict[date, int]:
    """So many minutes in each trailing week, the latest first."""
    return {TODAY - timedelta(days=7 * number): amount for number, amount in enumerate(minutes)}


def test_an_even_pace_has_one_day_and_no_range() -> None:
    seen = forecast(drawn=weeks(*[420] * 8), available=600, today=TODAY, since=LONG_AGO)
    assert (seen.minutes_a_week, seen.runs_out_on) == (420, TODAY + timedelta(days=10))
    assert seen.earliest_on == seen.latest_on == seen.runs_out_on


def test_an_uneven_pace_widens_the_range() -> None:
    seen = forecast(drawn=weeks(840, 0, 840, 0, 840, 0, 840, 0), available=600, today=TODAY, since=LONG_AGO)
    assert seen.earliest_on
    assert seen.latest_on
    assert seen.runs_out_on
    assert seen.earliest_on < seen.runs_out_on < seen.latest_on


def test_one_burst_may_never_run_out_at_the_slow_end() -> None:
    seen = forecast(drawn=weeks(600), available=600, today=TODAY, since=LONG_AGO)
    assert seen.runs_out_on is not None
    assert seen.latest_on is None


def test_without_work_nothing_runs_out() -> None:
    seen = forecast(drawn={}, available=600, today=TODAY, since=LONG_AGO)
    assert (seen.minutes_a_week, seen.runs_out_on) == (0, None)


def test_an_empty_balance_has_run_out_today() -> None:
    assert forecast(drawn=weeks(60), available=0, today=TODAY, since=LONG_AGO).runs_out_on == TODAY


def test_a_young_contract_counts_its_own_weeks_alone() -> None:
    since = TODAY - timedelta(days=15)
    assert weekly_totals(weeks(60, 120, 999), today=TODAY, since=since) == [60, 120]


def test_work_older_than_eight_weeks_does_not_count() -> None:
    assert weekly_totals(weeks(*[10] * 12), today=TODAY, since=LONG_AGO) == [10] * 8


@pytest.mark.parametrize(
    ("capacity", "left", "percent"),
    [(600, 600, 0), (600, 151, 74), (600, 150, 75), (600, 0, 100), (0, 0, 0), (600, 700, 0)],
)
def test_use_is_rounded_down(capacity: int, left: int, percent: int) -> None:
    assert used_percent(capacity=capacity, available=left) == percent


def test_levels_reached_and_not_yet_given_are_due() -> None:
    assert due_warnings(levels=(75, 90, 100), given=[75], used=95) == [90]
    assert due_warnings(levels=(90, 75), given=[], used=100) == [75, 90]
