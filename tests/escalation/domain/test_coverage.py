"""Crews, their shifts and the gaps between them (E6, E7)."""

from __future__ import annotations

from contracts.domain.calendar import Calendar
from escalation.domain.coverage import Shift, coming_on, gaps, next_shift, on_at, shift_at, uncovered
from tests.escalation.crews import crew, ring_of_four
from tests.factories import moment

SYDNEY, BRUSSELS, LOS_ANGELES = crew("sydney"), crew("brussels"), crew("los-angeles")


def names(shifts: list[Shift]) -> list[str]:
    """The crews of these shifts, by name."""
    return [shift.crew.name for shift in shifts]


def test_a_shift_runs_from_its_first_moment_up_to_its_last() -> None:
    start, end = moment("2026-03-02 07:00"), moment("2026-03-02 17:00")
    shift = shift_at(BRUSSELS, start)
    assert shift is not None
    assert (shift.starts_at, shift.ends_at) == (start, end)
    assert shift_at(BRUSSELS, end) is None


def test_the_next_shift_begins_after_the_moment() -> None:
    friday_evening = next_shift(BRUSSELS, moment("2026-03-06 17:00"))
    assert friday_evening is not None
    assert friday_evening.starts_at == moment("2026-03-09 07:00")


def test_a_crew_that_never_closes_has_a_shift_without_an_end() -> None:
    always = crew("sydney", calendar=Calendar.from_dict({"always": True}))
    shift = shift_at(always, moment("2026-03-02 07:00"))
    assert shift is not None
    assert shift.ends_at is None
    assert next_shift(always, moment("2026-03-02 07:00")) is None


def test_in_an_overlap_both_are_on_and_the_fresher_one_comes_first() -> None:
    assert names(on_at([SYDNEY, BRUSSELS], moment("2026-03-02 07:30"))) == ["Brussels", "Sydney"]


def test_at_the_end_of_a_shift_only_the_other_is_on() -> None:
    assert names(on_at([SYDNEY, BRUSSELS], moment("2026-03-02 08:30"))) == ["Brussels"]


def test_who_comes_on_next_is_the_first_to_begin() -> None:
    coming = coming_on([BRUSSELS, LOS_ANGELES], moment("2026-03-02 06:00"))
    assert coming is not None
    assert coming.crew == BRUSSELS


def test_four_crews_leave_no_gap_in_a_week_of_either_season() -> None:
    for monday in ("2026-01-12 00:00", "2026-07-13 00:00"):
        start = moment(monday)
        assert gaps(ring_of_four(), start=start, end=start.replace(day=start.day + 7)) == []


def test_a_gap_is_what_nobody_works_in() -> None:
    found = gaps([BRUSSELS], start=moment("2026-03-02 00:00"), end=moment("2026-03-03 00:00"))
    assert found == [
        (moment("2026-03-02 00:00"), moment("2026-03-02 07:00")),
        (moment("2026-03-02 17:00"), moment("2026-03-03 00:00")),
    ]


def test_what_is_promised_and_not_worked_is_uncovered() -> None:
    promised = Calendar.from_dict({"tz": "UTC", "weekly": {"mon": [["06:00", "18:00"]]}})
    found = uncovered(promised, [BRUSSELS], start=moment("2026-03-02 00:00"), end=moment("2026-03-03 00:00"))
    assert found == [
        (moment("2026-03-02 06:00"), moment("2026-03-02 07:00")),
        (moment("2026-03-02 17:00"), moment("2026-03-02 18:00")),
    ]


def test_a_holiday_of_the_region_takes_its_crew_off() -> None:
    content = {"tz": "UTC", "weekly": {"mon": [["09:00", "17:00"]]}, "holidays": {"2026-03-02": "Feast"}}
    assert (
        shift_at(crew("brussels", calendar=Calendar.from_dict(content)), moment("2026-03-02 10:00")) is None
    )


def test_a_crew_without_products_knows_all_of_them() -> None:
    assert BRUSSELS.knows("Bamboo")
    assert crew("brussels", products=("Jira",)).knows(" jira ")
    assert not crew("brussels", products=("Jira",)).knows("Bamboo")
