"""The arithmetic of paid time under whatever input: nothing lost, doubled or below zero (H1 to H6, H10)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hours.domain.amounts import MOST_MINUTES, clock_text, parse_amount, parse_minutes
from hours.domain.forecast import forecast
from hours.domain.ledger import BucketKind, BucketState, available, draw, fitting, in_order
from hours.domain.periods import periods
from hours.domain.rounding import DAY_MINUTES, UnfitMinutesError, billed, round_up
from hours.domain.warnings import due_warnings, used_percent
from tests.factories import MONDAY

CATEGORIES = ("", "upgrades", "checks")
TODAY = date(2026, 3, 2)


@st.composite
def buckets(draws: st.DrawFn) -> list[BucketState]:
    """Some buckets of every kind and age."""
    kinds = draws(st.lists(st.sampled_from(BucketKind), max_size=8))
    return [
        BucketState(
            id=number,
            kind=kind,
            remaining=draws(st.integers(0, 300)),
            opened_at=MONDAY - timedelta(days=draws(st.integers(0, 3))),
            category=draws(st.sampled_from(CATEGORIES[1:])) if kind is BucketKind.CATEGORY else "",
        )
        for number, kind in enumerate(kinds)
    ]


@given(buckets(), st.integers(1, 900), st.sampled_from(CATEGORIES))
def test_a_draw_takes_all_minutes_or_none(found: list[BucketState], minutes: int, category: str) -> None:
    taken = draw(found, minutes, category)
    assert sum(one.minutes for one in taken) in (0, minutes)
    assert bool(taken) is (available(found, at=MONDAY, category=category) >= minutes)


@given(buckets(), st.integers(1, 900), st.sampled_from(CATEGORIES))
def test_no_bucket_gives_more_than_it_holds(found: list[BucketState], minutes: int, category: str) -> None:
    held = {one.id: one.remaining for one in found}
    taken = draw(found, minutes, category)
    assert len({one.bucket_id for one in taken}) == len(taken)
    assert all(0 < one.minutes <= held[one.bucket_id] for one in taken)


@given(buckets(), st.integers(1, 900), st.sampled_from(CATEGORIES))
def test_a_bucket_is_touched_once_those_before_it_are_empty(
    found: list[BucketState], minutes: int, category: str
) -> None:
    taken = draw(found, minutes, category)
    order = [one for one in in_order(found, category) if one.remaining]
    assert [one.bucket_id for one in taken] == [one.id for one in order][: len(taken)]
    assert all(one.minutes == state.remaining for one, state in zip(taken[:-1], order, strict=False))


@given(buckets(), st.lists(st.integers(1, 200), max_size=6))
def test_held_work_never_takes_more_than_there_is(found: list[BucketState], waiting: list[int]) -> None:
    entries = [(number, minutes, "") for number, minutes in enumerate(waiting)]
    drawn = fitting(found, entries)
    taken = sum(one.minutes for _, draws in drawn for one in draws)
    assert taken == sum(waiting[entry_id] for entry_id, _ in drawn)
    assert taken <= available(found, at=MONDAY)


@given(buckets(), st.lists(st.integers(1, 200), max_size=6))
def test_what_stays_held_would_not_have_fitted(found: list[BucketState], waiting: list[int]) -> None:
    entries = [(number, minutes, "") for number, minutes in enumerate(waiting)]
    drawn = {entry_id for entry_id, _ in fitting(found, entries)}
    left = available(found, at=MONDAY) - sum(waiting[number] for number in drawn)
    assert all(minutes > left for number, minutes in enumerate(waiting) if number not in drawn)


@given(st.integers(1, DAY_MINUTES), st.integers(1, 240))
def test_billed_is_the_least_full_increment_that_covers_the_work(worked: int, increment: int) -> None:
    amount = billed(worked, increment)
    assert amount % increment == 0
    assert worked <= amount < worked + increment
    assert round_up(amount, increment) == amount


@given(st.integers(1, MOST_MINUTES))
def test_what_we_write_we_read(minutes: int) -> None:
    assert parse_amount(clock_text(minutes)) == minutes
    assert parse_amount(f"{minutes}m") == minutes


@given(st.text(max_size=8))
def test_no_text_gives_an_amount_that_cannot_be_logged(text: str) -> None:
    with suppress(UnfitMinutesError):
        assert 1 <= parse_minutes(text) <= DAY_MINUTES


@pytest.mark.parametrize("text", ["0", "0:00", "0m", "100001m", "1666:41", "9999:59"])
def test_an_amount_outside_of_its_bounds_is_refused(text: str) -> None:
    with pytest.raises(UnfitMinutesError, match=r"at least one minute|the most at once"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["１:00", "１", "٣", "1：00", "1e2", "½", "1:60", "--1", "1.23456", ""])
def test_digits_of_other_scripts_and_half_numbers_are_no_amount(text: str) -> None:
    with pytest.raises(UnfitMinutesError):
        parse_amount(text)


@given(st.integers(0, 10_000), st.integers(0, 12_000))
def test_the_share_used_stays_between_nothing_and_all(capacity: int, left: int) -> None:
    assert 0 <= used_percent(capacity=capacity, available=left) <= 100


@given(st.lists(st.integers(0, 100), max_size=8))
def test_every_level_is_due_once_whatever_the_way_to_it(shares: list[int]) -> None:
    given_ones: list[int] = []
    for used in shares:
        given_ones += due_warnings(levels=(75, 90, 100), given=given_ones, used=used)
    highest = max(shares, default=0)
    assert sorted(given_ones) == [level for level in (75, 90, 100) if level <= highest]


@given(
    st.dictionaries(st.integers(0, 60).map(lambda days: TODAY - timedelta(days=days)), st.integers(0, 600)),
    st.integers(0, 5_000),
)
def test_the_range_of_a_forecast_lies_around_its_day(drawn: dict[date, int], left: int) -> None:
    told = forecast(drawn=drawn, available=left, today=TODAY, since=TODAY - timedelta(days=400))
    if told.runs_out_on is not None:
        assert told.earliest_on is not None
        assert TODAY <= told.earliest_on <= told.runs_out_on
        assert told.latest_on is None or told.runs_out_on <= told.latest_on


@given(
    st.sampled_from(["month", "quarter", "year"]),
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.integers(0, 900),
)
def test_periods_follow_each_other_without_gap_or_overlap(kind: str, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = list(periods(kind, contract_start=start, contract_end=end, after=start - timedelta(days=1)))
    assert found[0].starts_on == start
    assert found[-1].ends_on == end + timedelta(days=1)
    assert all(one.ends_on == other.starts_on for one, other in pairwise(found))
