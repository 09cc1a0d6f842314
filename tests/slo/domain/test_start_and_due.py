"""S1 to S3: when a clock starts and when it is due."""

from datetime import UTC, datetime, timedelta

import pytest

from slo.domain.engine import fold
from slo.domain.timeline import Fact
from tests.slo.domain.stories import ALWAYS, CALENDARS, HOUR, OFFICE, at, clock, fact, opened, terms


def test_a_clock_starts_when_the_ticket_was_received() -> None:
    assert clock(terms(), opened()).started_at == at("2026-03-02 09:00")


def test_due_is_the_target_in_open_time_after_the_start() -> None:
    assert clock(terms(), opened()).due_at == at("2026-03-02 13:00")


def test_a_ticket_opened_on_a_sunday_counts_from_the_next_opening() -> None:
    one = clock(terms(), opened("2026-03-01 20:00"))
    assert (one.started_at, one.due_at) == (at("2026-03-01 20:00"), at("2026-03-02 13:00"))


def test_a_target_that_ends_at_closing_time_is_due_at_closing_time() -> None:
    assert clock(terms(), opened("2026-03-02 13:00")).due_at == at("2026-03-02 17:00")


def test_a_holiday_is_left_out() -> None:
    assert clock(terms(), opened("2026-03-03 16:00")).due_at == at("2026-03-05 12:00")


def test_reaching_an_objective_exactly_at_due_is_on_time() -> None:
    answered = fact("public_staff_message", "2026-03-02 13:00")
    assert clock(terms(), opened(), answered).state == "met"


def test_a_microsecond_after_due_is_late() -> None:
    late = Fact(kind="public_staff_message", at=at("2026-03-02 13:00") + timedelta(microseconds=1))
    one = clock(terms(), opened(), late)
    assert (one.state, one.missed_at, one.met_at) == ("missed", at("2026-03-02 13:00"), late.at)


def test_a_clock_runs_on_at_due_itself() -> None:
    assert clock(terms(), opened(), until="2026-03-02 13:00").state == "running"


@pytest.mark.parametrize("microseconds", [1, 400_000, 999_999])
def test_due_keeps_the_part_of_a_second_at_which_the_ticket_came(microseconds: int) -> None:
    start = at("2026-03-02 16:59:59") + timedelta(microseconds=microseconds)
    story = [Fact(kind="opened", at=start, urgency="high", request_type="incident")]
    (one,) = fold(terms(), CALENDARS, story, until=start)
    assert one.due_at == OFFICE.add(start, 4 * HOUR)
    assert sum(part.seconds for part in one.segments(until=start)) == 4 * HOUR


def test_moments_may_come_in_any_zone_and_go_out_in_utc() -> None:
    start = datetime.fromisoformat("2026-03-02T10:00:00+01:00")
    story = [Fact(kind="opened", at=start, urgency="high", request_type="incident")]
    (one,) = fold(terms(), CALENDARS, story, until=start)
    assert (one.started_at, one.started_at.tzinfo) == (at("2026-03-02 09:00"), UTC)


def test_a_promise_may_count_day_and_night() -> None:
    one = clock(terms(calendar="24x7"), opened("2026-03-01 20:00"))
    assert (one.due_at, one.timing) == (at("2026-03-02 00:00"), ALWAYS)
