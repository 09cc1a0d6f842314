"""S10: a change of urgency or request type never makes anybody late by itself."""

from tests.slo.domain.stories import (
    HOUR,
    PAUSE,
    at,
    clock,
    clocks,
    counted,
    fact,
    goes_on,
    opened,
    reclassified,
    terms,
    waits,
)

SHORT_AND_LONG = terms(high=HOUR, low=8 * HOUR)


def test_a_shorter_target_counts_from_the_change() -> None:
    story = [opened(urgency="low"), reclassified("2026-03-02 12:00", "high")]
    one = clock(SHORT_AND_LONG, *story, until="2026-03-02 12:30")
    assert (one.state, one.due_at, one.target_seconds) == ("running", at("2026-03-02 13:00"), HOUR)


def test_a_shorter_target_never_moves_the_due_time_back() -> None:
    story = [opened(urgency="low"), reclassified("2026-03-02 16:30", "high")]
    assert clock(SHORT_AND_LONG, *story).due_at == at("2026-03-02 17:00")


def test_a_longer_target_counts_from_the_start() -> None:
    story = [opened(urgency="high"), reclassified("2026-03-02 09:30", "low")]
    assert clock(SHORT_AND_LONG, *story).due_at == at("2026-03-02 17:00")


def test_a_longer_target_keeps_the_pauses() -> None:
    of = terms(high=HOUR, low=8 * HOUR, pauses=(PAUSE,))
    story = [waits("2026-03-02 09:10"), goes_on("2026-03-02 11:10"), reclassified("2026-03-02 11:30", "low")]
    assert clock(of, opened(), *story).due_at == at("2026-03-03 11:00")


def test_a_change_during_a_pause_counts_when_the_clock_goes_on() -> None:
    of = terms(high=HOUR, low=8 * HOUR, pauses=(PAUSE,))
    story = [waits("2026-03-02 10:00"), reclassified("2026-03-02 11:00", "high"), goes_on("2026-03-02 12:00")]
    assert clock(of, opened(urgency="low"), *story).due_at == at("2026-03-02 13:00")


def test_there_and_back_again_is_never_late() -> None:
    of = terms(high=HOUR, low=2 * HOUR)
    story = [reclassified("2026-03-02 10:30", "high"), reclassified("2026-03-02 10:40", "low")]
    assert clock(of, opened(urgency="low"), *story).due_at == at("2026-03-02 11:00")


def test_a_missed_clock_is_not_reopened() -> None:
    story = [opened(urgency="high"), reclassified("2026-03-02 12:00", "low")]
    one = clock(SHORT_AND_LONG, *story)
    assert (one.state, one.missed_at, one.urgency) == ("missed", at("2026-03-02 10:00"), "high")


def test_a_met_clock_is_not_reopened() -> None:
    story = [fact("public_staff_message", "2026-03-02 09:30"), reclassified("2026-03-02 12:00", "high")]
    assert clock(SHORT_AND_LONG, opened(urgency="low"), *story).state == "met"


def test_an_exempt_clock_is_not_reopened() -> None:
    story = [
        opened(urgency="low", exempt_reason="Alternate channel"),
        reclassified("2026-03-02 12:00", "high"),
    ]
    assert clock(SHORT_AND_LONG, *story).state == "exempt"


def test_the_segments_still_sum_to_the_target() -> None:
    story = [opened(urgency="low"), reclassified("2026-03-02 12:00", "high")]
    one = clock(SHORT_AND_LONG, *story, until="2026-03-02 12:30")
    parts = [
        (part.kind, part.seconds, bool(part.reason)) for part in one.segments(until=at("2026-03-02 12:30"))
    ]
    assert parts == [("open", 0, True), ("open", HOUR, False)]


def test_the_segments_sum_when_the_old_due_time_stays() -> None:
    story = [opened(urgency="low"), reclassified("2026-03-02 16:30", "high")]
    assert counted(clock(SHORT_AND_LONG, *story, until="2026-03-02 16:40")) == HOUR


def test_a_classification_without_a_promise_ends_the_clock_uncounted() -> None:
    one = clock(terms(low=None), opened(), reclassified("2026-03-02 10:00", "low"))
    assert (one.state, one.cancelled_at) == ("cancelled", at("2026-03-02 10:00"))


def test_a_promise_that_comes_with_the_change_counts_from_the_change() -> None:
    one = clock(terms(low=None), opened(urgency="low"), reclassified("2026-03-02 10:00", "high"))
    assert (one.started_at, one.due_at) == (at("2026-03-02 10:00"), at("2026-03-02 14:00"))


def test_a_promise_that_comes_after_the_answer_starts_no_clock() -> None:
    story = [fact("public_staff_message", "2026-03-02 09:30"), reclassified("2026-03-02 10:00", "high")]
    assert clocks(terms(low=None), opened(urgency="low"), *story) == ()
