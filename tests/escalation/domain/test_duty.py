"""Who is on for a client now (E6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.domain.calendar import Calendar
from contracts.domain.coverage import holiday_at
from escalation.domain.coverage import Kind
from escalation.domain.duty import Staffing, duty_at
from tests.escalation.crews import crew, ring_of_four
from tests.factories import moment

SYDNEY, BRUSSELS, LOS_ANGELES, WEEKEND = ring_of_four()
WEEK = Calendar.from_dict(
    {
        "span": {
            "opens": ["mon", "10:00", "Australia/Sydney"],
            "closes": ["fri", "17:00", "America/Los_Angeles"],
        }
    }
)
OFFICE = Calendar.from_dict(
    {
        "tz": "Europe/Brussels",
        "weekly": {key: [["09:00", "17:00"]] for key in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": {"2026-05-14": "Ascension", "2026-05-25": "Whit Monday"},
        "overrides": {"2026-05-25": [["10:00", "12:00"]]},
    }
)
STANDARD = crew("brussels", team_id=50, kind=Kind.STANDARD, calendar=Calendar.from_dict({"always": True}))
STAFFING = Staffing(
    dedicated=(SYDNEY, BRUSSELS, LOS_ANGELES),
    weekend=(),
    standard=STANDARD,
    dedicated_id=BRUSSELS.team_id,
    week=WEEK,
    business=OFFICE,
)
TUESDAY = moment("2026-03-03 10:00")
SATURDAY = moment("2026-03-07 10:00")


def who(staffing: Staffing, at: str, product: str = "") -> str:
    """The crew that is on then, by name; with the team's id where names are equal."""
    found = duty_at(staffing, moment(at), product=product)
    return f"{found.crew.name} {found.crew.team_id}" if found.crew else "nobody"


def named(one: object) -> str:
    """The same words for a crew."""
    return f"{one.name} {one.team_id}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-03 02:00", SYDNEY),
        ("2026-03-03 10:00", BRUSSELS),
        ("2026-03-03 20:00", LOS_ANGELES),
        ("2026-03-07 10:00", STANDARD),
    ],
)
def test_the_week_is_the_dedicated_teams_and_the_weekend_the_standard_teams(
    at: str, expected: object
) -> None:
    assert who(STAFFING, at) == named(expected)


def test_the_edge_of_the_week_decides() -> None:
    assert who(STAFFING, "2026-03-07 00:59") == named(LOS_ANGELES)
    assert who(STAFFING, "2026-03-07 01:00") == named(STANDARD)


def test_on_a_local_holiday_the_standard_team_works() -> None:
    found = duty_at(STAFFING, moment("2026-05-14 10:00"))
    assert found.crew == STANDARD
    assert "Ascension" in found.because


def test_a_holiday_ends_at_the_clients_midnight() -> None:
    assert holiday_at(OFFICE, moment("2026-05-14 21:59")) == "Ascension"
    assert holiday_at(OFFICE, moment("2026-05-14 22:00")) is None


def test_a_holiday_with_hours_of_its_own_is_a_working_day() -> None:
    assert holiday_at(OFFICE, moment("2026-05-25 10:00")) is None


def test_a_weekend_team_goes_before_the_standard_team() -> None:
    assert who(replace(STAFFING, weekend=(WEEKEND,)), "2026-03-07 10:00") == named(WEEKEND)


def test_while_no_region_is_on_the_standard_team_stands_in() -> None:
    found = duty_at(replace(STAFFING, dedicated=(BRUSSELS,)), moment("2026-03-03 20:00"))
    assert (found.crew, found.because) == (STANDARD, "no dedicated team is on")


def test_nobody_may_be_on_and_that_is_said() -> None:
    found = duty_at(replace(STAFFING, standard=None), SATURDAY)
    assert found.crew is None
    assert "the week of the dedicated team is over" in found.because


def test_in_an_overlap_the_contracts_own_team_goes_first() -> None:
    assert who(STAFFING, "2026-03-03 07:30") == named(BRUSSELS)
    assert who(replace(STAFFING, dedicated_id=SYDNEY.team_id), "2026-03-03 07:30") == named(SYDNEY)


def test_a_team_that_does_not_know_the_product_is_passed_over() -> None:
    clouds = replace(BRUSSELS, products=("Cloud",))
    staffing = replace(STAFFING, dedicated=(clouds,))
    assert who(staffing, "2026-03-03 10:00", product="Jira") == named(STANDARD)
    assert who(staffing, "2026-03-03 10:00", product="cloud") == named(clouds)


def test_a_specialist_goes_before_who_knows_everything() -> None:
    bamboo = replace(BRUSSELS, team_id=7, name="Bamboo people", products=("Bamboo",))
    staffing = replace(STAFFING, dedicated=(BRUSSELS, bamboo), dedicated_id=None)
    assert who(staffing, "2026-03-03 10:00", product="Bamboo") == named(bamboo)
    assert who(staffing, "2026-03-03 10:00") == named(bamboo)


def test_a_plan_without_a_week_has_its_dedicated_team_whenever_that_is_on() -> None:
    staffing = replace(STAFFING, week=None, dedicated=(BRUSSELS,))
    assert who(staffing, "2026-03-03 10:00") == named(BRUSSELS)
    assert who(staffing, "2026-03-07 10:00") == named(STANDARD)


def test_the_answer_holds_until_the_shift_or_the_week_ends() -> None:
    assert duty_at(STAFFING, TUESDAY).until == moment("2026-03-03 17:00")
    late = replace(LOS_ANGELES, calendar=Calendar.from_dict({"always": True}))
    assert duty_at(replace(STAFFING, dedicated=(late,)), moment("2026-03-06 20:00")).until == moment(
        "2026-03-07 01:00"
    )
    assert duty_at(STAFFING, SATURDAY).until is None
