"""S13 and S14: at risk, missed at due, and verdicts that stand."""

import pytest

from slo.domain.timeline import Settled
from tests.slo.domain.stories import (
    HOUR,
    PAUSE,
    UPDATE,
    at,
    clock,
    clocks,
    fact,
    goes_on,
    opened,
    terms,
    waits,
)


@pytest.mark.parametrize(("percent", "moment"), [(75, "12:00"), (50, "11:00"), (90, "12:36")])
def test_a_clock_is_at_risk_when_the_plans_share_is_used(percent: int, moment: str) -> None:
    one = clock(terms(percent=percent), opened(), until="2026-03-02 12:50")
    assert one.at_risk_at == at(f"2026-03-02 {moment}")


def test_a_clock_met_before_that_was_never_at_risk() -> None:
    assert clock(terms(), opened(), fact("public_staff_message", "2026-03-02 11:59")).at_risk_at is None


def test_a_clock_met_after_that_was_at_risk_even_if_nobody_looked() -> None:
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-02 12:30"))
    assert (one.state, one.at_risk_at) == ("met", at("2026-03-02 12:00"))


def test_the_next_look_is_at_the_risk_and_then_just_after_due() -> None:
    first = clock(terms(), opened(), until="2026-03-02 10:00")
    second = clock(terms(), opened(), until="2026-03-02 12:00")
    assert first.look_at == at("2026-03-02 12:00")
    assert second.look_at is not None
    assert (second.look_at - at("2026-03-02 13:00")).microseconds == 1


def test_a_missed_clock_is_dated_at_due_and_never_looked_at_again() -> None:
    one = clock(terms(), opened(), until="2026-03-20 12:00")
    assert (one.missed_at, one.look_at) == (at("2026-03-02 13:00"), None)


def test_risk_moves_with_a_pause() -> None:
    of = terms(pauses=(PAUSE,))
    story = [waits("2026-03-02 11:30"), goes_on("2026-03-02 12:30")]
    assert clock(of, opened(), *story, until="2026-03-02 13:30").at_risk_at == at("2026-03-02 13:00")


def test_a_recorded_miss_stands_although_the_calendar_says_otherwise_now() -> None:
    known = Settled(
        objective="first_response", ordinal=1, due_at=at("2026-03-02 10:00"), missed_at=at("2026-03-02 10:00")
    )
    one = clock(terms(), opened(), settled=[known], until="2026-03-02 10:30")
    assert (one.state, one.missed_at, one.due_at) == (
        "missed",
        at("2026-03-02 10:00"),
        at("2026-03-02 10:00"),
    )


def test_a_recorded_answer_in_time_stands() -> None:
    known = Settled(
        objective="first_response", ordinal=1, due_at=at("2026-03-03 12:00"), met_at=at("2026-03-03 11:00")
    )
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-03 11:00"), settled=[known])
    assert (one.state, one.met_at, one.due_at) == ("met", at("2026-03-03 11:00"), at("2026-03-03 12:00"))


def test_a_recorded_risk_stands() -> None:
    known = Settled(objective="first_response", ordinal=1, at_risk_at=at("2026-03-02 09:10"))
    assert clock(terms(), opened(), settled=[known], until="2026-03-02 09:20").at_risk_at == at(
        "2026-03-02 09:10"
    )


def test_the_interval_after_a_recorded_miss_starts_at_that_miss() -> None:
    of = terms(UPDATE, high=2 * HOUR, calendar="24x7")
    known = Settled(
        objective="status_update", ordinal=1, due_at=at("2026-03-02 10:00"), missed_at=at("2026-03-02 10:00")
    )
    found = clocks(of, opened(), settled=[known], until="2026-03-02 10:30")
    assert found[1].due_at == at("2026-03-02 12:00")


def test_an_answer_on_its_way_while_the_miss_was_recorded_does_not_undo_it() -> None:
    known = Settled(
        objective="first_response", ordinal=1, due_at=at("2026-03-02 13:00"), missed_at=at("2026-03-02 13:00")
    )
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-02 12:59"), settled=[known])
    assert (one.state, one.met_at) == ("missed", at("2026-03-02 12:59"))
