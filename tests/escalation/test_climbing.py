"""Climbing the path (E3): acknowledged, unanswered, not satisfied, ended; no jump over a tier."""

from __future__ import annotations

import pytest

from escalation.models import Escalation, State, Step
from escalation.services import acknowledge, mark_not_satisfied, raise_escalation, resolve, sweep
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.factories import Desk, actor_of, moment
from tickets.models import Ticket

TEN = moment("2026-03-02 10:00")


@pytest.fixture
def escalation(desk: Desk, ticket: Ticket) -> Escalation:
    """The point of contact has escalated at ten; the first tier answers by eleven."""
    return raise_escalation(actor=actor_of(desk.poc), at=TEN, ticket=ticket, ground="slow_resolution")


def steps(escalation: Escalation) -> list[tuple[str, int]]:
    """The steps so far, each with its tier."""
    return list(Step.objects.filter(escalation=escalation).values_list("kind", "level"))


def test_the_sweep_leaves_those_that_may_still_answer(escalation: Escalation) -> None:
    assert sweep(at=moment("2026-03-02 10:59")) == 0
    assert steps(escalation) == [("raised", 1)]


def test_an_unanswered_tier_hands_over_to_the_next(escalation: Escalation) -> None:
    sweep(at=moment("2026-03-02 11:00"))

    escalation.refresh_from_db()
    assert (escalation.level, escalation.state) == (2, State.WAITING)
    assert escalation.acknowledge_due_at == moment("2026-03-02 13:00")


def test_hours_of_downtime_do_not_jump_over_a_tier(escalation: Escalation) -> None:
    sweep(at=moment("2026-03-04 09:00"))
    sweep(at=moment("2026-03-04 09:00"))

    assert steps(escalation) == [("raised", 1), ("climbed", 2)]


def test_the_top_is_told_once_that_nobody_answered(escalation: Escalation) -> None:
    for hour in ("2026-03-02 11:00", "2026-03-02 13:00", "2026-03-02 15:00", "2026-03-02 17:00"):
        sweep(at=moment(hour))

    assert steps(escalation)[-2:] == [("climbed", 3), ("unanswered", 3)]
    assert Record.objects.filter(kind="escalation.unanswered").count() == 1


def test_an_acknowledged_one_stays_where_it_is(desk: Desk, escalation: Escalation) -> None:
    acknowledge(actor=actor_of(desk.lead), at=moment("2026-03-02 10:30"), escalation=escalation)

    sweep(at=moment("2026-03-03 12:00"))

    assert steps(escalation) == [("raised", 1), ("acknowledged", 1)]


def test_acknowledging_twice_changes_nothing(desk: Desk, escalation: Escalation) -> None:
    for minute in (30, 31):
        acknowledge(actor=actor_of(desk.lead), at=TEN.replace(minute=minute), escalation=escalation)

    assert steps(escalation) == [("raised", 1), ("acknowledged", 1)]


def test_a_contact_cannot_acknowledge(desk: Desk, escalation: Escalation) -> None:
    with pytest.raises(NotAllowed):
        acknowledge(actor=actor_of(desk.poc), at=TEN, escalation=escalation)

    assert steps(escalation) == [("raised", 1)]


def test_a_client_that_is_not_satisfied_reaches_the_next_tier(desk: Desk, escalation: Escalation) -> None:
    acknowledge(actor=actor_of(desk.lead), at=TEN, escalation=escalation)

    mark_not_satisfied(actor=actor_of(desk.poc), at=TEN, escalation=escalation, reason="Still nothing.")

    assert steps(escalation)[-1] == ("climbed", 2)


def test_staff_cannot_say_that_the_client_is_not_satisfied(desk: Desk, escalation: Escalation) -> None:
    with pytest.raises(NotAllowed):
        mark_not_satisfied(actor=actor_of(desk.lead), at=TEN, escalation=escalation, reason="x")


def test_above_the_top_there_is_nobody(desk: Desk, escalation: Escalation) -> None:
    for _ in range(2):
        mark_not_satisfied(actor=actor_of(desk.poc), at=TEN, escalation=escalation, reason="x")

    with pytest.raises(Conflict):
        mark_not_satisfied(actor=actor_of(desk.poc), at=TEN, escalation=escalation, reason="x")


def test_it_ends_with_a_written_outcome(desk: Desk, escalation: Escalation) -> None:
    resolve(
        actor=actor_of(desk.lead), at=TEN, escalation=escalation, outcome="upheld", text="More people on it."
    )

    escalation.refresh_from_db()
    assert (escalation.state, escalation.outcome, escalation.acknowledge_due_at) == (
        "resolved",
        "upheld",
        None,
    )


@pytest.mark.parametrize(("outcome", "text"), [("upheld", " "), ("whatever", "Words.")])
def test_an_outcome_needs_its_kind_and_words(
    desk: Desk, escalation: Escalation, outcome: str, text: str
) -> None:
    with pytest.raises(Invalid):
        resolve(actor=actor_of(desk.lead), at=TEN, escalation=escalation, outcome=outcome, text=text)

    assert steps(escalation) == [("raised", 1)]


def test_an_ended_one_can_be_followed_by_another(desk: Desk, ticket: Ticket, escalation: Escalation) -> None:
    resolve(actor=actor_of(desk.lead), at=TEN, escalation=escalation, outcome="upheld", text="Done.")

    again = raise_escalation(actor=actor_of(desk.poc), at=TEN, ticket=ticket, ground="late_response")

    assert again.facts["earlier_escalations"] == 1
