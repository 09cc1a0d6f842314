"""S11 and S12: what is never counted, and what is not counted any more."""

import pytest

from tests.slo.domain.stories import HOUR, at, clock, clocks, counted, fact, opened, terms, window


def test_an_exempt_clock_shows_its_reason_and_has_no_due_time() -> None:
    one = clock(terms(), opened(exempt_reason="Alternate channel"))
    assert (one.state, one.reason, one.due_at) == ("exempt", "Alternate channel", None)


def test_a_plan_without_promises_shows_one_exempt_clock() -> None:
    one = clock(terms(low=None), opened(urgency="low", exempt_reason="Best endeavours"))
    assert (one.objective, one.state, one.target_seconds) == ("first_response", "exempt", 0)


def test_an_agreed_exception_starts_the_clock_and_the_time_before_is_exempt() -> None:
    story = [opened(exempt_reason="Excluded scope"), fact("covered", "2026-03-02 11:00")]
    one = clock(terms(), *story, until="2026-03-02 12:00")
    assert (one.state, one.started_at, one.due_at) == (
        "running",
        at("2026-03-02 09:00"),
        at("2026-03-02 15:00"),
    )
    assert [part.kind for part in one.segments(until=at("2026-03-02 12:00"))] == ["exempt", "open"]


def test_a_running_clock_can_become_exempt() -> None:
    one = clock(terms(), opened(), fact("exempted", "2026-03-02 11:00", exempt_reason="Not supported"))
    assert (one.state, one.reason) == ("exempt", "Not supported")


def test_an_incident_raised_in_a_window_and_settled_by_its_end_cannot_be_missed() -> None:
    off = window("2026-03-02 08:00", "2026-03-03 12:00")
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-03 12:00"), windows=[off])
    assert (one.state, counted(one)) == ("met", 0)


def test_an_incident_that_outlives_the_window_counts_from_its_end() -> None:
    off = window("2026-03-02 08:00", "2026-03-02 12:00")
    assert clock(terms(), opened(), windows=[off]).due_at == at("2026-03-02 16:00")


def test_a_window_in_the_middle_is_left_out_and_shown() -> None:
    off = window("2026-03-02 10:00", "2026-03-02 11:00")
    one = clock(terms(), opened(), windows=[off], until="2026-03-02 09:30")
    parts = [(part.kind, part.seconds) for part in one.segments(until=at("2026-03-02 09:30"))]
    assert parts == [("open", HOUR), ("exempt", 0), ("open", 3 * HOUR)]


def test_overlapping_windows_are_left_out_once() -> None:
    offs = [window("2026-03-02 10:00", "2026-03-02 12:00"), window("2026-03-02 11:00", "2026-03-02 13:00")]
    assert clock(terms(), opened(), windows=offs).due_at == at("2026-03-02 16:00")


@pytest.mark.parametrize("kind", ["cancelled", "merged", "closed"])
def test_the_running_clock_of_a_ticket_that_ends_is_not_counted(kind: str) -> None:
    one = clock(terms(), opened(), fact(kind, "2026-03-02 10:00", reason="Filed twice"))
    assert (one.state, one.cancelled_at, one.reason) == ("cancelled", at("2026-03-02 10:00"), "Filed twice")
    assert counted(one) == HOUR


@pytest.mark.parametrize("kind", ["cancelled", "merged"])
def test_what_was_missed_before_the_end_stays_missed(kind: str) -> None:
    assert clock(terms(), opened(), fact(kind, "2026-03-02 15:00")).state == "missed"


def test_nothing_counts_after_the_end() -> None:
    story = [fact("cancelled", "2026-03-02 10:00"), fact("public_staff_message", "2026-03-02 11:00")]
    assert [one.state for one in clocks(terms(), opened(), *story)] == ["cancelled"]
