"""Contracts show to those who see their client, and to nobody else."""

from datetime import date

import pytest

from contracts.queries import (
    contract_for,
    contract_on,
    contracts_in_force,
    environments_visible_to,
    visible_to,
    windows_visible_to,
)
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import NotHere
from tests.factories import Desk, actor_of, make_contract, make_desk, make_environment


@pytest.fixture
def other(desk: Desk) -> Desk:
    """A second client beside the first."""
    return make_desk("OTHER", plan="premier-support")


@pytest.mark.parametrize("role", ["poc", "member", "observer", "engineer", "csm", "account_executive"])
def test_people_see_the_contracts_of_their_clients(role: str, desk: Desk, other: Desk) -> None:
    assert list(visible_to(actor_of(desk.person(role)))) == [desk.contract]


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_leads_and_administrators_see_all(role: str, desk: Desk, other: Desk) -> None:
    assert set(visible_to(actor_of(desk.person(role)))) == {desk.contract, other.contract}


def test_a_key_bound_to_one_contract_sees_that_one_alone(desk: Desk) -> None:
    second = make_contract(desk.client, "premier-support")
    key = Actor(kind="integration", name="Bridge", roles={desk.client.pk: "poc"}, contract_id=second.pk)
    assert list(visible_to(key)) == [second]


def test_a_foreign_contract_and_a_missing_one_get_the_same_answer(desk: Desk, other: Desk) -> None:
    answers = []
    for contract_id in (other.contract.pk, 10**9):
        with pytest.raises(NotHere) as caught:
            contract_for(actor_of(desk.poc), contract_id)
        answers.append((caught.value.detail, caught.value.status))
    assert answers[0] == answers[1]


def test_environments_and_windows_show_with_their_contract(desk: Desk, other: Desk) -> None:
    mine = make_environment(desk.contract)
    make_environment(other.contract)
    assert list(environments_visible_to(actor_of(desk.poc))) == [mine]
    assert list(windows_visible_to(actor_of(desk.poc))) == []


@pytest.mark.parametrize(
    ("on", "is_found"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_contract_is_in_force_from_its_first_to_its_last_day(on: date, is_found: bool, desk: Desk) -> None:
    desk.contract.ends_on = date(2026, 6, 30)
    desk.contract.save()
    assert (contract_on(desk.client, on) == desk.contract) is is_found


def test_of_several_the_latest_to_begin_is_taken(desk: Desk) -> None:
    later = make_contract(desk.client, "premier-support", starts_on=date(2026, 2, 1))
    assert list(contracts_in_force(desk.client, date(2026, 3, 1))) == [later, desk.contract]


def test_the_system_sees_everything(desk: Desk, other: Desk) -> None:
    assert visible_to(SYSTEM).count() == 2
