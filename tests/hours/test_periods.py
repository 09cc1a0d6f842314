"""Periods: granted, carried over and expired, each once, at midnight where the client is (H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contracts.services import end_contract
from events.domain.actor import SYSTEM
from events.models import Record
from hours import services
from hours.domain.periods import midnight
from hours.models import Account, Bucket
from hours.queries import broken_chains, changed_months
from tests.factories import moment
from tests.hours.conftest import HOUR, Hours, in_zone, make_hours

ZONES = (
    "Europe/Brussels",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "America/Los_Angeles",
)


def test_a_period_is_granted_once_however_often_the_sweep_runs(hours: Hours) -> None:
    for _ in range(3):
        services.grant_periods(at=moment("2026-03-02 09:00"))
    assert hours.lines() == [("grant", 600)]
    assert Record.objects.filter(kind="hours.granted").count() == 1


def test_what_is_unused_expires_at_the_end_and_new_hours_come(hours: Hours) -> None:
    hours.log(60)
    services.grant_periods(at=moment("2026-04-01 10:00"))
    assert hours.lines()[2:] == [("expiry", -540), ("grant", 600)]
    assert hours.balance(moment("2026-04-01 10:00")).available == 600


def test_the_sweep_finds_only_what_is_due(hours: Hours) -> None:
    assert services.grant_periods(at=moment("2026-03-02 09:00")) == 0
    assert services.grant_periods(at=moment("2026-03-20 09:00")) == 0
    assert services.grant_periods(at=moment("2026-04-01 09:00")) == 1


def test_every_missed_period_is_caught_up_in_order_and_dated_at_its_start(hours: Hours) -> None:
    services.grant_periods(at=moment("2026-03-01 00:00"))
    services.grant_periods(at=moment("2026-06-10 09:00"))
    opened = Bucket.objects.order_by("id").values_list("opened_at", flat=True)
    expected = [midnight(date(2026, month, 1), "Europe/London") for month in (3, 4, 5, 6)]
    assert list(opened) == expected
    assert hours.balance(moment("2026-06-10 09:00")).available == 600


@pytest.mark.parametrize("zone", ZONES)
def test_a_period_ends_to_the_second_where_the_client_is(db: None, zone: str) -> None:
    there = in_zone(make_hours(), zone)
    ends_at = midnight(date(2026, 4, 1), zone)
    services.grant_periods(at=ends_at - timedelta(seconds=1))
    assert there.lines() == [("grant", 600)]
    services.grant_periods(at=ends_at)
    assert there.lines() == [("grant", 600), ("expiry", -600), ("grant", 600)]


@pytest.mark.parametrize("zone", ZONES)
def test_work_at_the_seconds_around_a_period_end_finds_its_hours(db: None, zone: str) -> None:
    there = in_zone(make_hours(), zone)
    ends_at = midnight(date(2026, 4, 1), zone)
    there.log(60, at=ends_at - timedelta(seconds=1), worked_on=date(2026, 3, 31))
    there.log(60, at=ends_at, worked_on=date(2026, 4, 1))
    assert there.lines() == [("grant", 600), ("draw", -60), ("expiry", -540), ("grant", 600), ("draw", -60)]


def test_unused_hours_go_on_for_as_many_periods_as_agreed(db: None) -> None:
    rolling = make_hours(rollover_periods=1)
    rolling.log(60)
    services.grant_periods(at=moment("2026-04-01 10:00"))
    assert rolling.balance(moment("2026-04-01 10:00")).available == 540 + 600
    services.grant_periods(at=moment("2026-05-01 10:00"))
    assert rolling.balance(moment("2026-05-01 10:00")).available == 600 + 600


def test_carried_hours_are_drawn_before_new_ones(db: None) -> None:
    rolling = make_hours(rollover_periods=1)
    rolling.log(60)
    at = moment("2026-04-01 10:00")
    rolling.log(60, at=at)
    left = {line.label: line.remaining for line in rolling.balance(at).buckets}
    assert left == {"Carried over from 1 Mar 2026": 480, "Reserved hours from 1 Apr 2026": 600}


def test_carrying_over_is_seen_in_the_ledger_and_moves_nothing_in_sum(db: None) -> None:
    rolling = make_hours(rollover_periods=2)
    services.grant_periods(at=moment("2026-06-01 10:00"))
    moved = [minutes for kind, minutes in rolling.lines() if kind == "transfer"]
    assert sum(moved) == 0
    assert ("expiry", -600) in rolling.lines()


@pytest.mark.parametrize(("period", "months"), [("quarter", 3), ("year", 12)])
def test_longer_periods_last_their_months(db: None, period: str, months: int) -> None:
    there = make_hours(hours_period=period)
    services.grant_periods(at=moment("2026-03-02 09:00"))
    expires_at = Bucket.objects.get().expires_at
    assert expires_at == midnight(date(2026 + (2 + months) // 12, (2 + months) % 12 + 1, 1), "Europe/London")
    assert there.balance().available == 600


def test_the_last_period_ends_with_the_contract(db: None) -> None:
    there = make_hours(ends_on=date(2026, 3, 20))
    services.grant_periods(at=moment("2026-03-20 12:00"))
    assert there.balance(moment("2026-03-20 12:00")).available == 600
    services.grant_periods(at=moment("2026-03-21 00:00"))
    assert there.balance(moment("2026-03-21 00:00")).available == 0
    assert Account.objects.get().next_due_at is None


def test_an_add_on_brings_a_bucket_that_only_its_category_draws(db: None) -> None:
    payg = make_hours("PAYG", "pay-as-you-go", reserved=0, hours_period="", add_ons=["annual-upgrades"])
    services.grant_periods(at=moment("2026-03-02 09:00"))
    assert payg.balance().available == 0
    assert payg.balance().reserved_for("annual-upgrade") == 24 * HOUR
    assert payg.log(60).state == "held"
    payg.ticket.category = "annual-upgrade"
    payg.ticket.save()
    assert payg.log(60).state == "drawn"
    assert payg.balance().reserved_for("annual-upgrade") == 23 * HOUR


def test_changed_terms_hold_from_the_next_period(hours: Hours) -> None:
    services.grant_periods(at=moment("2026-03-02 09:00"))
    hours.contract.hours_per_period_minutes = 20 * HOUR
    hours.contract.save()
    services.review_account(contract=hours.contract, at=moment("2026-03-10 09:00"))
    services.grant_periods(at=moment("2026-04-01 09:00"))
    assert hours.lines() == [("grant", 600), ("expiry", -600), ("grant", 1200)]


def test_a_contract_without_hours_is_not_swept_again(db: None) -> None:
    make_hours("NOHRS", "managed-self-hosted", reserved=0, hours_period="")
    services.grant_periods(at=moment("2026-03-02 09:00"))
    account = Account.objects.get()
    assert (account.next_due_at, account.month_closes_at) == (None, None)


@pytest.mark.parametrize("zone", ["Australia/Sydney", "America/Los_Angeles"])
def test_a_calendar_that_moves_to_another_zone_leaves_no_gap_and_counts_nothing_twice(
    hours: Hours, zone: str
) -> None:
    hours.log(60, at=moment("2026-03-31 15:00"))
    services.close_months(at=moment("2026-04-10 09:00"))
    in_zone(hours, zone)
    hours.log(60, at=moment("2026-04-30 12:00"))
    assert hours.log(60, at=moment("2026-05-01 00:00"), worked_on=date(2026, 4, 30)).state == "drawn"
    services.close_months(at=moment("2026-06-20 09:00"))
    assert [kind for kind, _ in hours.lines()].count("grant") == 4
    assert (broken_chains(), changed_months()) == ([], [])


@pytest.mark.parametrize("zone", ["Australia/Sydney", "America/Los_Angeles"])
def test_a_used_up_period_is_followed_at_its_end_although_the_calendar_moved(hours: Hours, zone: str) -> None:
    hours.log(10 * HOUR)
    in_zone(hours, zone)
    services.review_account(contract=hours.contract, at=moment("2026-03-20 09:00"))
    ends_at = midnight(date(2026, 4, 1), "Europe/London")
    for at in (midnight(date(2026, 4, 1), "Australia/Sydney"), ends_at):
        services.grant_periods(at=at)
    assert hours.lines()[2:] == [("grant", 600)]
    assert Bucket.objects.latest("id").opened_at == ends_at


def test_hours_that_expired_before_the_contract_was_extended_stay_expired(db: None) -> None:
    there = make_hours(ends_on=date(2026, 3, 20))
    services.grant_periods(at=moment("2026-03-21 09:00"))
    at = moment("2026-03-25 09:00")
    end_contract(actor=SYSTEM, at=at, contract=there.contract, ends_on=date(2026, 12, 31))
    assert there.balance(at).available == 0
    services.grant_periods(at=moment("2026-04-01 09:00"))
    assert there.lines() == [("grant", 600), ("expiry", -600), ("grant", 600)]


@pytest.fixture
def extended(db: None) -> Hours:
    """A contract that was to end on the twentieth, an hour used, and now runs for the whole year."""
    there = make_hours(ends_on=date(2026, 3, 20))
    there.log(60)
    end_contract(
        actor=SYSTEM, at=moment("2026-03-10 09:00"), contract=there.contract, ends_on=date(2026, 12, 31)
    )
    return there


def test_the_hours_of_a_contract_that_runs_longer_go_on_to_their_periods_end(extended: Hours) -> None:
    services.grant_periods(at=moment("2026-03-21 09:00"))
    assert extended.lines()[2:] == [("transfer", -540), ("transfer", 540)]
    assert extended.balance(moment("2026-03-31 22:00")).available == 540


def test_the_next_period_follows_on_hours_that_went_on(extended: Hours) -> None:
    services.grant_periods(at=moment("2026-04-01 09:00"))
    assert extended.lines()[4:] == [("expiry", -540), ("grant", 600)]
    assert Account.objects.get().capacity == 600


def test_used_up_hours_of_a_contract_that_runs_longer_come_back_with_the_next_period(extended: Hours) -> None:
    extended.log(9 * HOUR, at=moment("2026-03-11 09:00"))
    services.grant_periods(at=moment("2026-03-25 09:00"))
    assert extended.balance(moment("2026-03-25 09:00")).available == 0
    services.grant_periods(at=moment("2026-04-01 09:00"))
    assert extended.balance(moment("2026-04-01 09:00")).available == 600


def test_the_hours_of_an_add_on_go_on_too(db: None) -> None:
    payg = make_hours(
        "PAYG", "pay-as-you-go", reserved=0, hours_period="", add_ons=["annual-upgrades"],
        ends_on=date(2026, 6, 30),
    )  # fmt: skip
    services.grant_periods(at=moment("2026-03-02 09:00"))
    at = moment("2026-07-02 09:00")
    end_contract(actor=SYSTEM, at=at - timedelta(days=9), contract=payg.contract, ends_on=date(2027, 12, 31))
    services.grant_periods(at=at)
    assert payg.balance(at).reserved_for("annual-upgrade") == 24 * HOUR
    services.grant_periods(at=moment("2027-03-02 09:00"))
    assert payg.lines()[-2:] == [("expiry", -1440), ("grant", 1440)]
