"""S6 and S7: what answers a ticket, and what starts the work."""

import pytest

from tests.slo.domain.stories import INTERVENTION, at, clock, clocks, fact, opened, terms


@pytest.mark.parametrize("kind", ["public_staff_message", "resolution_summary"])
def test_a_public_word_of_staff_meets_first_response(kind: str) -> None:
    one = clock(terms(), opened(), fact(kind, "2026-03-02 10:00"))
    assert (one.state, one.met_at) == ("met", at("2026-03-02 10:00"))


@pytest.mark.parametrize("kind", ["work_started", "time_logged", "resolved", "status"])
def test_nothing_else_meets_first_response(kind: str) -> None:
    one = clock(terms(), opened(), fact(kind, "2026-03-02 10:00"), until="2026-03-02 11:00")
    assert one.state == "running"


def test_only_the_first_answer_counts() -> None:
    answers = [fact("public_staff_message", f"2026-03-02 {hour}:00") for hour in (10, 11, 12)]
    assert clock(terms(), opened(), *answers).met_at == at("2026-03-02 10:00")


def test_a_late_answer_leaves_the_clock_missed_and_says_when_it_came() -> None:
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-02 15:00"))
    assert (one.state, one.met_at, one.is_late_unmet) == ("missed", at("2026-03-02 15:00"), False)


def test_a_missed_clock_waits_to_be_reached() -> None:
    assert clock(terms(), opened()).is_late_unmet


@pytest.mark.parametrize("kind", ["work_started", "time_logged"])
def test_work_meets_the_intervention(kind: str) -> None:
    one = clock(terms(INTERVENTION), opened(), fact(kind, "2026-03-02 10:00"))
    assert one.met_at == at("2026-03-02 10:00")


def test_the_earlier_of_work_and_time_entry_is_the_intervention() -> None:
    story = [fact("time_logged", "2026-03-02 10:00"), fact("work_started", "2026-03-02 11:00")]
    assert clock(terms(INTERVENTION), opened(), *story).met_at == at("2026-03-02 10:00")


def test_without_a_promise_there_is_no_clock() -> None:
    assert clocks(terms(low=None), opened(urgency="low")) == ()
