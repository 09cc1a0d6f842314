"""The week over two zones waits on the holidays of the client on whose contract it counts (S4, S5)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.domain.calendar import BadDate, Calendar
from tests.contracts.domain.calendar_oracle import SlowCalendar
from tests.contracts.domain.calendar_specs import PREMIER, office, utc

DAYS = ["2026-10-23", "2026-10-25", "2026-10-26", "2026-10-28", "2026-10-29"]
WAITING = Calendar.from_dict({**PREMIER, "local_holidays": {}})
NAMED = {"2026-12-25": "Christmas", "2026-12-26": "Boxing day", "2026-12-31": "Year's end"}


def at_home(zone: str, holidays: object, **more: object) -> Calendar:
    """The week as it counts for a client with those holidays."""
    return WAITING.at_home_with(office(zone, holidays=holidays, **more))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe"]),
    st.sets(st.sampled_from(DAYS)),
    st.integers(0, 9000),
)
def test_it_is_the_week_without_the_clients_days(zone: str, closed: set[str], minutes: int) -> None:
    start = utc("2026-10-22 00:00") + timedelta(minutes=minutes)
    week, days = Calendar.from_dict(PREMIER), SlowCalendar(_only(zone, closed))
    found = at_home(zone, sorted(closed))
    steps = days.steps(int(start.timestamp()), int(start.timestamp()) + 200_000)
    expected = sum(
        b - a for a, b, is_holiday in steps if week.is_open(datetime.fromtimestamp(a, UTC)) and not is_holiday
    )
    assert found.elapsed(start, start + timedelta(seconds=200_000)) == expected


def _only(zone: str, days: set[str]) -> dict[str, object]:
    return {"tz": zone, "weekly": {}, "overrides": {day: [["00:00", "24:00"]] for day in days}}


def test_an_amount_waits_until_the_clients_midnight() -> None:
    found = at_home("Europe/Berlin", ["2026-03-04"])
    assert found.add(utc("2026-03-03 22:45"), 1800) == utc("2026-03-04 23:15")
    assert found.add(utc("2026-03-03 22:45"), 900) == utc("2026-03-03 23:00")


def test_what_a_holiday_took_is_told_with_its_name_and_the_weekend_is_none() -> None:
    found = at_home("Europe/London", NAMED)
    told = [
        (part.start, part.kind) for part in found.stretches(utc("2026-12-24 12:00"), utc("2026-12-27 12:00"))
    ]
    friday, saturday = utc("2026-12-25 00:00"), utc("2026-12-26 01:00")
    assert told == [(utc("2026-12-24 12:00"), "open"), (friday, "holiday"), (saturday, "closed")]
    assert found.holidays_between(friday, saturday) == ["Christmas", "Boxing day"]


def test_a_holiday_with_hours_of_its_own_closes_nothing() -> None:
    found = at_home("UTC", ["2026-03-04"], overrides={"2026-03-04": [["09:00", "10:00"]]})
    assert found.is_open(utc("2026-03-04 12:00"))


def test_another_client_brings_other_holidays() -> None:
    first = at_home("UTC", ["2026-03-04"])
    second = first.at_home_with(office("Asia/Tokyo", holidays=["2026-03-05"]))
    assert second.is_open(utc("2026-03-04 12:00"))
    assert not second.is_open(utc("2026-03-04 15:00"))
    assert second.holiday_zone == "Asia/Tokyo"


def test_calendars_that_do_not_wait_stay_as_they_are() -> None:
    closed = office(holidays=["2026-03-04"])
    assert all(one.at_home_with(closed) is one for one in (office("Asia/Tokyo"), Calendar.from_dict(PREMIER)))


def test_it_is_read_back_as_it_was_written() -> None:
    found = at_home("Europe/London", NAMED)
    assert Calendar.from_json(found.canonical) == found
    assert found != WAITING


def test_it_answers_decades_before_and_after_its_holidays() -> None:
    found, week = at_home("UTC", ["2026-03-04"]), Calendar.from_dict(PREMIER)
    start = utc("2026-03-03 00:00")
    assert found.add(start, 3_000_000_000) == week.add(start, 3_000_086_400)
    assert found.elapsed(utc("1950-01-02 12:00"), start) == week.elapsed(utc("1950-01-02 12:00"), start)


@pytest.mark.parametrize(
    "spec", [[], {"tz": "UTC"}, {"dates": []}, {"tz": "UTC", "dates": ["soon"]}, "always"]
)
def test_local_holidays_not_written_right_are_refused(spec: object) -> None:
    with pytest.raises(BadDate, match=r"local_holidays|date"):
        Calendar.from_dict({**PREMIER, "local_holidays": spec})
