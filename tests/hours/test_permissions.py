"""Who may do what with paid time: every role against every act (domain.md §2)."""

from __future__ import annotations

import pytest

from events.domain.actor import SYSTEM, Actor
from hours import permissions
from hours.models import TimeEntry, Timer
from tests.factories import actor_of, make_staff
from tests.hours.conftest import Hours, make_hours

ROLES = ("observer", "member", "poc", "engineer", "csm", "account_executive", "lead", "administrator")

LOGS_OWN = ("engineer", "csm", "lead", "administrator")
LOGS_FOR_OTHERS = ("lead", "administrator")
SEES_HOURS = ("observer", "poc", "engineer", "csm", "account_executive", "lead", "administrator")


def integration(hours: Hours, **facts: object) -> Actor:
    """A system of the client with a key."""
    roles = {hours.desk.client.pk: "poc"}
    return Actor(kind="integration", name="Jira", roles=roles, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
def test_own_time_is_logged_by_those_who_work(hours: Hours, role: str) -> None:
    actor = hours.actor(role)
    may = permissions.may_log_time(actor, hours.desk.client.pk, person_id=actor.person_id)
    assert may is (role in LOGS_OWN)


@pytest.mark.parametrize("role", ROLES)
def test_leads_and_administrators_log_for_others(hours: Hours, role: str) -> None:
    other = make_staff("engineer")
    may = permissions.may_log_time(hours.actor(role), hours.desk.client.pk, person_id=other.pk)
    assert may is (role in LOGS_FOR_OTHERS)


@pytest.mark.parametrize("role", ROLES)
def test_leads_and_administrators_waive_the_bill(hours: Hours, role: str) -> None:
    assert permissions.may_waive(hours.actor(role), hours.desk.client.pk) is (role in LOGS_FOR_OTHERS)


@pytest.mark.parametrize("role", ROLES)
def test_an_entry_is_corrected_by_its_person_or_a_lead(hours: Hours, role: str) -> None:
    entry = hours.log(60)
    may = permissions.may_correct(hours.actor(role), entry)
    assert may is (role in ("engineer", *LOGS_FOR_OTHERS))


@pytest.mark.parametrize("role", ROLES)
def test_whoever_works_for_the_client_asks_for_overage(hours: Hours, role: str) -> None:
    assert permissions.may_ask_overage(hours.actor(role), hours.desk.client.pk) is (role in LOGS_OWN)


@pytest.mark.parametrize("role", ROLES)
def test_a_point_of_contact_alone_decides_for_the_client(hours: Hours, role: str) -> None:
    assert permissions.may_decide_for_client(hours.actor(role), hours.desk.client.pk) is (role == "poc")


@pytest.mark.parametrize("role", ROLES)
def test_orders_are_confirmed_by_those_who_manage_contracts(hours: Hours, role: str) -> None:
    may = permissions.may_confirm_top_up(hours.actor(role), hours.desk.client.pk)
    assert may is (role in ("account_executive", "administrator"))


@pytest.mark.parametrize("role", ROLES)
def test_members_do_not_see_money(hours: Hours, role: str) -> None:
    assert permissions.may_see_hours(hours.actor(role), hours.contract) is (role in SEES_HOURS)


@pytest.mark.parametrize("role", ROLES)
def test_a_point_of_contact_questions_a_line(hours: Hours, role: str) -> None:
    assert permissions.may_question(hours.actor(role), hours.desk.client.pk) is (role == "poc")


@pytest.mark.parametrize("role", ROLES[:6])
def test_nobody_of_another_client_may_do_anything(hours: Hours, role: str) -> None:
    actor, client_id = make_hours("OTHER").actor(role), hours.desk.client.pk
    assert not permissions.may_log_time(actor, client_id, person_id=actor.person_id)
    assert not permissions.may_ask_overage(actor, client_id)
    assert not permissions.may_decide_for_client(actor, client_id)
    assert not permissions.may_confirm_top_up(actor, client_id)
    assert not permissions.may_see_hours(actor, hours.contract)
    assert not permissions.may_question(actor, client_id)


def test_an_integration_reads_and_asks_but_does_not_decide(hours: Hours) -> None:
    key, client_id = integration(hours), hours.desk.client.pk
    assert permissions.may_see_hours(key, hours.contract)
    assert permissions.may_question(key, client_id)
    assert not permissions.may_decide_for_client(key, client_id)
    assert not permissions.may_log_time(key, client_id, person_id=None)


def test_an_integration_of_one_contract_sees_no_other(hours: Hours) -> None:
    own = integration(hours, contract_id=hours.contract.pk)
    other = integration(hours, contract_id=hours.contract.pk + 1)
    assert permissions.may_see_hours(own, hours.contract)
    assert not permissions.may_see_hours(other, hours.contract)


def test_the_system_approves_nothing_in_the_clients_name(hours: Hours) -> None:
    assert not permissions.may_decide_for_client(SYSTEM, hours.desk.client.pk)
    assert permissions.may_see_hours(SYSTEM, hours.contract)


@pytest.mark.parametrize("role", ROLES)
def test_a_timer_is_run_by_its_person_alone(hours: Hours, role: str) -> None:
    timer = Timer(person=hours.desk.engineer)
    assert permissions.may_run_timer(hours.actor(role), timer) is (role == "engineer")


def test_nobody_owns_what_an_actor_without_a_person_touches(hours: Hours) -> None:
    assert not permissions.may_run_timer(integration(hours), Timer())
    assert not permissions.may_correct(integration(hours), TimeEntry(client=hours.desk.client))


def test_an_engineer_who_no_longer_serves_the_client_may_nothing(hours: Hours) -> None:
    stranger = actor_of(make_staff("engineer"))
    assert not permissions.may_see_hours(stranger, hours.contract)
    assert not permissions.may_ask_overage(stranger, hours.desk.client.pk)
