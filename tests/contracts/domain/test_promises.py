"""Targets become seconds and moments on the calendars at hand."""

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, Plan, Target
from contracts.domain.promises import promises, target_seconds
from tests.factories import moment

ALWAYS = Calendar.from_dict({"always": True})
SIX_HOURS = Calendar.from_dict(
    {"tz": "UTC", "weekly": {day: [["10:00", "16:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
)


def target(*, seconds: int | None = None, business_days: int | None = None) -> Target:
    return Target(
        objective=Objective.FIRST_RESPONSE,
        request_type="incident",
        urgency="high",
        calendar="business",
        seconds=seconds,
        business_days=business_days,
    )


def test_seconds_are_taken_as_they_stand() -> None:
    assert target_seconds(target(seconds=1800), calendars={"business": SIX_HOURS}) == 1800


def test_business_days_are_full_days_of_the_calendar() -> None:
    assert target_seconds(target(business_days=2), calendars={"business": SIX_HOURS}) == 12 * 3600


def test_updates_that_begin_with_the_opening_have_a_moment(plans: dict[str, Plan]) -> None:
    owed = promises(
        plans["managed-self-hosted"],
        request_type="outage-incident",
        urgency="high",
        calendars={"24x7": ALWAYS, "business": SIX_HOURS},
        at=moment("2026-03-01 03:00"),
    )
    assert [(one.seconds, one.due_at, one.repeats) for one in owed] == [
        (1800, moment("2026-03-01 03:30"), False),
        (7200, moment("2026-03-01 05:00"), True),
    ]


def test_an_urgency_without_a_target_is_promised_nothing_of_the_kind(plans: dict[str, Plan]) -> None:
    owed = promises(
        plans["managed-self-hosted"],
        request_type="outage-incident",
        urgency="low",
        calendars={"24x7": ALWAYS, "business": SIX_HOURS},
        at=moment("2026-03-01 03:00"),
    )
    assert [one.objective for one in owed] == [Objective.FIRST_RESPONSE]
