"""What paid time does when contracts begin and change, through the events that tell of it (H4)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Client
from contracts.models import BusinessCalendar, CalendarVersion, Contract
from contracts.services import (
    ContractFacts,
    end_contract,
    open_contract,
    save_calendar,
    settle_contract,
)
from events.domain.actor import SYSTEM
from events.models import Record
from hours import services
from hours.models import Account, Bucket
from tests.factories import MONDAY, make_client, make_plan_version, moment
from tests.factories.promises import WEEKDAYS_9_TO_17
from tests.hours.conftest import HOUR, Hours

APRIL = moment("2026-04-01 09:00")


def opened(client: Client, *, starts_on: date = date(2026, 3, 1), minutes: int = 600) -> Contract:
    """Open a contract as people do, with so many minutes a month."""
    calendar = BusinessCalendar.objects.create(client=client, name="Office")
    content = {"tz": client.zone, "weekly": WEEKDAYS_9_TO_17, "holidays": {}, "overrides": {}}
    CalendarVersion.objects.create(calendar=calendar, number=1, content=content, digest="d", saved_at=MONDAY)
    return open_contract(
        actor=SYSTEM,
        at=MONDAY,
        client=client,
        version=make_plan_version(),
        name="Total Care",
        starts_on=starts_on,
        calendar=calendar,
        facts=ContractFacts(hours_period="month", hours_per_period_minutes=minutes),
    )


def granted(contract: Contract) -> list[int]:
    """The minutes of each grant, in order."""
    return list(Bucket.objects.filter(account__contract=contract).values_list("minutes", flat=True))


@pytest.fixture
def client_(db: None) -> Client:
    """A client without a contract."""
    return make_client()


def test_a_contract_that_has_begun_is_granted_its_hours_with_its_opening(client_: Client) -> None:
    assert granted(opened(client_)) == [600]
    assert Record.objects.get(kind="hours.granted").data["minutes"] == 600


def test_a_contract_that_begins_later_is_granted_its_hours_on_its_first_day(client_: Client) -> None:
    contract = opened(client_, starts_on=date(2026, 4, 1))
    assert granted(contract) == []
    services.grant_periods(at=APRIL)
    assert granted(contract) == [600]


def test_more_hours_hold_from_the_next_period_and_leave_this_one_as_granted(client_: Client) -> None:
    contract = opened(client_)
    changes = {"hours_per_period_minutes": 20 * HOUR}
    settle_contract(actor=SYSTEM, at=MONDAY, contract=contract, changes=changes)
    assert granted(contract) == [600]
    services.grant_periods(at=APRIL)
    assert granted(contract) == [600, 1200]


def test_hours_that_are_agreed_later_are_granted_at_once(client_: Client) -> None:
    contract = opened(client_, minutes=0)
    assert granted(contract) == []
    changes = {"hours_per_period_minutes": 600}
    settle_contract(actor=SYSTEM, at=MONDAY, contract=contract, changes=changes)
    assert granted(contract) == [600]


def test_a_contract_that_ends_is_granted_nothing_more(client_: Client) -> None:
    contract = opened(client_)
    end_contract(actor=SYSTEM, at=MONDAY, contract=contract, ends_on=date(2026, 3, 20))
    services.grant_periods(at=moment("2026-06-01 09:00"))
    assert granted(contract) == [600]


def test_saying_the_same_again_grants_nothing_again(client_: Client) -> None:
    contract = opened(client_)
    for minutes in (1200, 600, 1200):
        changes = {"hours_per_period_minutes": minutes}
        settle_contract(actor=SYSTEM, at=MONDAY, contract=contract, changes=changes)
    assert granted(contract) == [600]


def test_every_change_of_terms_keeps_one_account(hours: Hours) -> None:
    services.open_account(contract=hours.contract, at=MONDAY)
    settle_contract(actor=SYSTEM, at=MONDAY, contract=hours.contract, changes={"rollover_periods": 2})
    assert Account.objects.count() == 1
    services.grant_periods(at=APRIL)
    assert hours.balance(APRIL).available == 1200


def moved_to(contract: Contract, zone: str) -> None:
    """The client's calendar moves to another zone, as an account executive saves it."""
    content = {"tz": zone, "weekly": WEEKDAYS_9_TO_17, "holidays": {}, "overrides": {}}
    save_calendar(actor=SYSTEM, at=MONDAY, client=contract.client, name="Office", content=content)


def test_a_calendar_in_another_zone_moves_the_first_grant(client_: Client) -> None:
    contract = opened(client_, starts_on=date(2026, 4, 1))
    moved_to(contract, "Pacific/Auckland")
    account = Account.objects.get(contract=contract)
    assert account.next_due_at == moment("2026-03-31 11:00")
    services.grant_periods(at=moment("2026-03-31 11:00"))
    assert granted(contract) == [600]


def test_a_calendar_in_another_zone_moves_the_closing_of_the_open_month(client_: Client) -> None:
    contract = opened(client_)
    moved_to(contract, "Pacific/Auckland")
    assert Account.objects.get(contract=contract).month_closes_at == moment("2026-04-03 11:00")


def test_a_calendar_in_another_zone_grants_nothing_twice(client_: Client) -> None:
    contract = opened(client_)
    moved_to(contract, "Pacific/Auckland")
    moved_to(contract, "America/Los_Angeles")
    services.grant_periods(at=APRIL)
    assert granted(contract) == [600, 600]


def test_the_calendar_of_one_client_moves_nobody_elses_hours(client_: Client) -> None:
    mine, theirs = opened(client_), opened(make_client("OTHER"))
    before = Account.objects.get(contract=theirs).month_closes_at
    moved_to(mine, "Pacific/Auckland")
    assert Account.objects.get(contract=theirs).month_closes_at == before
