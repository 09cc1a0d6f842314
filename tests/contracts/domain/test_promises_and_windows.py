"""Announced maintenance and what is promised: time inside a window never counts (S11)."""

from datetime import datetime

import pytest

from contracts.domain.calendar import Calendar
from contracts.domain.promises import document_due_at, documents_owed, promises
from tests.factories.moments import moment
from tests.factories.promises import catalogue

ALWAYS = Calendar.from_dict({"always": True})
NINE_TO_FIVE = Calendar.from_dict(
    {
        "tz": "Europe/London",
        "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)
AT = moment("2026-03-02 10:00")


def hours(start: str, end: str) -> tuple[datetime, datetime]:
    """A window on that Monday."""
    return moment(f"2026-03-02 {start}"), moment(f"2026-03-02 {end}")


def first_due(*windows: tuple[datetime, datetime], urgency: str = "critical") -> datetime:
    """By when an outage on the managed platform is answered: thirty minutes, day and night."""
    owed = promises(
        catalogue().plans["managed-self-hosted"],
        request_type="outage-incident",
        urgency=urgency,
        calendars={"24x7": ALWAYS, "business": NINE_TO_FIVE},
        at=AT,
        windows=windows,
    )
    due = next(one.due_at for one in owed if one.objective == "first_response")
    assert due is not None
    return due


@pytest.mark.parametrize(
    ("windows", "due"),
    [
        ((), "10:30"),
        ((hours("09:00", "09:59"),), "10:30"),
        ((hours("09:00", "10:00"),), "10:30"),
        ((hours("10:30", "11:00"),), "10:30"),
        ((hours("10:29", "11:00"),), "11:01"),
        ((hours("09:00", "11:00"),), "11:30"),
        ((hours("10:10", "10:20"), hours("10:35", "11:00")), "11:05"),
        ((hours("10:10", "10:40"), hours("10:20", "11:00")), "11:20"),
        ((hours("10:10", "10:20"), hours("10:10", "10:20")), "10:40"),
    ],
)
def test_time_inside_windows_is_not_counted(windows: tuple[tuple[datetime, datetime], ...], due: str) -> None:
    assert first_due(*windows) == moment(f"2026-03-02 {due}")


def test_a_document_is_due_after_whole_business_days() -> None:
    plan = catalogue().plans["managed-self-hosted"]
    (owed,) = documents_owed(plan, request_type="outage-incident", rank=1)
    friday = moment("2026-03-06 12:00")
    assert document_due_at(owed, business=NINE_TO_FIVE, solved_at=friday) == moment("2026-03-13 12:00")


@pytest.mark.parametrize("key", sorted(catalogue().plans))
def test_only_the_two_plans_that_say_so_owe_documents(key: str) -> None:
    plan = catalogue().plans[key]
    owed = {
        one.kind
        for kind in plan.request_types
        for one in documents_owed(plan, request_type=kind.code, rank=1)
    }
    says_so = {"managed-self-hosted": {"root_cause"}, "pay-as-you-go": {"post_incident"}}
    assert owed == says_so.get(key, set())
