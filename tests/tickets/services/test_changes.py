"""Planned changes: a ticket with the steps of a template, ticked off one by one (domain.md §4)."""

from datetime import timedelta

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, refused
from tickets.models import ChangeStep, Ticket
from tickets.queries import change_step_for, change_steps_of, change_templates, events_for
from tickets.services import (
    add_change_step,
    change_status,
    plan_change,
    tick_change_step,
    untick_change_step,
)

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def steps(desk: Desk, ticket: Ticket) -> list[ChangeStep]:
    """The steps of an upgrade, on the ticket."""
    return plan_change(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, template="upgrade")


def test_a_change_copies_the_steps_of_its_template(ticket: Ticket, steps: list[ChangeStep]) -> None:
    template = change_templates()["upgrade"]
    assert [(step.stage, step.label) for step in change_steps_of(ticket)] == [
        (step.stage, step.label) for step in template.steps
    ]
    assert Record.objects.get(kind="change.planned").data["steps"] == len(template.steps)


def test_a_template_is_copied_once(desk: Desk, ticket: Ticket, steps: list[ChangeStep]) -> None:
    with refused(Conflict, "already"):
        plan_change(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, template="upgrade")
    assert plan_change(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, template="patch")


def test_an_unknown_template_is_refused(desk: Desk, ticket: Ticket) -> None:
    with refused(Invalid, field="template"):
        plan_change(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, template="moon")


def test_a_tick_says_who_when_and_what(desk: Desk, ticket: Ticket, steps: list[ChangeStep]) -> None:
    tick_change_step(actor=actor_of(desk.engineer), at=LATER, step=steps[0], remark="10.3.2\x00")
    step = ChangeStep.objects.get(pk=steps[0].pk)
    assert (step.done_at, step.done_by, step.remark) == (LATER, desk.engineer, "10.3.2")
    record = Record.objects.get(kind="change.step_ticked")
    assert (record.data["is_done"], record.data["remark"]) == (True, "10.3.2")


def test_a_second_tick_leaves_the_first(desk: Desk, steps: list[ChangeStep]) -> None:
    tick_change_step(actor=actor_of(desk.engineer), at=MONDAY, step=steps[0])
    tick_change_step(actor=actor_of(desk.lead), at=LATER, step=steps[0], remark="Me too")
    assert ChangeStep.objects.get(pk=steps[0].pk).done_by == desk.engineer
    assert Record.objects.filter(kind="change.step_ticked").count() == 1


def test_a_tick_taken_back_stays_in_the_history(desk: Desk, ticket: Ticket, steps: list[ChangeStep]) -> None:
    tick_change_step(actor=actor_of(desk.engineer), at=MONDAY, step=steps[0])
    for _ in range(2):
        untick_change_step(actor=actor_of(desk.engineer), at=LATER, step=steps[0])
    assert ChangeStep.objects.get(pk=steps[0].pk).done_at is None
    ticks = Record.objects.filter(kind="change.step_ticked").order_by("id")
    assert [record.data["is_done"] for record in ticks] == [True, False]


def test_a_remark_that_is_too_long_is_refused(desk: Desk, steps: list[ChangeStep]) -> None:
    with refused(Invalid, field="remark"):
        tick_change_step(actor=actor_of(desk.engineer), at=MONDAY, step=steps[0], remark="x" * 301)


def test_a_step_of_ones_own_stands_last(desk: Desk, ticket: Ticket, steps: list[ChangeStep]) -> None:
    step = add_change_step(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        template="upgrade",
        stage="after",
        label="Ask Bram",
    )
    assert step.position == len(steps) + 1
    assert step.title == "Upgrade"


@pytest.mark.parametrize(
    ("field", "value"), [("template", "patch"), ("stage", "never"), ("label", " "), ("label", "x" * 201)]
)
def test_a_step_that_says_too_little_is_refused(
    desk: Desk, ticket: Ticket, steps: list[ChangeStep], field: str, value: str
) -> None:
    given = {"template": "upgrade", "stage": "plan", "label": "Ask", field: value}
    with refused(Invalid, field=field):
        add_change_step(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, **given)


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_others_than_staff_who_work_plan_and_tick_nothing(
    desk: Desk, ticket: Ticket, steps: list[ChangeStep], role: str
) -> None:
    by = actor_of(desk.person(role))
    with refused(NotAllowed):
        plan_change(actor=by, at=MONDAY, ticket=ticket, template="patch")
    for act in (tick_change_step, untick_change_step):
        with refused(NotAllowed):
            act(actor=by, at=MONDAY, step=steps[0])


def test_another_client_finds_no_step(other_desk: Desk, steps: list[ChangeStep]) -> None:
    for stranger in (other_desk.poc, other_desk.engineer):
        with refused(NotHere):
            tick_change_step(actor=actor_of(stranger), at=MONDAY, step=steps[0])
        with refused(NotHere):
            change_step_for(actor_of(stranger), steps[0].pk)


def test_when_the_ticket_is_over_its_steps_stay(desk: Desk, ticket: Ticket, steps: list[ChangeStep]) -> None:
    change_status(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="cancelled")
    with refused(Conflict, "stay as they are"):
        tick_change_step(actor=actor_of(desk.engineer), at=LATER, step=steps[0])


def test_the_client_reads_the_steps_in_the_history(
    desk: Desk, ticket: Ticket, steps: list[ChangeStep]
) -> None:
    tick_change_step(actor=actor_of(desk.engineer), at=MONDAY, step=steps[0])
    kinds = [record.kind for record in events_for(actor_of(desk.poc), ticket)]
    assert kinds[-2:] == ["change.planned", "change.step_ticked"]
