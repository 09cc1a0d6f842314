"""Statements around month ends in many zones: every movement is in exactly one month (H9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hours import services
from hours.domain.periods import midnight
from hours.models import Statement
from hours.queries import broken_chains, months_of, statement
from tests.hours.conftest import Hours, in_zone, make_hours

ZONES = (
    "Europe/Brussels",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Los_Angeles",
)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=ZONES)
def there(request: pytest.FixtureRequest, db: None) -> tuple[Hours, str]:
    """Ten hours a month, in one zone after the other."""
    return in_zone(make_hours(), request.param), request.param


def worked(hours: Hours, month: date) -> list[str]:
    """The days of work on that month's statement."""
    return [line.worked_on for line in statement(hours.contract, month).lines if line.kind == "draw"]


def test_the_last_second_of_a_month_is_on_its_statement(there: tuple[Hours, str]) -> None:
    hours, zone = there
    ends_at = midnight(APRIL, zone)
    hours.log(60, at=ends_at - SECOND, worked_on=date(2026, 3, 31))
    assert (worked(hours, MARCH), worked(hours, APRIL)) == (["2026-03-31"], [])


def test_the_first_second_of_a_month_is_on_the_next_statement(there: tuple[Hours, str]) -> None:
    hours, zone = there
    hours.log(60, at=midnight(APRIL, zone), worked_on=APRIL)
    assert (worked(hours, MARCH), worked(hours, APRIL)) == ([], ["2026-04-01"])


def test_months_follow_each_other_without_gap_or_overlap(there: tuple[Hours, str]) -> None:
    hours, zone = there
    ends_at = midnight(APRIL, zone)
    hours.log(60, at=ends_at - SECOND, worked_on=date(2026, 3, 31))
    hours.log(60, at=ends_at, worked_on=APRIL)
    march, april = statement(hours.contract, MARCH), statement(hours.contract, APRIL)
    assert (march.opening, march.closing, april.opening, april.closing) == (0, 540, 540, 540)
    numbers = [line.number for body in (march, april) for line in body.lines]
    assert numbers == list(range(1, 6))


def test_a_month_closes_at_midnight_there_three_days_later(there: tuple[Hours, str]) -> None:
    hours, zone = there
    hours.log(60, at=midnight(date(2026, 3, 10), zone), worked_on=date(2026, 3, 10))
    closes_at = midnight(date(2026, 4, 4), zone)
    assert services.close_months(at=closes_at - SECOND) == 0
    assert services.close_months(at=closes_at) == 1
    assert Statement.objects.get().month == MARCH


def test_late_work_of_the_last_day_is_written_down_until_the_month_closes(there: tuple[Hours, str]) -> None:
    hours, zone = there
    late = midnight(date(2026, 4, 4), zone) - SECOND
    entry = hours.log(60, at=late, worked_on=date(2026, 3, 31))
    assert entry.state == "drawn"
    assert hours.balance(late).available == 600


def test_a_whole_year_of_months_chains_over_every_clock_change(there: tuple[Hours, str]) -> None:
    hours, zone = there
    for month in range(3, 13):
        on = date(2026, month, 28)
        hours.log(60, at=midnight(on, zone), worked_on=on)
    services.close_months(at=midnight(date(2027, 1, 5), zone))
    assert Statement.objects.count() == 10
    assert broken_chains() == []
    assert {line["zone"] for line in Statement.objects.values_list("body", flat=True)} == {zone}


def test_the_statement_names_the_zone_it_counts_in(there: tuple[Hours, str]) -> None:
    hours, zone = there
    hours.log(15, at=midnight(date(2026, 3, 10), zone), worked_on=date(2026, 3, 10))
    assert statement(hours.contract, MARCH).zone == zone


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("Europe/Brussels", date(2026, 3, 29)),
        ("Europe/Brussels", date(2026, 10, 25)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("Asia/Beirut", date(2026, 3, 29)),
    ],
)
def test_a_day_on_which_the_clocks_change_is_one_day(db: None, zone: str, on: date) -> None:
    there = in_zone(make_hours(), zone)
    first, last = midnight(on, zone), midnight(on + timedelta(days=1), zone) - SECOND
    assert [there.log(30, at=at, worked_on=on).worked_on for at in (first, last)] == [on, on]
    assert last - first != timedelta(days=1) - SECOND


def test_an_hour_that_comes_twice_is_logged_twice_without_confusion(db: None) -> None:
    there = in_zone(make_hours(), "Europe/Brussels")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for at in (first, first + timedelta(hours=1)):
        there.log(60, at=at, worked_on=date(2026, 10, 25))
    lines = [line for line in statement(there.contract, date(2026, 10, 1)).lines if line.kind == "draw"]
    assert [line.at for line in lines] == ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"]


@pytest.mark.parametrize("number", range(6))
def test_every_day_of_a_leap_february_belongs_to_it(db: None, number: int) -> None:
    there = in_zone(make_hours(starts_on=date(2028, 1, 1)), ZONES[number])
    on = date(2028, 2, 29)
    there.log(60, at=midnight(date(2028, 3, 1), ZONES[number]) - SECOND, worked_on=on)
    assert worked(there, date(2028, 2, 10)) == ["2028-02-29"]


def test_months_are_listed_from_the_contracts_first_the_latest_first(hours: Hours) -> None:
    assert months_of(hours.contract, until=date(2026, 5, 31)) == [date(2026, 5, 1), APRIL, MARCH]
    assert months_of(hours.contract, until=date(2026, 3, 1)) == [MARCH]
    assert months_of(hours.contract, until=date(2026, 2, 1)) == []
