"""Adding and counting open time (S2, S3)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from contracts.domain.calendar import Calendar
from tests.contracts.domain.calendar_specs import WORKDAYS, daily, each, office, utc

HOUR = 3600


def test_an_amount_passes_within_the_day() -> None:
    assert office().add(utc("2026-03-02 10:00"), 2 * HOUR) == utc("2026-03-02 12:00")


def test_an_amount_that_ends_at_closing_time_is_due_at_closing_time() -> None:
    assert office().add(utc("2026-03-06 13:00"), 4 * HOUR) == utc("2026-03-06 17:00")


def test_one_second_more_is_due_after_the_next_opening() -> None:
    assert office().add(utc("2026-03-06 13:00"), 4 * HOUR + 1) == utc("2026-03-09 09:00:01")


def test_a_start_out_of_hours_counts_from_the_next_opening() -> None:
    assert office().add(utc("2026-03-07 12:00"), HOUR) == utc("2026-03-09 10:00")


def test_nothing_added_stays_where_it_is_even_out_of_hours() -> None:
    assert office().add(utc("2026-03-07 12:00"), 0) == utc("2026-03-07 12:00")


def test_counting_back_gives_the_latest_moment() -> None:
    assert office().add(utc("2026-03-09 10:00"), -HOUR) == utc("2026-03-09 09:00")
    assert office().add(utc("2026-03-09 10:00"), -HOUR - 1) == utc("2026-03-06 16:59:59")


def test_counting_back_from_out_of_hours_starts_at_the_last_closing() -> None:
    assert office().add(utc("2026-03-08 12:00"), -HOUR) == utc("2026-03-06 16:00")


def test_a_business_day_in_open_time_reaches_the_same_hour_of_the_next_day() -> None:
    calendar = office()
    assert calendar.add(utc("2026-03-06 11:00"), calendar.full_day_seconds()) == utc("2026-03-09 11:00")


def test_open_seconds_count_between_two_moments() -> None:
    assert office().elapsed(utc("2026-03-06 16:00"), utc("2026-03-09 10:00")) == 2 * HOUR


def test_counting_from_later_to_earlier_is_negative() -> None:
    assert office().elapsed(utc("2026-03-09 10:00"), utc("2026-03-06 16:00")) == -2 * HOUR


def test_no_open_time_passes_over_a_weekend() -> None:
    assert office().elapsed(utc("2026-03-06 17:00"), utc("2026-03-09 09:00")) == 0


def test_opening_belongs_to_the_window_and_closing_does_not() -> None:
    calendar = office()
    assert calendar.is_open(utc("2026-03-06 09:00"))
    assert calendar.is_open(utc("2026-03-06 16:59:59.999999"))
    assert not calendar.is_open(utc("2026-03-06 17:00"))


def test_the_next_opening_of_an_open_moment_is_that_moment() -> None:
    at = utc("2026-03-06 11:11:11.5")
    assert office().next_open(at) == at


def test_the_next_opening_after_closing_time_is_after_the_weekend() -> None:
    assert office().next_open(utc("2026-03-06 17:00")) == utc("2026-03-09 09:00")


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=30))])
def test_answers_come_in_utc_whatever_zone_was_asked_in(zone: timezone) -> None:
    start = utc("2026-03-02 10:00").astimezone(zone)
    answers = [office().add(start, seconds) for seconds in (-HOUR, 0, HOUR)] + [office().next_open(start)]
    assert [answer.tzinfo for answer in answers] == [UTC] * 4
    assert answers[2] == utc("2026-03-02 11:00")


def test_the_part_of_a_second_that_an_open_start_has_is_kept() -> None:
    assert office().add(utc("2026-03-06 16:59:59.25"), 1) == utc("2026-03-09 09:00:00.25")
    assert office().add(utc("2026-03-09 09:00:00.25"), -1) == utc("2026-03-06 16:59:59.25")


def test_the_part_of_a_second_that_a_closed_start_has_does_not_count() -> None:
    assert office().add(utc("2026-03-07 16:59:59.25"), 1) == utc("2026-03-09 09:00:01")
    assert office().add(utc("2026-03-07 16:59:59.25"), -1) == utc("2026-03-06 16:59:59")


def test_a_second_that_has_only_begun_is_not_counted_either_way() -> None:
    start, end = utc("2026-03-02 10:00:00.75"), utc("2026-03-02 10:00:02.5")
    assert office().elapsed(start, end) == 1
    assert office().elapsed(end, start) == -1


def test_parts_of_seconds_add_up_over_a_closed_night() -> None:
    start, end = utc("2026-03-02 16:59:59.5"), utc("2026-03-03 09:00:00.5")
    assert office().elapsed(start, end) == 1


def test_many_starts_are_moved_as_each_alone() -> None:
    starts = [utc("2019-12-30 08:00") + timedelta(hours=31, milliseconds=137) * step for step in range(2500)]
    for seconds in (-5 * HOUR, 0, 5 * HOUR):
        assert office().add_many(starts, seconds) == [office().add(start, seconds) for start in starts]


def test_no_starts_give_no_due_times() -> None:
    assert office().add_many([], HOUR) == []


def test_always_open_is_plain_time() -> None:
    always = Calendar.from_dict({"always": True})
    start = utc("2026-03-07 23:59:59.5")
    assert always.add(start, 40 * 365 * 86_400) == start + timedelta(days=40 * 365)
    assert always.elapsed(start, start + timedelta(days=5000)) == 5000 * 86_400
    assert always.next_open(start) == start


def test_a_zone_without_clock_changes_counts_by_its_own_wall_clock() -> None:
    calendar = office("Asia/Kathmandu")
    assert calendar.next_open(utc("2026-03-02 00:00")) == utc("2026-03-02 03:15")


def test_overlapping_windows_count_once() -> None:
    calendar = daily("UTC", ["09:00", "12:00"], ["11:00", "13:00"], ["22:00", "04:00"], ["03:00", "05:00"])
    assert calendar.elapsed(utc("2026-03-02 00:00"), utc("2026-03-03 00:00")) == (5 + 4 + 2) * HOUR


def test_a_whole_working_week_written_to_midnight_is_one_open_stretch() -> None:
    calendar = Calendar.from_dict({"tz": "UTC", "weekly": each(WORKDAYS, ["00:00", "24:00"])})
    week = utc("2026-03-01 00:00"), utc("2026-03-08 00:00")
    assert calendar.intervals(*week) == [(utc("2026-03-02 00:00"), utc("2026-03-07 00:00"))]


def test_a_moment_named_twice_by_the_wall_clock_is_told_by_its_fold() -> None:
    berlin = daily("Europe/Berlin", ["00:00", "24:00"])
    first = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    second = datetime.fromisoformat("2026-10-25T02:30:00+01:00")
    assert berlin.elapsed(first, second) == HOUR
