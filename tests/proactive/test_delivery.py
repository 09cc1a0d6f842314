"""Doing planned work (P1): its day, its proof, its reason, and asking for it."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.models import OnboardingStep
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive.models import Occurrence, Programme, State
from proactive.queries import overdue, upcoming
from proactive.services import (
    ask_for,
    deliver,
    hand_over,
    make_programmes,
    mark_missed,
    plan_for,
    skip,
    start,
    waive,
)
from tests.factories import MONDAY, Desk, actor_of, make_desk, moment, refused


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier, whose health checks are asked for."""
    desk = make_desk(plan="premier-support")
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


@pytest.fixture
def due(db: None) -> tuple[Desk, Occurrence]:
    """A client on Total Care and its mailing of March."""
    desk = make_desk("TOTAL")
    make_programmes(at=MONDAY, contract=desk.contract)
    march = Occurrence.objects.get(programme__service="insights", window_first_on=date(2026, 3, 1))
    return desk, march


def test_it_is_started_and_delivered_with_its_proof(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due

    start(actor=actor_of(desk.csm), at=MONDAY, occurrence=one)
    deliver(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, proof="Mailed on 2 March.")

    one.refresh_from_db()
    assert (one.state, one.proof, one.delivered_at) == (State.DELIVERED, "Mailed on 2 March.", MONDAY)


def test_without_proof_it_is_not_delivered(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due

    with pytest.raises(Invalid):
        deliver(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, proof=" ")

    one.refresh_from_db()
    assert one.state == State.PLANNED


def test_a_missed_one_can_still_be_delivered_and_stays_marked(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    mark_missed(at=moment("2026-04-02 09:00"))

    deliver(actor=actor_of(desk.csm), at=moment("2026-04-03 09:00"), occurrence=one, proof="Late, but done.")

    one.refresh_from_db()
    assert (one.state, one.missed_at) == (State.DELIVERED, moment("2026-03-31 23:00"))


def test_skipping_needs_a_reason(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due

    with pytest.raises(Invalid):
        skip(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, reason="")


def test_what_is_done_is_done(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    skip(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, reason="Agreed with the client.")

    with pytest.raises(Conflict):
        deliver(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, proof="x")


def test_a_day_outside_its_window_needs_a_reason(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due

    with pytest.raises(Invalid):
        plan_for(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, on=date(2026, 4, 2))

    plan_for(
        actor=actor_of(desk.csm), at=MONDAY, occurrence=one, on=date(2026, 4, 2), reason="They are away."
    )
    one.refresh_from_db()
    assert one.planned_on == date(2026, 4, 2)


def test_contacts_do_not_deliver(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due

    with pytest.raises(NotAllowed):
        deliver(actor=actor_of(desk.poc), at=MONDAY, occurrence=one, proof="x")


def test_another_clients_manager_finds_nothing(due: tuple[Desk, Occurrence]) -> None:
    _, one = due

    with pytest.raises(NotHere):
        start(actor=actor_of(make_desk("OTHER").csm), at=MONDAY, occurrence=one)


def test_the_calendar_shows_what_comes_and_what_is_late(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    mark_missed(at=moment("2026-04-02 09:00"))

    late = [row.pk for row in overdue(actor_of(desk.csm))]
    ahead = upcoming(actor_of(desk.poc), client_id=desk.client.pk, on=date(2026, 4, 2))
    assert one.pk in late
    assert all(row.due_on >= date(2026, 4, 2) for row in ahead)


def test_a_health_check_is_asked_for_once_a_quarter(desk: Desk) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")
    ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=date(2026, 3, 10))

    with pytest.raises(Conflict):
        ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=date(2026, 3, 20))
    ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=date(2026, 4, 1))

    assert Occurrence.objects.filter(programme=programme, requested_on__isnull=False).count() == 2


def test_what_was_given_up_may_be_asked_for_again(desk: Desk) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")
    poc = actor_of(desk.poc)
    first = ask_for(actor=poc, at=MONDAY, programme=programme, on=date(2026, 3, 10))
    waive(actor=poc, at=MONDAY, occurrence=first, reason="We moved to another product.")
    assert ask_for(actor=poc, at=MONDAY, programme=programme, on=date(2026, 3, 20)).pk != first.pk


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2025, 12, 31)])
def test_nothing_is_asked_for_in_the_past(desk: Desk, on: date) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")
    with refused(Invalid, field="on"):
        ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=on)


def test_a_wish_for_a_closed_day_is_due_on_the_next_open_one(desk: Desk) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")
    asked = ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=date(2026, 3, 14))
    assert (asked.requested_on, asked.due_on) == (date(2026, 3, 14), date(2026, 3, 16))


def test_the_initial_check_of_the_onboarding_does_not_count(desk: Desk) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")

    assert Occurrence.objects.filter(programme=programme, is_initial=True).count() == 1
    ask_for(actor=actor_of(desk.poc), at=MONDAY, programme=programme, on=date(2026, 3, 5))


def test_a_member_does_not_ask(desk: Desk) -> None:
    programme = Programme.objects.get(contract=desk.contract, cadence_kind="on_request")

    with pytest.raises(NotAllowed):
        ask_for(actor=actor_of(desk.member), at=MONDAY, programme=programme, on=date(2026, 3, 10))


def test_moved_beyond_its_window_it_is_missed_only_after_that_day(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    on, words = date(2026, 4, 9), "Their board meets later."
    plan_for(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, on=on, reason=words)
    mark_missed(at=moment("2026-04-09 22:59"))
    before = Occurrence.objects.get(pk=one.pk).state
    mark_missed(at=moment("2026-04-09 23:00"))
    assert (before, Occurrence.objects.get(pk=one.pk).state) == (State.PLANNED, State.MISSED)


def test_a_day_that_has_passed_is_none(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    with refused(Invalid, field="on"):
        plan_for(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, on=date(2026, 3, 1), reason="x")


def test_a_closed_day_needs_a_reason(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    with refused(Invalid, match="Saturday", field="reason"):
        plan_for(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, on=date(2026, 3, 14))


def test_a_point_of_contact_gives_up_what_is_owed(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    waive(actor=actor_of(desk.poc), at=MONDAY, occurrence=one, reason="Not this month.")
    one.refresh_from_db()
    assert (one.state, one.waived_by, one.reason) == (State.SKIPPED, desk.poc.name, "Not this month.")


def test_staff_say_who_gave_it_up(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    with refused(Invalid, field="waived_by"):
        waive(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, reason="They said so.")


@pytest.mark.parametrize("role", ["member", "observer", "account_executive"])
def test_others_give_nothing_up(due: tuple[Desk, Occurrence], role: str) -> None:
    desk, one = due
    with refused(NotAllowed):
        waive(actor=actor_of(desk.person(role)), at=MONDAY, occurrence=one, reason="x", waived_by="y")


def test_a_strangers_delivery_is_not_there_to_give_up(due: tuple[Desk, Occurrence]) -> None:
    _, one = due
    stranger = make_desk("OTHER").poc
    with refused(NotHere):
        waive(actor=actor_of(stranger), at=MONDAY, occurrence=one, reason="x")


def test_it_passes_into_other_hands(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    hand_over(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, owner=desk.engineer)
    one.refresh_from_db()
    assert one.owner == desk.engineer


def test_its_hands_are_those_of_people_who_see_the_client(due: tuple[Desk, Occurrence]) -> None:
    desk, one = due
    stranger = make_desk("OTHER").csm
    with refused(Invalid, field="owner"):
        hand_over(actor=actor_of(desk.csm), at=MONDAY, occurrence=one, owner=stranger)


def test_the_first_health_check_is_also_a_step_of_the_onboarding(desk: Desk) -> None:
    facts = {"label": "First one", "owner": "provider", "due_on": MONDAY.date()}
    step = OnboardingStep.objects.create(contract=desk.contract, key="initial-health-check", **facts)
    first = Occurrence.objects.get(programme__service="health-check", is_initial=True)
    deliver(actor=actor_of(desk.csm), at=MONDAY, occurrence=first, proof="Looked through.")
    step.refresh_from_db()
    assert (step.done_at, step.done_by) == (MONDAY, desk.csm)
