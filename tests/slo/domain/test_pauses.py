"""S9: plans that pause stop counting while the client is asked; others never do."""

from tests.slo.domain.stories import HOUR, PAUSE, at, clock, counted, fact, goes_on, opened, terms, waits

PAUSING = terms(pauses=(PAUSE,))


def test_paused_time_is_not_counted() -> None:
    one = clock(
        PAUSING, opened(), waits("2026-03-02 10:00"), goes_on("2026-03-02 12:00"), until="2026-03-02 12:00"
    )
    assert one.due_at == at("2026-03-02 15:00")


def test_a_plan_that_says_nothing_of_pauses_never_pauses() -> None:
    assert clock(terms(), opened(), waits("2026-03-02 10:00")).due_at == at("2026-03-02 13:00")


def test_a_paused_clock_has_no_due_time_and_cannot_be_missed() -> None:
    one = clock(PAUSING, opened(), waits("2026-03-02 10:00"))
    assert (one.state, one.due_at, one.look_at) == ("paused", None, None)
    assert one.paused_since == at("2026-03-02 10:00")
    assert one.elapsed_seconds(until=at("2026-03-20 12:00")) == HOUR


def test_waiting_on_a_vendor_never_pauses() -> None:
    one = clock(PAUSING, opened(), fact("status", "2026-03-02 10:00", status="waiting_on_vendor"))
    assert one.due_at == at("2026-03-02 13:00")


def test_pausing_twice_is_pausing_once() -> None:
    story = [waits("2026-03-02 10:00"), waits("2026-03-02 11:00"), goes_on("2026-03-02 12:00")]
    assert clock(PAUSING, opened(), *story).due_at == at("2026-03-02 15:00")


def test_a_pause_over_night_gives_back_only_open_time() -> None:
    story = [waits("2026-03-02 16:00"), goes_on("2026-03-03 10:00")]
    assert clock(PAUSING, opened("2026-03-02 15:00"), *story).due_at == at("2026-03-03 13:00")


def test_a_pause_after_the_miss_changes_nothing() -> None:
    story = [waits("2026-03-02 14:00"), goes_on("2026-03-02 15:00")]
    assert clock(PAUSING, opened(), *story).missed_at == at("2026-03-02 13:00")


def test_an_answer_during_the_pause_meets_the_clock() -> None:
    one = clock(
        PAUSING, opened(), waits("2026-03-02 10:00"), fact("public_staff_message", "2026-03-06 10:00")
    )
    assert (one.state, counted(one)) == ("met", HOUR)


def test_a_pause_that_begins_when_the_target_is_used_up_comes_too_late() -> None:
    one = clock(PAUSING, opened(), waits("2026-03-02 13:00"))
    assert (one.state, one.missed_at) == ("missed", at("2026-03-02 13:00"))


def test_a_pause_that_goes_on_is_shown_with_its_cause_too() -> None:
    one = clock(PAUSING, opened(), waits("2026-03-02 10:00"), until="2026-03-02 12:00")
    parts = [(part.kind, part.reason) for part in one.segments(until=at("2026-03-02 12:00"))]
    assert parts == [("open", ""), ("paused", PAUSE.reason)]


def test_a_pause_is_shown_with_its_cause() -> None:
    one = clock(PAUSING, opened(), waits("2026-03-02 10:00"), goes_on("2026-03-02 12:00"))
    parts = [(part.kind, part.seconds, part.reason) for part in one.segments(until=at("2026-03-02 12:00"))]
    assert parts == [("open", HOUR, ""), ("paused", 0, PAUSE.reason), ("open", 3 * HOUR, "")]
