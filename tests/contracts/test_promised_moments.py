"""By when each plan answers, reckoned by hand for a few openings in a week of winter.

Business hours here are nine to five in London; 2026-03-02 is a Monday.
"""

from functools import cache

import pytest

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective
from contracts.domain.promises import promises
from tests.factories import moment
from tests.factories.promises import WEEKDAYS_9_TO_17, catalogue

MONDAY_0930, FRIDAY_1630, SATURDAY_1200 = "2026-03-02 09:30", "2026-03-06 16:30", "2026-03-07 12:00"


@cache
def calendars() -> dict[str, Calendar]:
    named = {key: row.definition(holidays={}) for key, row in catalogue().calendars.items()}
    named["business"] = {"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17}
    return {key: Calendar.from_dict(content) for key, content in named.items()}


def due(plan: str, kind: str, urgency: str, opened: str, objective: str = "first_response") -> str:
    owed = promises(
        catalogue().plans[plan],
        request_type=kind,
        urgency=urgency,
        calendars=calendars(),
        at=moment(opened),
    )
    found = next(one for one in owed if one.objective == Objective(objective))
    return f"{found.due_at:%Y-%m-%d %H:%M}" if found.due_at else "later"


@pytest.mark.parametrize(
    ("plan", "kind", "urgency", "opened", "expected"),
    [
        ("total-care", "incident", "critical", MONDAY_0930, "2026-03-02 10:00"),
        ("total-care", "incident", "critical", FRIDAY_1630, "2026-03-06 17:00"),
        ("total-care", "incident", "critical", SATURDAY_1200, "2026-03-09 09:30"),
        ("total-care-premium", "request", "high", FRIDAY_1630, "2026-03-09 09:30"),
        ("total-care-enterprise", "request", "medium", MONDAY_0930, "2026-03-03 09:30"),
        ("total-care-on-demand", "request", "low", MONDAY_0930, "2026-03-04 09:30"),
        ("managed-self-hosted", "outage-incident", "critical", SATURDAY_1200, "2026-03-07 12:30"),
        ("managed-self-hosted", "outage-incident", "normal", SATURDAY_1200, "2026-03-07 13:00"),
        ("managed-self-hosted", "performance-incident", "low", SATURDAY_1200, "2026-03-08 12:00"),
        ("managed-self-hosted", "service-request", "critical", SATURDAY_1200, "2026-03-09 10:00"),
        ("managed-self-hosted", "service-request", "normal", MONDAY_0930, "2026-03-05 09:30"),
        ("premier-support", "incident", "level-1", MONDAY_0930, "2026-03-02 10:00"),
        ("premier-support", "incident", "level-1", SATURDAY_1200, "2026-03-08 23:30"),
        ("premier-support", "question", "level-4", "2026-03-06 13:00", "2026-03-09 11:00"),
        ("select", "incident", "level-1", SATURDAY_1200, "2026-03-07 14:00"),
        ("select", "incident", "level-3", MONDAY_0930, "2026-03-03 09:30"),
        ("select", "question", "level-4", FRIDAY_1630, "2026-03-10 16:30"),
        ("cloud", "incident", "level-2", SATURDAY_1200, "2026-03-07 16:00"),
        ("priority-server", "incident", "level-2", SATURDAY_1200, "2026-03-07 14:00"),
        ("idalko-standard", "incident", "severity-a", MONDAY_0930, "2026-03-02 13:30"),
        ("idalko-standard", "incident", "severity-d", FRIDAY_1630, "2026-03-09 16:00"),
        ("idalko-premium", "incident", "severity-b", SATURDAY_1200, "2026-03-07 14:00"),
        ("idalko-premium", "incident", "severity-c", "2026-03-07 17:00", "2026-03-08 09:00"),
    ],
)
def test_a_first_response_is_due(plan: str, kind: str, urgency: str, opened: str, expected: str) -> None:
    assert due(plan, kind, urgency, opened) == expected


@pytest.mark.parametrize(
    ("plan", "urgency", "opened", "expected"),
    [
        ("idalko-standard", "severity-a", MONDAY_0930, "2026-03-03 09:30"),
        ("idalko-standard", "severity-c", MONDAY_0930, "2026-03-04 09:30"),
        ("idalko-premium", "severity-a", SATURDAY_1200, "2026-03-07 16:00"),
        ("idalko-premium", "severity-d", SATURDAY_1200, "2026-03-08 08:00"),
    ],
)
def test_an_intervention_is_due(plan: str, urgency: str, opened: str, expected: str) -> None:
    assert due(plan, "incident", urgency, opened, objective="intervention") == expected


@pytest.mark.parametrize(
    ("urgency", "expected"), [("critical", "2026-03-07 12:30"), ("high", "2026-03-07 14:00")]
)
def test_a_status_update_of_an_incident_is_due(urgency: str, expected: str) -> None:
    got = due("managed-self-hosted", "outage-incident", urgency, SATURDAY_1200, objective="status_update")
    assert got == expected


def test_updates_during_an_intervention_are_due_once_it_began() -> None:
    assert due("idalko-premium", "incident", "severity-a", MONDAY_0930, objective="status_update") == "later"
