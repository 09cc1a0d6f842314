"""Announced windows and what they keep silent (P8, S11)."""

from datetime import datetime, timedelta

from proactive.domain.silence import first_outside, overlapping
from tests.factories import MONDAY


def hour(number: float) -> datetime:
    """So many hours after nine."""
    return MONDAY + timedelta(hours=number)


def test_outside_every_window_the_moment_itself_counts() -> None:
    assert first_outside(hour(0), [(hour(1), hour(2))]) == hour(0)


def test_a_window_is_half_open() -> None:
    assert first_outside(hour(1), [(hour(1), hour(2))]) == hour(2)
    assert first_outside(hour(2), [(hour(1), hour(2))]) == hour(2)


def test_windows_that_overlap_or_touch_are_left_as_one() -> None:
    windows = [(hour(3), hour(4)), (hour(1), hour(2.5)), (hour(2), hour(3))]
    assert first_outside(hour(1.5), windows) == hour(4)


def test_overlaps_are_named_on_both_sides_and_touching_is_none() -> None:
    rows = [(1, hour(1), hour(3)), (2, hour(2), hour(4)), (3, hour(4), hour(5))]
    assert overlapping(rows) == {1: [2], 2: [1]}
