"""Steps of the checklist are ticked off, wait for the client, and go on."""

from datetime import date, timedelta

import pytest

from contracts.models import OnboardingStep
from contracts.queries import onboarding_of, overdue_onboarding
from contracts.services import finish_step, hold_step, resume_step
from events.domain.errors import Conflict, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_desk

DUE = date(2026, 3, 3)
DAY = timedelta(days=1)


@pytest.fixture
def step(desk: Desk) -> OnboardingStep:
    return desk.contract.onboarding.create(
        key="inventory", label="Systems listed", owner="client", due_on=DUE
    )


def test_a_finished_step_says_who_and_when(desk: Desk, step: OnboardingStep) -> None:
    done = finish_step(actor=actor_of(desk.csm), at=MONDAY, step=step)
    assert (done.done_by, done.done_at) == (desk.csm, MONDAY)
    assert Record.objects.get(kind="onboarding.step_done").data == {"key": "inventory"}


def test_finishing_again_changes_nothing(desk: Desk, step: OnboardingStep) -> None:
    finish_step(actor=actor_of(desk.csm), at=MONDAY, step=step)
    assert finish_step(actor=actor_of(desk.poc), at=MONDAY + DAY, step=step).done_by == desk.csm


def test_a_step_that_waits_is_not_overdue(desk: Desk, step: OnboardingStep) -> None:
    csm = actor_of(desk.csm)
    assert list(overdue_onboarding(csm, DUE + DAY)) == [step]
    hold_step(actor=csm, at=MONDAY, step=step)
    assert list(overdue_onboarding(csm, DUE + DAY)) == []


def test_a_step_is_not_overdue_on_its_day(desk: Desk, step: OnboardingStep) -> None:
    assert list(overdue_onboarding(actor_of(desk.csm), DUE)) == []


def test_waiting_moves_the_due_date_by_whole_days(desk: Desk, step: OnboardingStep) -> None:
    csm = actor_of(desk.csm)
    hold_step(actor=csm, at=MONDAY, step=step)
    resumed = resume_step(actor=csm, at=MONDAY + 2 * DAY + timedelta(hours=1), step=step)
    assert (resumed.due_on, resumed.waited_seconds) == (DUE + 3 * DAY, 2 * 86_400 + 3600)


def test_finishing_counts_the_waiting(desk: Desk, step: OnboardingStep) -> None:
    csm = actor_of(desk.csm)
    hold_step(actor=csm, at=MONDAY, step=step)
    done = finish_step(actor=csm, at=MONDAY + DAY, step=step)
    assert (done.waited_seconds, done.waiting_since) == (86_400, None)


def test_going_on_without_waiting_changes_nothing(desk: Desk, step: OnboardingStep) -> None:
    assert resume_step(actor=actor_of(desk.csm), at=MONDAY, step=step).due_on == DUE
    assert not Record.objects.filter(kind="onboarding.step_waiting").exists()


def test_a_done_step_does_not_wait(desk: Desk, step: OnboardingStep, refused: Refusal) -> None:
    finish_step(actor=actor_of(desk.csm), at=MONDAY, step=step)
    with refused(Conflict, "done"):
        hold_step(actor=actor_of(desk.csm), at=MONDAY, step=step)


def test_a_point_of_contact_ticks_the_clients_steps_only(
    desk: Desk, step: OnboardingStep, refused: Refusal
) -> None:
    assert finish_step(actor=actor_of(desk.poc), at=MONDAY, step=step).done_by == desk.poc
    ours = desk.contract.onboarding.create(key="access", label="Access", owner="provider", due_on=DUE)
    with refused(NotAllowed, "tick steps off"):
        finish_step(actor=actor_of(desk.poc), at=MONDAY, step=ours)


def test_steps_of_other_clients_are_nobodys_business(desk: Desk, step: OnboardingStep) -> None:
    other = make_desk("OTHER")
    assert list(overdue_onboarding(actor_of(other.csm), DUE + DAY)) == []
    assert list(onboarding_of(desk.contract)) == [step]
