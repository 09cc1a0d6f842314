"""The ladder of a path: where it starts, which tier comes next, until when it answers."""

from __future__ import annotations

from contracts.domain.calendar import Calendar
from escalation.domain.ladder import Rung, acknowledge_by, first_rung, next_rung
from tests.factories import moment

RUNGS = [Rung(level=level, acknowledge_seconds=3600) for level in (5, 1, 3)]
OFFICE = Calendar.from_dict(
    {"tz": "UTC", "weekly": {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]}}
)


def test_an_escalation_starts_at_the_lowest_tier() -> None:
    assert first_rung(RUNGS) == RUNGS[1]


def test_a_contract_without_tiers_has_no_start() -> None:
    assert first_rung([]) is None


def test_the_next_tier_is_the_lowest_above() -> None:
    assert next_rung(RUNGS, level=1) == RUNGS[2]


def test_there_is_nothing_above_the_top() -> None:
    assert next_rung(RUNGS, level=5) is None


def test_a_tier_answers_within_open_time_from_when_it_was_told() -> None:
    told = moment("2026-03-02 16:30")

    assert acknowledge_by(RUNGS[0], calendar=OFFICE, told_at=told) == moment("2026-03-03 09:30")
