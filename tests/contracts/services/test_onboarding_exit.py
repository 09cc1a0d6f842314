"""Onboarding ends with its last step; the time spent waiting for the client is shown apart."""

from datetime import date, timedelta

from contracts.models import OnboardingStep
from contracts.queries import onboarding_state, waited_for
from contracts.services import finish_step, hold_step, open_contract
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk
from tests.factories.promises import make_plan_version

DAY = timedelta(days=1)
STEPS = ("kick-off", "portal-access", "inventory")


def begin(desk: Desk, plan: str = "total-care-premium", **facts: object) -> list[OnboardingStep]:
    """A contract opened on Monday, with the steps that its plan asks for."""
    contract = open_contract(
        actor=actor_of(desk.account_executive),
        at=MONDAY,
        client=desk.client,
        version=make_plan_version(plan),
        name=plan,
        starts_on=date(2026, 3, 2),
        calendar=desk.contract.calendar,
        **facts,  # type: ignore[arg-type]
    )
    return list(contract.onboarding.select_related("contract__client"))


def test_the_last_step_ends_it_and_is_told_once(desk: Desk) -> None:
    steps = begin(desk)
    for step in steps[:-1]:
        finish_step(actor=actor_of(desk.csm), at=MONDAY + DAY, step=step)
    assert not Record.objects.filter(kind="onboarding.finished").exists()
    for _ in range(2):
        finish_step(actor=actor_of(desk.csm), at=MONDAY + 9 * DAY, step=steps[-1])
    record = Record.objects.get(kind="onboarding.finished")
    assert record.data == {"steps": len(steps), "days": 9, "waited_seconds": 0}


def test_the_order_of_the_steps_does_not_matter(desk: Desk) -> None:
    for step in reversed(begin(desk)):
        finish_step(actor=actor_of(desk.csm), at=MONDAY, step=step)
    assert Record.objects.filter(kind="onboarding.finished").count() == 1


def test_it_is_expected_complete_fourteen_days_after_commencement(desk: Desk) -> None:
    contract = begin(desk)[0].contract
    state = onboarding_state(contract, MONDAY)
    assert state.expected_on == state.moved_to == date(2026, 3, 16)
    assert (state.done, state.finished_at) == (0, None)


def test_waiting_for_the_client_moves_the_end_and_shows_apart(desk: Desk) -> None:
    last = begin(desk)[-1]
    hold_step(actor=actor_of(desk.csm), at=MONDAY, step=last)
    waiting = OnboardingStep.objects.get(pk=last.pk)
    assert waited_for(waiting, MONDAY + 3 * DAY) == 3 * 86_400
    finish_step(actor=actor_of(desk.csm), at=MONDAY + 3 * DAY, step=last)
    state = onboarding_state(last.contract, MONDAY + 30 * DAY)
    assert state.expected_on == date(2026, 3, 16)
    assert state.moved_to == date(2026, 3, 19)
    assert state.waited_seconds == 3 * 86_400


def test_a_finished_one_says_since_when(desk: Desk) -> None:
    steps = begin(desk)
    for days, step in enumerate(steps):
        finish_step(actor=actor_of(desk.csm), at=MONDAY + days * DAY, step=step)
    state = onboarding_state(steps[0].contract, MONDAY + 30 * DAY)
    assert state.finished_at == MONDAY + (len(steps) - 1) * DAY


def test_a_contract_without_a_checklist_is_never_finished(desk: Desk) -> None:
    state = onboarding_state(desk.contract, MONDAY)
    assert (state.many, state.finished_at) == (0, None)


def test_premier_has_steps_of_its_own(db: None) -> None:
    desk = make_desk("PREM")
    keys = {step.key for step in begin(desk, "premier-support")}
    wanted = {"named-contacts", "existing-issues", "phone", "health-check"}
    assert len([one for one in wanted if any(one in key for key in keys)]) == len(wanted), keys
