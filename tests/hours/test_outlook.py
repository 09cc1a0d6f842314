"""Balances and forecasts: what people see before they start, and when hours run out (H6, H10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hours import services
from hours.models import BucketKind
from hours.queries import HoursForecast, estimate, forecast
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, make_hours

APRIL = moment("2026-04-05 09:00")


def seen(hours: Hours, at: str = "2026-03-29 09:00") -> HoursForecast:
    """The forecast of that moment."""
    return forecast(hours.contract, at=moment(at))


@pytest.fixture
def yearly(db: None) -> Hours:
    """A hundred hours for the year."""
    return make_hours(reserved=100 * HOUR, hours_period="year")


@pytest.fixture
def upgrades(db: None) -> Hours:
    """A contract by the hour with the hours of an add-on for one category."""
    there = make_hours("PAYG", "pay-as-you-go", reserved=0, hours_period="", add_ons=["annual-upgrades"])
    services.open_account(contract=there.contract, at=MONDAY)
    return there


def test_what_is_drawn_and_what_is_left_make_what_was_granted(hours: Hours) -> None:
    hours.log(60)
    balance = hours.balance()
    assert (balance.granted, balance.drawn, balance.available) == (600, 60, 540)


def test_hours_for_one_category_are_not_counted_among_those_for_all_work(upgrades: Hours) -> None:
    balance = upgrades.balance()
    assert (balance.granted, balance.drawn, balance.available) == (0, 0, 0)
    assert [line.kind for line in balance.buckets] == [BucketKind.CATEGORY]
    assert balance.reserved_for("annual-upgrade") == 24 * HOUR


def test_an_estimate_counts_the_hours_of_its_own_category(upgrades: Hours) -> None:
    own = estimate(upgrades.contract, minutes=60, category="annual-upgrade", at=MONDAY)
    other = estimate(upgrades.contract, minutes=60, category="", at=MONDAY)
    assert (own.fits, other.fits, other.missing) == (True, False, 60)


@pytest.mark.parametrize(("minutes", "missing"), [(1, 0), (540, 0), (541, 1), (1000, 460)])
def test_an_estimate_says_what_would_have_to_be_approved(hours: Hours, minutes: int, missing: int) -> None:
    hours.log(60)
    assert estimate(hours.contract, minutes=minutes, category="", at=MONDAY).missing == missing


def test_a_contract_without_an_account_has_an_empty_balance(hours: Hours) -> None:
    balance = hours.balance()
    assert (balance.granted, balance.available, balance.buckets) == (0, 0, ())


def test_a_balance_does_not_show_what_has_ended(hours: Hours) -> None:
    hours.log(60)
    assert hours.balance(APRIL).buckets == ()
    services.grant_periods(at=APRIL)
    assert hours.balance(APRIL).available == 600


def test_minutes_that_came_back_are_not_drawn(hours: Hours) -> None:
    entry = hours.log(60)
    services.reverse_entry(actor=hours.actor("engineer"), at=MONDAY, entry=entry, reason="Wrong")
    assert (hours.balance().drawn, hours.balance().used_percent) == (0, 0)


def test_the_share_used_is_that_of_the_present_round(hours: Hours) -> None:
    hours.log(9 * HOUR)
    assert (hours.balance().capacity, hours.balance().used_percent) == (600, 90)


def test_without_work_the_hours_do_not_run_out(yearly: Hours) -> None:
    services.open_account(contract=yearly.contract, at=MONDAY)
    nothing = seen(yearly)
    assert (nothing.available, nothing.forecast.runs_out_on, nothing.runs_out_early) == (6000, None, False)


def test_work_that_was_taken_back_does_not_count_as_pace(yearly: Hours) -> None:
    entry = yearly.log(5 * HOUR)
    services.reverse_entry(actor=yearly.actor("engineer"), at=MONDAY, entry=entry, reason="Wrong")
    assert seen(yearly).forecast.runs_out_on is None


def test_pace_counts_by_the_day_worked_and_not_the_day_logged(yearly: Hours) -> None:
    yearly.log(60, at=moment("2026-03-20 09:00"), worked_on=date(2026, 3, 5))
    assert seen(yearly).drawn_by_day == {date(2026, 3, 5): 60}


def test_work_of_more_than_eight_weeks_ago_is_no_pace(yearly: Hours) -> None:
    yearly.log(60)
    last = MONDAY + timedelta(days=55)
    assert forecast(yearly.contract, at=last).drawn_by_day
    assert not forecast(yearly.contract, at=last + timedelta(days=1)).drawn_by_day


def test_a_bursty_month_has_a_range_around_the_day(yearly: Hours) -> None:
    for day, hours_worked in ((2, 20), (9, 1), (16, 15), (23, 1)):
        yearly.log(hours_worked * HOUR, at=moment(f"2026-03-{day:02d} 09:00"))
    told = seen(yearly).forecast
    assert told.earliest_on
    assert told.runs_out_on
    assert told.latest_on is None or told.earliest_on < told.runs_out_on < told.latest_on


def test_the_period_ends_on_the_day_after_its_last(yearly: Hours) -> None:
    yearly.log(60)
    assert seen(yearly).period_ends_on == date(2027, 3, 1)


def test_hours_that_outlast_the_period_do_not_run_out_early(yearly: Hours) -> None:
    yearly.log(15)
    told = seen(yearly)
    assert told.forecast.runs_out_on is None or not told.runs_out_early


def test_hours_of_one_category_are_no_part_of_the_forecast(upgrades: Hours) -> None:
    upgrades.ticket.category = "annual-upgrade"
    upgrades.ticket.save()
    upgrades.log(5 * HOUR)
    told = seen(upgrades)
    assert (told.available, told.drawn_by_day, told.period_ends_on) == (0, {}, None)


def test_today_is_the_day_where_the_client_is(yearly: Hours) -> None:
    yearly.log(5 * HOUR, at=moment("2026-03-20 09:00"))
    evening, next_day = seen(yearly, "2026-03-29 22:59"), seen(yearly, "2026-03-29 23:01")
    assert evening.forecast.runs_out_on
    assert next_day.forecast.runs_out_on
    assert evening.forecast.runs_out_on < next_day.forecast.runs_out_on
