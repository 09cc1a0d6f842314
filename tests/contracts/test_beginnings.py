"""How a contract begins under each plan: its checklist, what the client owes, what is not in place yet."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract, OnboardingStep
from contracts.queries import (
    effective_plan,
    newest_version,
    onboarding_of,
    overdue_onboarding,
    unmet_preconditions,
)
from contracts.services import (
    ContractFacts,
    amend,
    finish_step,
    hold_step,
    open_contract,
    record_precondition,
    resume_step,
)
from events.domain.actor import SYSTEM
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_plan_version
from tests.factories.promises import catalogue

PLANS = sorted(catalogue().plans)
BEGAN = date(2026, 3, 2)
FORTNIGHT = BEGAN + timedelta(days=14)


def begin(plan: str) -> tuple[Desk, Contract]:
    """A client that signs the plan today, beside a contract that it has already."""
    desk = make_desk(plan="cloud" if plan == "total-care" else "total-care")
    make_plan_version(plan)
    contract = open_contract(
        actor=SYSTEM,
        at=MONDAY,
        client=desk.client,
        version=newest_version(plan),
        name="New",
        starts_on=BEGAN,
        calendar=desk.contract.calendar,
        facts=ContractFacts(csm=desk.csm),
    )
    return desk, contract


@pytest.fixture(params=PLANS)
def begun(request: pytest.FixtureRequest, db: None) -> tuple[Desk, Contract]:
    """A new contract under each plan."""
    return begin(request.param)


@pytest.fixture
def premier_steps(db: None) -> tuple[Desk, list[OnboardingStep]]:
    """The checklist of a new Premier contract."""
    desk, contract = begin("premier-support")
    return desk, list(onboarding_of(contract))


def test_the_checklist_is_the_plans(begun: tuple[Desk, Contract]) -> None:
    _, contract = begun
    asked = {step.key: step.label for step in effective_plan(contract).onboarding}
    assert {step.key: step.label for step in onboarding_of(contract)} == asked


def test_every_step_is_due_within_its_period_and_has_an_owner(begun: tuple[Desk, Contract]) -> None:
    _, contract = begun
    days = effective_plan(contract).onboarding_days
    for step in onboarding_of(contract):
        assert BEGAN <= step.due_on <= BEGAN + timedelta(days=days)
        assert step.owner in ("provider", "client")


def test_nothing_is_overdue_on_the_last_day(begun: tuple[Desk, Contract]) -> None:
    desk, _ = begun
    assert not overdue_onboarding(actor_of(desk.csm), BEGAN).exists()


def test_what_is_left_shows_on_the_success_desk_afterwards(begun: tuple[Desk, Contract]) -> None:
    desk, contract = begun
    late = overdue_onboarding(actor_of(desk.csm), FORTNIGHT + timedelta(days=60)).filter(contract=contract)
    assert set(late) == set(onboarding_of(contract))


def test_every_precondition_is_open_until_something_shows_it(begun: tuple[Desk, Contract]) -> None:
    desk, contract = begun
    for left in range(len(effective_plan(contract).preconditions), 0, -1):
        unmet = unmet_preconditions(contract)
        assert len(unmet) == left
        record_precondition(
            actor=actor_of(desk.csm),
            at=MONDAY,
            contract=contract,
            key=unmet[0].key,
            proof="Tried it",
            met_on=BEGAN,
        )
    assert unmet_preconditions(contract) == []


def test_an_amendment_holds_under_every_plan(begun: tuple[Desk, Contract]) -> None:
    desk, contract = begun
    amend(
        actor=actor_of(desk.administrator),
        at=MONDAY,
        contract=contract,
        path="close_after_days",
        value=21,
        reason="Long holidays",
        agreed_by_client="Ann",
    )
    assert effective_plan(contract).close_after_days == 21
    assert effective_plan(desk.contract).close_after_days == 7


def test_premier_adds_contacts_issues_phones_and_a_first_health_check(
    premier_steps: tuple[Desk, list[OnboardingStep]],
) -> None:
    _, steps = premier_steps
    owners = {step.key: step.owner for step in steps}
    assert owners["named-contacts"] == "client"
    assert {"existing-issues", "phone-procedures", "initial-health-check"} <= set(owners)
    assert max(step.due_on for step in steps) <= FORTNIGHT


def test_waiting_for_the_client_is_counted_apart_and_not_held_against_us(
    premier_steps: tuple[Desk, list[OnboardingStep]],
) -> None:
    desk, steps = premier_steps
    csm, step = actor_of(desk.csm), steps[0]
    hold_step(actor=csm, at=MONDAY, step=step)
    assert step not in overdue_onboarding(csm, FORTNIGHT + timedelta(days=60))

    resumed = resume_step(actor=csm, at=MONDAY + timedelta(days=5), step=step)

    assert resumed.waited_seconds == 5 * 86_400
    assert resumed.due_on == step.due_on + timedelta(days=5)


def test_it_ends_when_every_step_is_done(premier_steps: tuple[Desk, list[OnboardingStep]]) -> None:
    desk, steps = premier_steps
    for day, step in enumerate(steps):
        finish_step(actor=actor_of(desk.csm), at=MONDAY + timedelta(days=day), step=step)
    assert not overdue_onboarding(actor_of(desk.csm), FORTNIGHT + timedelta(days=60)).exists()
    assert not OnboardingStep.objects.filter(contract=steps[0].contract, done_at=None).exists()
