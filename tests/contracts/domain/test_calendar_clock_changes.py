"""Windows by the wall clock: clock changes, midnight, skipped dates, holidays and overrides (S4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from tests.contracts.domain.calendar_specs import daily, office, utc

HOUR = 3600


def open_hours(calendar: Calendar, start: str, end: str) -> float:
    """Count the open hours between two wall-clock times of the calendar's zone."""
    zone = ZoneInfo(calendar.zone)
    moments = [datetime.fromisoformat(text).replace(tzinfo=zone) for text in (start, end)]
    return calendar.elapsed(*moments) / HOUR


def test_a_night_shift_is_an_hour_short_when_the_clocks_go_forward() -> None:
    night = daily("Europe/Berlin", ["22:00", "06:00"])
    assert open_hours(night, "2026-03-28 12:00", "2026-03-29 12:00") == 7


def test_a_night_shift_is_an_hour_long_when_the_clocks_go_back() -> None:
    night = daily("Europe/Berlin", ["22:00", "06:00"])
    assert open_hours(night, "2026-10-24 12:00", "2026-10-25 12:00") == 9


def test_a_window_within_the_skipped_hour_does_not_open() -> None:
    assert open_hours(daily("Europe/Berlin", ["02:10", "02:50"]), "2026-03-29 00:00", "2026-03-30 00:00") == 0


def test_a_window_begun_in_the_skipped_hour_opens_when_it_is_over() -> None:
    calendar = daily("Europe/Berlin", ["02:15", "03:30"])
    assert calendar.next_open(utc("2026-03-29 00:00")) == utc("2026-03-29 01:00")
    assert open_hours(calendar, "2026-03-29 00:00", "2026-03-30 00:00") == 0.5


def test_a_window_within_the_repeated_hour_opens_twice() -> None:
    calendar = daily("Europe/Berlin", ["02:15", "02:45"])
    found = calendar.intervals(utc("2026-10-25 00:00"), utc("2026-10-25 12:00"))
    assert found == [
        (utc("2026-10-25 00:15"), utc("2026-10-25 00:45")),
        (utc("2026-10-25 01:15"), utc("2026-10-25 01:45")),
    ]


def test_a_window_that_ends_in_the_repeated_hour_opens_again() -> None:
    calendar = daily("Europe/Berlin", ["01:00", "02:30"])
    found = calendar.intervals(utc("2026-10-24 12:00"), utc("2026-10-25 12:00"))
    assert found == [
        (utc("2026-10-24 23:00"), utc("2026-10-25 00:30")),
        (utc("2026-10-25 01:00"), utc("2026-10-25 01:30")),
    ]


def test_half_an_hour_is_skipped_and_repeated_on_lord_howe() -> None:
    nights = daily("Australia/Lord_Howe", ["01:00", "03:00"])
    assert open_hours(nights, "2026-04-05 00:00", "2026-04-05 12:00") == 2.5
    assert open_hours(nights, "2026-10-04 00:00", "2026-10-04 12:00") == 1.5


def test_clocks_that_go_forward_at_midnight_shorten_the_day() -> None:
    assert (
        open_hours(daily("America/Santiago", ["00:00", "24:00"]), "2026-09-05 12:00", "2026-09-06 12:00")
        == 23
    )


def test_a_skipped_date_has_no_open_time() -> None:
    apia = daily("Pacific/Apia", ["09:00", "17:00"], holidays=["2011-12-31"])
    assert open_hours(apia, "2011-12-29 17:00", "2012-01-01 09:00") == 0
    assert apia.add(utc("2011-12-30 02:00"), 2 * HOUR) == utc("2011-12-31 20:00")


def test_a_window_into_a_skipped_date_ends_where_the_date_is_skipped() -> None:
    apia = daily("Pacific/Apia", ["22:00", "06:00"], overrides={"2011-12-30": [], "2011-12-31": []})
    assert open_hours(apia, "2011-12-29 12:00", "2011-12-31 12:00") == 2


def test_a_window_of_a_skipped_date_shows_its_hours_after_midnight() -> None:
    apia = daily("Pacific/Apia", ["22:00", "06:00"], overrides={"2011-12-29": [], "2011-12-31": []})
    assert open_hours(apia, "2011-12-29 12:00", "2011-12-31 12:00") == 6


def test_a_date_that_came_twice_is_open_twice() -> None:
    kwajalein = daily("Pacific/Kwajalein", ["09:00", "17:00"])
    found = kwajalein.intervals(utc("1969-09-29 12:00"), utc("1969-10-01 12:00"))
    zone = ZoneInfo("Pacific/Kwajalein")
    assert [str(opens.astimezone(zone)) for opens, _ in found] == [
        "1969-09-30 09:00:00+11:00",
        "1969-09-30 09:00:00-12:00",
    ]


def test_midnight_ends_the_day_it_is_written_on() -> None:
    calendar = office(overrides={"2026-03-07": [["20:00", "24:00"]]})
    assert calendar.elapsed(utc("2026-03-07 00:00"), utc("2026-03-09 00:00")) == 4 * HOUR


def test_a_window_written_to_midnight_as_zero_ends_there_too() -> None:
    assert daily("UTC", ["20:00", "00:00"]).add(utc("2026-03-07 21:00"), 3 * HOUR) == utc("2026-03-08 00:00")


def test_a_holiday_does_not_open() -> None:
    assert office(holidays=["2026-03-09"]).next_open(utc("2026-03-07 12:00")) == utc("2026-03-10 09:00")


def test_a_shift_begun_on_the_eve_of_a_holiday_runs_on_into_it() -> None:
    night = daily("UTC", ["22:00", "06:00"], holidays=["2026-03-09"])
    assert night.is_open(utc("2026-03-09 05:59"))
    assert not night.is_open(utc("2026-03-09 22:00"))
    assert not night.is_open(utc("2026-03-10 05:59"))


def test_an_override_replaces_the_windows_of_its_date() -> None:
    short = office(overrides={"2026-12-24": [["10:00", "14:00"]]})
    assert short.elapsed(utc("2026-12-24 00:00"), utc("2026-12-25 00:00")) == 4 * HOUR


def test_an_override_beats_a_holiday() -> None:
    calendar = office(holidays=["2026-12-24"], overrides={"2026-12-24": [["10:00", "14:00"]]})
    assert calendar.next_open(utc("2026-12-24 00:00")) == utc("2026-12-24 10:00")


def test_an_empty_override_closes_its_date() -> None:
    assert office(overrides={"2026-03-09": []}).next_open(utc("2026-03-07 12:00")) == utc("2026-03-10 09:00")


def test_an_override_may_run_over_midnight_through_a_clock_change() -> None:
    calendar = office("Europe/Berlin", overrides={"2026-03-28": [["23:00", "04:00"]]})
    assert open_hours(calendar, "2026-03-28 00:00", "2026-03-29 12:00") == 4
