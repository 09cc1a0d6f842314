"""Periods and months as moments where the client is, over every clock change (H4, H9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.periods import (
    UnknownPeriodError,
    closes_at,
    local_date,
    midnight,
    months_later,
    next_month,
    parse_month,
    periods,
)

ZONES = ("Europe/Brussels", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut")


@pytest.mark.parametrize("zone", ZONES)
def test_the_second_before_midnight_is_the_day_before_on_every_day_of_two_years(zone: str) -> None:
    for number in range(730):
        on = date(2026, 1, 1) + timedelta(days=number)
        start = midnight(on, zone)
        assert local_date(start, zone) == on
        assert local_date(start - timedelta(seconds=1), zone) == on - timedelta(days=1)


def test_a_day_that_has_no_midnight_begins_where_the_gap_ends() -> None:
    assert midnight(date(2022, 3, 27), "Asia/Beirut") == datetime(2022, 3, 26, 22, tzinfo=UTC)


def test_of_two_midnights_the_first_begins_the_day() -> None:
    first = midnight(date(2021, 10, 31), "America/Havana")
    assert local_date(first - timedelta(seconds=1), "America/Havana") == date(2021, 10, 30)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(start: date, months: int, expected: date) -> None:
    assert months_later(start, months) == expected


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["month", "quarter", "year"]),
    st.integers(0, 4000),
)
def test_periods_follow_each_other_without_gap_from_the_contracts_first_day(
    start: date, kind: str, days: int
) -> None:
    after = start + timedelta(days=days)
    found = list(islice(periods(kind, contract_start=start, contract_end=None, after=after), 4))
    assert found[0].starts_on <= max(after, start) < (found[0].ends_on or date.max)
    assert [one.ends_on for one in found[:-1]] == [one.starts_on for one in found[1:]]


def test_the_last_period_ends_with_the_contracts_last_day() -> None:
    found = list(
        periods(
            "month", contract_start=date(2026, 3, 1), contract_end=date(2026, 4, 10), after=date(2026, 1, 1)
        )
    )
    assert [one.ends_on for one in found] == [date(2026, 4, 1), date(2026, 4, 11)]


def test_once_is_one_period_as_long_as_the_contract() -> None:
    (only,) = periods("once", contract_start=date(2026, 3, 1), contract_end=None, after=date(2026, 5, 1))
    assert (only.starts_on, only.ends_on) == (date(2026, 3, 1), None)


def test_an_unknown_period_has_a_name() -> None:
    with pytest.raises(UnknownPeriodError):
        next(periods("week", contract_start=date(2026, 3, 1), contract_end=None, after=date(2026, 3, 1)))


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "0000-01", "march", "2026-10-01", "２０２６-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="2026-10"):
        parse_month(text)


def test_a_month_is_written_as_year_and_month() -> None:
    assert parse_month("2026-12") == date(2026, 12, 1)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def test_a_month_closes_some_days_into_the_next() -> None:
    assert closes_at(date(2026, 3, 1), zone="Europe/London", grace_days=3) == datetime(
        2026, 4, 3, 23, tzinfo=UTC
    )
