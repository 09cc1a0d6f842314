"""Time told as open, closed and holiday (S15)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from contracts.domain.calendar import BackwardRange, Calendar, Stretch
from tests.contracts.domain.calendar_specs import daily, office, utc

MONDAY = "2026-03-09"


def told(calendar: Calendar, start: str, end: str) -> list[str]:
    """Write stretches short: hours in UTC and kind."""
    return [
        f"{stretch.start:%a %H:%M}-{stretch.end:%H:%M} {stretch.kind}"
        for stretch in calendar.stretches(utc(start), utc(end))
    ]


def test_a_day_is_told_from_end_to_end() -> None:
    assert told(office(), "2026-03-09 00:00", "2026-03-10 00:00") == [
        "Mon 00:00-09:00 closed",
        "Mon 09:00-17:00 open",
        "Mon 17:00-00:00 closed",
    ]


def test_a_holiday_is_what_would_have_been_open() -> None:
    assert told(office(holidays=[MONDAY]), "2026-03-09 00:00", "2026-03-10 10:00") == [
        "Mon 00:00-09:00 closed",
        "Mon 09:00-17:00 holiday",
        "Mon 17:00-09:00 closed",
        "Tue 09:00-10:00 open",
    ]


def test_a_shift_that_runs_into_a_holiday_is_open_and_not_lost() -> None:
    calendar = daily("UTC", ["22:00", "06:00"], ["05:00", "08:00"], holidays=[MONDAY])
    assert told(calendar, "2026-03-09 00:00", "2026-03-10 09:00") == [
        "Mon 00:00-06:00 open",
        "Mon 06:00-08:00 holiday",
        "Mon 08:00-22:00 closed",
        "Mon 22:00-05:00 holiday",
        "Tue 05:00-08:00 open",
        "Tue 08:00-09:00 closed",
    ]


def test_a_holiday_with_an_override_is_told_by_the_override() -> None:
    calendar = office(holidays=[MONDAY], overrides={MONDAY: [["10:00", "12:00"]]})
    assert told(calendar, "2026-03-09 09:00", "2026-03-09 17:00") == [
        "Mon 09:00-10:00 closed",
        "Mon 10:00-12:00 open",
        "Mon 12:00-17:00 closed",
    ]


def test_a_holiday_on_a_day_that_is_closed_anyway_is_closed() -> None:
    assert told(office(holidays=["2026-03-08"]), "2026-03-08 00:00", "2026-03-09 00:00") == [
        "Sun 00:00-00:00 closed"
    ]


def test_the_ends_of_the_range_cut_the_stretches() -> None:
    found = office().stretches(utc("2026-03-09 10:00:00.5"), utc("2026-03-09 17:00:00.25"))
    assert found == [
        Stretch(utc("2026-03-09 10:00:00.5"), utc("2026-03-09 17:00"), "open"),
        Stretch(utc("2026-03-09 17:00"), utc("2026-03-09 17:00:00.25"), "closed"),
    ]


def test_an_empty_range_has_no_stretches() -> None:
    at = utc("2026-03-09 10:00")
    assert office().stretches(at, at) == []
    assert office().intervals(at, at) == []


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BackwardRange, match="swap the two"):
        office().intervals(utc("2026-03-09 10:00"), utc("2026-03-09 09:00"))
    with pytest.raises(BackwardRange, match="swap the two"):
        office().stretches(utc("2026-03-09 10:00"), utc("2026-03-09 09:00"))


def test_open_stretches_sum_to_what_has_elapsed() -> None:
    calendar = office("Europe/Berlin", holidays=["2026-04-03", "2026-04-06", "2032-03-29"])
    start, end = utc("2026-03-01 10:11:12"), utc("2033-04-05 06:07:08")
    stretches = calendar.stretches(start, end)
    assert sum(stretch.seconds for stretch in stretches if stretch.kind == "open") == calendar.elapsed(
        start, end
    )
    assert sum(((s.end - s.start) for s in stretches), timedelta()) == end - start
    assert all(one.end == two.start for one, two in pairwise(stretches))


def test_stretches_cover_a_range_without_any_open_time() -> None:
    assert told(office(), "2026-03-07 00:00", "2026-03-08 00:00") == ["Sat 00:00-00:00 closed"]


def test_a_closed_moment_tells_its_reason() -> None:
    calendar = office(holidays=[MONDAY])
    assert calendar.closed_reason(utc("2026-03-09 10:00")) == "holiday"
    assert calendar.closed_reason(utc("2026-03-09 18:00")) == "closed"
    assert calendar.closed_reason(utc("2026-03-10 10:00")) is None


def test_a_calendar_without_holidays_is_closed_for_no_holiday() -> None:
    assert office().closed_reason(utc("2026-03-08 10:00")) == "closed"


def test_holidays_are_known_by_name() -> None:
    named = office(holidays={"2026-12-25": "Christmas Day"})
    assert named.holiday_name(date(2026, 12, 25)) == "Christmas Day"
    assert named.holiday_name(date(2026, 12, 26)) is None
    assert office(holidays=["2026-12-25"]).holiday_name(date(2026, 12, 25)) == ""


def test_a_calendar_without_dates_has_no_holidays() -> None:
    assert Calendar.from_dict({"always": True}).holiday_name(date(2026, 12, 25)) is None
