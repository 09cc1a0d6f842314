"""S8: status updates recur, each interval a clock of its own."""

from itertools import pairwise

from slo.domain.clock import FoldedClock
from slo.domain.timeline import Fact, Settled
from tests.slo.domain.stories import (
    HOUR,
    PAUSE,
    UPDATE,
    UPDATE_DURING_WORK,
    at,
    clocks,
    fact,
    goes_on,
    opened,
    reclassified,
    terms,
    waits,
)

EVERY_TWO = terms(UPDATE, high=2 * HOUR, low=None, calendar="24x7")


def told(*found: FoldedClock) -> list[tuple[int, str]]:
    """Ordinals and states."""
    return [(one.ordinal, one.state.value) for one in found]


def test_the_first_update_is_due_one_interval_after_the_opening() -> None:
    (one,) = clocks(EVERY_TWO, opened(), until="2026-03-02 10:00")
    assert (one.state, one.due_at) == ("running", at("2026-03-02 11:00"))


def test_an_update_starts_the_next_interval() -> None:
    found = clocks(
        EVERY_TWO, opened(), fact("public_staff_message", "2026-03-02 10:00"), until="2026-03-02 10:30"
    )
    assert told(*found) == [(1, "met"), (2, "running")]
    assert found[1].due_at == at("2026-03-02 12:00")


def test_every_interval_of_silence_is_a_missed_clock_of_its_own() -> None:
    found = clocks(EVERY_TWO, opened(), until="2026-03-02 16:00")
    assert told(*found) == [(1, "missed"), (2, "missed"), (3, "missed"), (4, "running")]
    assert all(before.due_at == after.started_at for before, after in pairwise(found))


def test_an_update_after_a_missed_one_counts_for_the_running_interval() -> None:
    found = clocks(
        EVERY_TWO, opened(), fact("public_staff_message", "2026-03-02 11:30"), until="2026-03-02 11:31"
    )
    assert told(*found) == [(1, "missed"), (2, "met"), (3, "running")]
    assert found[2].started_at == at("2026-03-02 11:30")


def test_nothing_is_owed_once_the_ticket_is_solved() -> None:
    (one,) = clocks(EVERY_TWO, opened(), fact("resolved", "2026-03-02 10:00"))
    assert (one.state, one.cancelled_at) == ("cancelled", at("2026-03-02 10:00"))


def test_the_summary_meets_the_last_interval_and_starts_none() -> None:
    story = [fact("public_staff_message", "2026-03-02 10:00"), fact("resolved", "2026-03-02 10:00")]
    assert told(*clocks(EVERY_TWO, opened(), *story)) == [(1, "met")]


def test_a_ticket_taken_up_again_owes_updates_again() -> None:
    story = [fact("resolved", "2026-03-02 10:00"), fact("reopened", "2026-03-03 09:00")]
    found = clocks(EVERY_TWO, opened(), *story, until="2026-03-03 10:00")
    assert told(*found) == [(1, "cancelled"), (2, "running")]
    assert found[1].due_at == at("2026-03-03 11:00")


def test_a_verdict_after_reopening_belongs_to_the_interval_that_ran() -> None:
    known = Settled(
        objective="status_update",
        ordinal=2,
        due_at=at("2026-03-03 11:00"),
        missed_at=at("2026-03-03 11:00"),
    )
    story = [
        fact("public_staff_message", "2026-03-02 10:00"),
        fact("resolved", "2026-03-02 10:00"),
        fact("reopened", "2026-03-03 09:00"),
    ]
    found = clocks(EVERY_TWO, opened(), *story, settled=[known], until="2026-03-03 12:00")
    assert told(*found) == [(1, "met"), (2, "missed"), (3, "running")]


def test_updates_during_work_start_with_the_work() -> None:
    of = terms(UPDATE_DURING_WORK, high=2 * HOUR)
    assert clocks(of, opened()) == ()
    found = clocks(of, opened(), fact("time_logged", "2026-03-02 10:00"), until="2026-03-02 11:00")
    assert found[0].due_at == at("2026-03-02 12:00")


def test_updates_wait_with_the_intervention() -> None:
    of = terms(UPDATE_DURING_WORK, high=2 * HOUR, pauses=(PAUSE,))
    story = [fact("work_started", "2026-03-02 10:00"), waits("2026-03-02 11:00"), goes_on("2026-03-02 14:00")]
    (one,) = clocks(of, opened(), *story, until="2026-03-02 14:30")
    assert one.due_at == at("2026-03-02 15:00")


def test_a_question_to_the_client_is_an_update_whose_next_interval_waits() -> None:
    of = terms(UPDATE_DURING_WORK, high=2 * HOUR, pauses=(PAUSE,))
    story = [
        fact("work_started", "2026-03-02 10:00"),
        fact("public_staff_message", "2026-03-02 11:00"),
        waits("2026-03-02 11:00"),
    ]
    found = clocks(of, opened(), *story, until="2026-03-02 16:00")
    assert told(*found) == [(1, "met"), (2, "paused")]


def test_an_urgency_that_owes_no_updates_ends_them_and_one_that_does_starts_them() -> None:
    story = [reclassified("2026-03-02 10:00", "low"), reclassified("2026-03-02 12:00", "high")]
    found = clocks(EVERY_TWO, opened(), *story, until="2026-03-02 13:00")
    assert told(*found) == [(1, "cancelled"), (2, "running")]
    assert found[1].due_at == at("2026-03-02 14:00")


def agreed(when: str, hours: float, until: str | None = None) -> list[Fact]:
    """Updates every so many hours, up to a moment."""
    end = at(until) if until else None
    return [fact("updates_agreed", when, interval_seconds=int(hours * HOUR), until=end, calendar="24x7")]


def test_a_longer_interval_agreed_counts_from_the_start_of_the_running_one() -> None:
    (one,) = clocks(EVERY_TWO, opened(), *agreed("2026-03-02 10:00", 6), until="2026-03-02 10:30")
    assert (one.due_at, one.target_seconds) == (at("2026-03-02 15:00"), 6 * HOUR)


def test_a_shorter_interval_agreed_counts_from_the_agreement() -> None:
    (one,) = clocks(EVERY_TWO, opened(), *agreed("2026-03-02 10:00", 0.5), until="2026-03-02 10:10")
    assert one.due_at == at("2026-03-02 10:30")


def test_one_public_update_restarts_the_agreed_interval() -> None:
    story = [*agreed("2026-03-02 10:00", 6), fact("public_staff_message", "2026-03-02 11:00")]
    found = clocks(EVERY_TWO, opened(), *story, until="2026-03-02 12:00")
    assert found[1].due_at == at("2026-03-02 17:00")


def test_after_the_agreement_the_plan_holds_again_and_nobody_is_late_by_that() -> None:
    story = agreed("2026-03-02 10:00", 12, until="2026-03-02 14:00")
    (one,) = clocks(EVERY_TWO, opened(), *story, until="2026-03-02 15:00")
    assert one.due_at == at("2026-03-02 16:00")


def test_the_end_of_an_agreement_is_a_moment_to_look_at() -> None:
    story = agreed("2026-03-02 10:00", 12, until="2026-03-02 14:00")
    (one,) = clocks(EVERY_TWO, opened(), *story, until="2026-03-02 11:00")
    assert (one.due_at, one.look_at) == (at("2026-03-02 21:00"), at("2026-03-02 14:00"))


def test_the_end_of_an_agreement_is_looked_at_during_a_pause_too() -> None:
    of = terms(UPDATE, high=2 * HOUR, low=None, calendar="24x7", pauses=(PAUSE,))
    story = [*agreed("2026-03-02 10:00", 12, until="2026-03-02 14:00"), waits("2026-03-02 10:30")]
    (one,) = clocks(of, opened(), *story, until="2026-03-02 11:00")
    assert (one.state, one.look_at) == ("paused", at("2026-03-02 14:00"))


def test_an_agreement_makes_updates_owed_where_the_plan_owes_none() -> None:
    (one,) = clocks(
        EVERY_TWO, opened(urgency="low"), *agreed("2026-03-02 10:00", 4), until="2026-03-02 11:00"
    )
    assert one.due_at == at("2026-03-02 14:00")
