"""Is it covered, why, and by when would it be answered."""

from typing import Any

import pytest

from contracts.domain.calendar import Calendar
from contracts.domain.coverage import CoverageAnswer, answer
from contracts.domain.plan import Plan, Stance
from tests.contracts.domain.calendar_specs import PREMIER
from tests.factories import moment
from tests.factories.promises import WEEKDAYS_9_TO_17, catalogue

MONDAY_NINE = moment("2026-03-02 09:00")
SATURDAY = moment("2026-03-07 12:00")
BUSINESS = Calendar.from_dict({"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17})


def ask(plan: Plan, **asked: object) -> CoverageAnswer:
    named = catalogue().calendars.items()
    business = asked.pop("business", BUSINESS)
    assert isinstance(business, Calendar)
    shared = {name: Calendar.from_dict(row.definition(holidays={})) for name, row in named}
    calendars = {name: calendar.at_home_with(business) for name, calendar in shared.items()}
    question: dict[str, Any] = {
        "add_ons": (),
        "service_key": "",
        "request_type": plan.request_types[0].code,
        "urgency": plan.urgencies[0].code,
        "production": None,
        "calendars": {**calendars, "business": business},
        "at": MONDAY_NINE,
        **asked,
    }
    return answer(plan, **question)


def test_an_included_service_is_covered_and_draws_hours(plans: dict[str, Plan]) -> None:
    got = ask(plans["total-care"], service_key="automation")
    assert (got.stance, got.covered, got.draws_hours) == (Stance.INCLUDED, True, True)
    assert got.first_response_due_at == moment("2026-03-02 09:30")


def test_an_excluded_service_names_its_group_and_the_way_out(plans: dict[str, Plan]) -> None:
    got = ask(plans["total-care"], service_key="infrastructure")
    assert (got.covered, got.group, got.draws_hours) == (False, "Infrastructure and hosting", False)
    assert "exception" in got.way_out
    assert (got.first_response_due_at, bool(got.exempt_reason)) == (None, True)


def test_an_add_on_that_was_not_bought_is_named(plans: dict[str, Plan]) -> None:
    got = ask(plans["pay-as-you-go"], service_key="administration")
    assert (got.covered, got.add_on_needed) == (False, "administration")


def test_an_add_on_that_was_bought_covers_its_services(plans: dict[str, Plan]) -> None:
    got = ask(plans["pay-as-you-go"], service_key="administration", add_ons=["administration"])
    assert (got.covered, got.add_on_needed, got.draws_hours) == (True, "", True)


def test_a_service_for_incidents_does_not_cover_a_request(plans: dict[str, Plan]) -> None:
    got = ask(plans["pay-as-you-go"], service_key="break-fix", request_type="request")
    assert (got.covered, "incident" in got.why) == (False, True)


def test_without_a_category_the_times_are_told_alone(plans: dict[str, Plan]) -> None:
    got = ask(plans["total-care"], urgency="low")
    assert (got.stance, got.first_response_due_at) == (None, moment("2026-03-03 17:00"))


def test_best_endeavours_promise_no_time(plans: dict[str, Plan]) -> None:
    got = ask(plans["pay-as-you-go"], service_key="application-support")
    assert (got.covered, got.previews) == (True, ())
    assert got.exempt_reason == plans["pay-as-you-go"].promise_wording


def test_another_channel_carries_no_service_level(plans: dict[str, Plan]) -> None:
    got = ask(plans["total-care"], channel="email")
    assert (got.first_response_due_at, "no objective" in got.exempt_reason) == (None, True)


def test_a_test_instance_counts_as_the_lowest_level(plans: dict[str, Plan]) -> None:
    got = ask(plans["premier-support"], urgency="level-1", production=False)
    assert (got.urgency, got.previews[0].seconds) == ("level-4", 24 * 3600)


@pytest.mark.parametrize("production", [True, None])
def test_production_keeps_its_level(production: bool | None, plans: dict[str, Plan]) -> None:
    assert ask(plans["premier-support"], urgency="level-1", production=production).urgency == "level-1"


def test_weekend_cover_is_told_and_the_clock_waits_for_the_week(plans: dict[str, Plan]) -> None:
    got = ask(plans["premier-support"], at=SATURDAY)
    assert "standard team" in got.weekend_note
    assert got.first_response_due_at == moment("2026-03-08 23:30")


def test_in_the_week_there_is_nothing_to_say_of_weekends(plans: dict[str, Plan]) -> None:
    assert ask(plans["premier-support"], product="HipChat").weekend_note == ""


@pytest.mark.parametrize(
    ("product", "urgency", "words"),
    [
        ("hipchat", "level-1", "leaves out HipChat"),
        ("Bamboo", "level-2", "Level 1 – Critical only"),
        ("Bamboo", "level-1", "waits for the week"),
        ("Jira", "level-3", "waits for the week"),
    ],
)
def test_weekend_limits_of_a_product_are_told(
    product: str, urgency: str, words: str, plans: dict[str, Plan]
) -> None:
    got = ask(plans["premier-support"], at=SATURDAY, product=product, urgency=urgency)
    assert got.weekend_note.endswith(f"{words}.")


def test_on_a_holiday_of_the_client_the_standard_team_works_and_the_clock_waits(
    plans: dict[str, Plan],
) -> None:
    closed = Calendar.from_dict({**BUSINESS.to_dict(), "holidays": {"2026-03-03": "Founders' day"}})
    got = ask(plans["premier-support"], at=moment("2026-03-03 10:00"), business=closed)
    assert got.weekend_note.startswith("Today is a holiday in your calendar, Founders' day")
    assert got.weekend_note.endswith("The clock waits for the week.")
    assert got.first_response_due_at == moment("2026-03-04 00:30")


def test_where_the_week_knows_no_holidays_the_clock_runs_on(plans: dict[str, Plan]) -> None:
    closed = Calendar.from_dict({**BUSINESS.to_dict(), "holidays": {"2026-03-03": "Founders' day"}})
    week = Calendar.from_dict(PREMIER)
    at, calendars = moment("2026-03-03 10:00"), {"premier-24x5": week, "business": closed}
    got = ask(plans["premier-support"], at=at, calendars=calendars)
    assert got.weekend_note.endswith("Founders' day: the standard team works on this.")
    assert got.first_response_due_at == moment("2026-03-03 10:30")


def test_every_promise_is_previewed(plans: dict[str, Plan]) -> None:
    got = ask(plans["idalko-premium"], at=moment("2026-03-02 08:00"))
    assert [(one.objective.value, one.due_at) for one in got.previews] == [
        ("first_response", moment("2026-03-02 10:00")),
        ("intervention", moment("2026-03-02 12:00")),
        ("status_update", None),
    ]


def test_a_business_day_is_a_full_day_of_the_contracts_calendar(plans: dict[str, Plan]) -> None:
    got = ask(plans["select"], urgency="level-4")
    assert got.first_response_due_at == moment("2026-03-03 17:00")


@pytest.mark.parametrize("unknown", [{"service_key": "x"}, {"urgency": "x"}, {"request_type": "x"}])
def test_what_the_plan_does_not_have_cannot_be_asked(unknown: dict[str, str], plans: dict[str, Plan]) -> None:
    with pytest.raises(KeyError):
        ask(plans["total-care"], **unknown)
