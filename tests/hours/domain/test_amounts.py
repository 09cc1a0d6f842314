"""How people write an amount of work, and rounding (H1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.amounts import clock_text, parse_minutes
from hours.domain.rounding import UnfitMinutesError, billed


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0:45", 45), ("45m", 45), (".75", 45), ("0,75", 45), ("1h 30m", 90), ("1h30m", 90), ("2h", 120),
        ("2", 120), ("1.5h", 90), ("24:00", 1440), ("0:01", 1), (" 90 min ", 90), ("1H", 60),
    ],
)  # fmt: skip
def test_people_may_write_time_in_their_own_way(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", "0", "0:00", "-15", "-0:15", "25:00", "25", "24:01", "45", "1:60", ".333", "15.5m", "1５", "１５m",
     "٣٠m", "1e3", "nan", "1:30:00", "abc", "0x10", "1 30", "999999999"],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_the_way_to_mend_it(text: str) -> None:
    with pytest.raises(UnfitMinutesError) as refused:
        parse_minutes(text)
    assert len(str(refused.value)) > 20


@given(st.integers(1, 1440))
def test_what_we_write_can_be_typed_again(minutes: int) -> None:
    assert parse_minutes(clock_text(minutes)) == minutes


def test_a_negative_amount_is_written_with_its_sign() -> None:
    assert (clock_text(-90), clock_text(0)) == ("-1:30", "0:00")


@pytest.mark.parametrize(("worked", "expected"), [(1, 15), (15, 15), (16, 30), (30, 30), (1440, 1440)])
def test_minutes_are_rounded_up_to_the_increment(worked: int, expected: int) -> None:
    assert billed(worked, 15) == expected


@given(st.integers(1, 1440), st.integers(1, 240))
def test_rounding_adds_less_than_one_increment(worked: int, increment: int) -> None:
    amount = billed(worked, increment)
    assert amount % increment == 0
    assert 0 <= amount - worked < increment


@pytest.mark.parametrize("worked", [0, -1, 1441, 1.5, True, "15", None])
def test_unfit_work_is_not_rounded(worked: int) -> None:
    with pytest.raises(UnfitMinutesError):
        billed(worked, 15)


@pytest.mark.parametrize("increment", [0, -15, 7.5])
def test_an_increment_is_a_whole_minute_at_least(increment: int) -> None:
    with pytest.raises(UnfitMinutesError):
        billed(15, increment)
