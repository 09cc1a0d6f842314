"""The terms of a contract are read with few statements, and anew when something changed."""

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.models import Contract
from contracts.queries import calendars_of, effective_plan
from contracts.queries.terms import calendars_of_many
from tests.factories import MONDAY, Desk, make_contract


def test_a_contract_counts_on_its_own_hours_and_the_providers_calendars(premier: Desk) -> None:
    calendars = calendars_of(premier.contract)
    assert {"business", "premier-24x5", "24x7"} <= set(calendars)
    assert (calendars["business"].zone, calendars["24x7"].is_always) == ("Europe/London", True)


def test_calendars_cost_one_statement_once_known(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    calendars_of(desk.contract)
    with django_assert_num_queries(1):
        calendars_of(desk.contract)


def test_calendars_of_many_contracts_cost_no_more(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contracts = [desk.contract, *(make_contract(desk.client, plan) for plan in ("select", "cloud"))]
    calendars_of_many(contracts)
    with django_assert_num_queries(1):
        assert set(calendars_of_many(contracts)) == {contract.pk for contract in contracts}


def test_a_contract_fetched_with_its_terms_costs_nothing_more(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    effective_plan(desk.contract)
    fetched = Contract.objects.with_terms().get(pk=desk.contract.pk)
    with django_assert_num_queries(0):
        effective_plan(fetched)


def test_equal_terms_share_one_plan(desk: Desk) -> None:
    assert effective_plan(desk.contract) is effective_plan(desk.contract)


@pytest.mark.parametrize("value", [3, 4])
def test_an_amendment_shows_at_once(value: int, desk: Desk) -> None:
    effective_plan(desk.contract)
    desk.contract.amendments.create(
        path="close_after_days",
        value=value,
        reason="Agreed",
        agreed_by_client="Ann",
        agreed_by_provider=desk.administrator,
        agreed_at=MONDAY,
    )
    assert effective_plan(desk.contract).close_after_days == value
