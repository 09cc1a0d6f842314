"""Weeks that open in one zone and close in another (S5)."""

from datetime import timedelta

import pytest

from contracts.domain.calendar import BadWindow, Calendar, UnknownZone
from tests.contracts.domain.calendar_oracle import SlowCalendar
from tests.contracts.domain.calendar_specs import EVERY_DAY, PREMIER, utc

HOUR = 3600


def span(opens: list[str], closes: list[str]) -> Calendar:
    return Calendar.from_dict({"span": {"opens": opens, "closes": closes}})


@pytest.mark.parametrize(
    ("monday", "opens", "closed_hours"),
    [
        ("2026-01-19", "2026-01-18 23:00", 46),  # summer in Sydney, winter in Los Angeles
        ("2026-07-20", "2026-07-20 00:00", 48),  # the other way round
        ("2026-03-30", "2026-03-29 23:00", 47),  # both in summer time
    ],
)
def test_the_week_opens_in_sydney_and_closes_in_los_angeles(
    monday: str, opens: str, closed_hours: int
) -> None:
    premier, noon = Calendar.from_dict(PREMIER), utc(f"{monday} 12:00")
    before = premier.add(noon, -premier.elapsed(utc(opens), noon) - 1)
    assert premier.next_open(noon - timedelta(days=2)) == utc(opens)
    assert before == utc(opens) - timedelta(hours=closed_hours, seconds=1)


def test_a_year_of_weeks_opens_and_closes_by_the_clocks_of_both_zones() -> None:
    sydney = SlowCalendar({"tz": "Australia/Sydney", "weekly": {"mon": [["10:00", "10:01"]]}})
    angeles = SlowCalendar({"tz": "America/Los_Angeles", "weekly": {"fri": [["17:00", "17:01"]]}})
    found = Calendar.from_dict(PREMIER).intervals(utc("2026-01-03 12:00"), utc("2027-01-02 12:00"))
    assert len(found) == 52
    for opens, closes in found:
        assert sydney.is_open(opens)
        assert not sydney.is_open(opens - timedelta(seconds=1))
        assert angeles.is_open(closes)
        assert not angeles.is_open(closes - timedelta(seconds=1))


def test_an_amount_waits_for_the_week_to_open() -> None:
    premier = Calendar.from_dict(PREMIER)
    assert premier.add(utc("2026-01-17 12:00"), HOUR) == utc("2026-01-19 00:00")


def test_a_span_that_turns_the_week_closes_in_the_week_after() -> None:
    weekend = span(["sat", "08:00", "UTC"], ["mon", "08:00", "UTC"])
    assert weekend.is_open(utc("2026-03-09 07:59"))
    assert not weekend.is_open(utc("2026-03-09 08:00"))


def test_a_span_closes_at_the_first_closing_moment_in_its_zone() -> None:
    shift = span(["tue", "00:00", "Pacific/Kiritimati"], ["mon", "12:00", "Pacific/Pago_Pago"])
    assert shift.intervals(utc("2026-03-02 00:00"), utc("2026-03-08 00:00")) == [
        (utc("2026-03-02 10:00"), utc("2026-03-02 23:00"))
    ]


def test_an_opening_at_a_skipped_time_is_when_the_time_is_skipped() -> None:
    early = span(["sun", "02:30", "Europe/Berlin"], ["sun", "12:00", "Europe/Berlin"])
    assert early.next_open(utc("2026-03-29 00:00")) == utc("2026-03-29 01:00")


def test_an_opening_at_a_repeated_time_is_its_first() -> None:
    early = span(["sun", "02:30", "Europe/Berlin"], ["sun", "12:00", "Europe/Berlin"])
    assert early.next_open(utc("2026-10-24 20:00")) == utc("2026-10-25 00:30")


def test_a_span_answers_decades_ahead() -> None:
    premier = Calendar.from_dict(PREMIER)
    opens = premier.next_open(utc("2090-01-07 12:00"))
    assert opens == utc("2090-01-08 23:00")


def test_every_day_of_a_span_is_a_full_day() -> None:
    premier = Calendar.from_dict(PREMIER)
    assert premier.full_day_seconds() == 24 * HOUR
    assert premier.zone == "Australia/Sydney"
    assert not premier.is_always


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        ({"opens": ["mon", "10:00", "UTC"]}, BadWindow),
        ({"opens": ["mon", "10:00", "UTC"], "closes": ["mon", "10:00", "UTC"]}, BadWindow),
        ({"opens": ["mon", "10:00"], "closes": ["fri", "10:00", "UTC"]}, BadWindow),
        ({"opens": ["monday", "10:00", "UTC"], "closes": ["fri", "10:00", "UTC"]}, BadWindow),
        ({"opens": ["mon", "25:00", "UTC"], "closes": ["fri", "10:00", "UTC"]}, BadWindow),
        ({"opens": ["mon", "10:00", "Mars/Base"], "closes": ["fri", "10:00", "UTC"]}, UnknownZone),
        ("mon-fri", BadWindow),
    ],
)
def test_a_span_not_written_right_is_refused(spec: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"write|span"):
        Calendar.from_dict({"span": spec})


def test_a_span_and_the_same_hours_by_the_week_agree() -> None:
    weekly = {day: [["00:00", "24:00"]] for day in EVERY_DAY[:4]} | {"fri": [["00:00", "17:00"]]}
    by_week = Calendar.from_dict({"tz": "Europe/Berlin", "weekly": weekly})
    by_span = span(["mon", "00:00", "Europe/Berlin"], ["fri", "17:00", "Europe/Berlin"])
    years = utc("2020-01-01 00:00"), utc("2040-01-01 00:00")
    assert by_span.intervals(*years) == by_week.intervals(*years)
