"""Who may do what with contracts, role by role (domain.md §2)."""

from collections.abc import Callable

import pytest

from contracts import permissions
from contracts.models import Contract, OnboardingStep
from events.domain.actor import SYSTEM, Actor
from tests.factories import Desk, actor_of, make_desk

ROLES = ("poc", "member", "observer", "engineer", "lead", "csm", "account_executive", "administrator")
Answer = Callable[[Actor, Contract], bool]


def manages(actor: Actor, contract: Contract) -> bool:
    return permissions.may_manage_contracts(actor, contract.client)


def ticks_own(actor: Actor, contract: Contract) -> bool:
    return permissions.may_tick_onboarding(actor, OnboardingStep(contract=contract, owner="client"))


def ticks_ours(actor: Actor, contract: Contract) -> bool:
    return permissions.may_tick_onboarding(actor, OnboardingStep(contract=contract, owner="provider"))


SERVING = {"engineer", "lead", "csm", "administrator"}
RIGHTS: list[tuple[Answer, set[str]]] = [
    (manages, {"account_executive", "administrator"}),
    (permissions.may_name_contacts, {"poc", "csm", "account_executive", "administrator"}),
    (permissions.may_change_environments, {"poc", *SERVING}),
    (permissions.may_announce_windows, {"poc", *SERVING}),
    (permissions.may_record_preconditions, {*SERVING, "account_executive"}),
    (permissions.may_clear_engineers, {"lead", "csm", "administrator"}),
    (permissions.may_propose_rules, {"poc", *SERVING}),
    (permissions.may_agree_for_client, {"poc"}),
    (permissions.may_agree_for_provider, {"csm", "administrator"}),
    (ticks_own, {"poc", *SERVING}),
    (ticks_ours, SERVING),
]
EVERYWHERE = {"lead", "administrator"}
A_PERSONS_WORD = {permissions.may_agree_for_client, permissions.may_agree_for_provider}


@pytest.mark.parametrize(("answer", "allowed"), RIGHTS)
@pytest.mark.parametrize("role", ROLES)
def test_a_right_belongs_to_its_roles(role: str, answer: Answer, allowed: set[str], desk: Desk) -> None:
    assert answer(actor_of(desk.person(role)), desk.contract) is (role in allowed)


@pytest.mark.parametrize(("answer", "allowed"), RIGHTS)
def test_a_right_ends_at_the_border_of_the_client(answer: Answer, allowed: set[str], desk: Desk) -> None:
    other = make_desk("OTHER", plan="select")
    beyond = {role for role in ROLES if answer(actor_of(other.person(role)), desk.contract)}
    assert beyond == allowed & EVERYWHERE


@pytest.mark.parametrize(("answer", "allowed"), RIGHTS)
def test_the_system_does_what_needs_no_persons_word(answer: Answer, allowed: set[str], desk: Desk) -> None:
    assert answer(SYSTEM, desk.contract) is (answer not in A_PERSONS_WORD)


def test_the_catalogue_is_the_administrators(desk: Desk) -> None:
    loading = {role for role in ROLES if permissions.may_manage_catalogue(actor_of(desk.person(role)))}
    assert loading == {"administrator"}
    assert permissions.may_manage_catalogue(SYSTEM)
