"""Every plan of the house, from the opening of a ticket to its due times (domain.md §3)."""

import pytest

from contracts.domain.plan import Plan
from contracts.queries import effective_plan
from slo.domain.terms import terms_of_plan
from slo.queries import ExplainedClock, preview
from tests.factories import Desk, make_desk, moment
from tests.factories.promises import catalogue

MONDAY_NINE = "2026-03-02 09:00"

RESPONSES = [
    ("total-care-on-demand", "", ("09:30", "10:00", "17:00", "03-03 17:00")),
    ("total-care", "", ("09:30", "10:00", "17:00", "03-03 17:00")),
    ("total-care-premium", "", ("09:30", "10:00", "17:00", "03-03 17:00")),
    ("total-care-enterprise", "", ("09:30", "10:00", "17:00", "03-03 17:00")),
    ("managed-self-hosted", "outage-incident", ("09:30", "09:30", "10:00", "17:00")),
    ("managed-self-hosted", "performance-incident", ("09:30", "10:00", "17:00", "03-03 09:00")),
    ("managed-self-hosted", "service-request", ("10:00", "17:00", "03-04 17:00", "03-04 17:00")),
    ("premier-support", "", ("09:30", "11:00", "17:00", "03-03 09:00")),
    ("select", "", ("11:00", "15:00", "17:00", "03-03 17:00")),
    ("cloud", "", ("10:00", "13:00", "17:00", "03-03 17:00")),
    ("priority-server", "", ("10:00", "11:00", "17:00", "03-03 17:00")),
    ("idalko-standard", "", ("13:00", "13:00", "03-03 09:00", "03-03 09:00")),
    ("idalko-premium", "", ("11:00", "11:00", "13:00", "13:00")),
]


def moments(*texts: str) -> list[str]:
    """Times of Monday, or `month-day time`, in full."""
    return [f"2026-{text}" if "-" in text else f"2026-03-02 {text}" for text in texts]


def previews(desk: Desk, request_type: str, at: str = MONDAY_NINE) -> list[list[ExplainedClock]]:
    """What would be promised for each urgency, the worst first."""
    plan = effective_plan(desk.contract)
    kind = request_type or plan.request_types[0].code
    ranked = sorted(plan.urgencies, key=lambda urgency: urgency.rank)
    return [
        preview(desk.contract, request_type=kind, urgency=urgency.code, at=moment(at)) for urgency in ranked
    ]


def dues(desk: Desk, request_type: str, objective: str) -> list[str]:
    """When each urgency would be due, in UTC; empty where nothing is promised."""
    told = [{one.objective: one for one in clocks}.get(objective) for clocks in previews(desk, request_type)]
    return [f"{one.due_at:%Y-%m-%d %H:%M}" if one else "" for one in told]


@pytest.mark.parametrize(("plan", "request_type", "expected"), RESPONSES)
def test_first_responses_are_due_as_promised(
    plan: str, request_type: str, expected: tuple[str, ...], db: None
) -> None:
    desk = make_desk("PLAN", plan)
    assert dues(desk, request_type, "first_response") == moments(*expected)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("idalko-standard", ("03-03 09:00", "03-03 09:00", "03-04 09:00", "03-04 09:00")),
        ("idalko-premium", ("13:00", "13:00", "17:00", "17:00")),
    ],
)
def test_interventions_are_due_as_promised(plan: str, expected: tuple[str, ...], db: None) -> None:
    desk = make_desk("PLAN", plan)
    assert dues(desk, "", "intervention") == moments(*expected)


@pytest.mark.parametrize("request_type", ["outage-incident", "performance-incident"])
def test_the_managed_platform_owes_updates_for_the_two_worst_urgencies(request_type: str, db: None) -> None:
    desk = make_desk("PLAN", "managed-self-hosted")
    assert dues(desk, request_type, "status_update") == [*moments("09:30", "11:00"), "", ""]


def test_premier_waits_for_its_week_at_the_weekend(db: None) -> None:
    desk = make_desk("PLAN", "premier-support")
    (worst, *_) = previews(desk, "", at="2026-03-07 12:00")
    assert f"{worst[0].due_at:%Y-%m-%d %H:%M}" == "2026-03-08 23:30"
    assert [part.kind for part in worst[0].segments] == ["closed", "open"]


def test_every_clock_of_every_plan_sums_to_its_target(db: None) -> None:
    for number, key in enumerate(catalogue().plans):
        desk = make_desk(f"SUM{number}", key)
        for clocks in previews(desk, "", at="2026-12-24 15:31"):
            for one in clocks:
                assert sum(part.seconds for part in one.segments) == one.target_seconds


@pytest.mark.parametrize("plan", list(catalogue().plans.values()), ids=lambda plan: plan.key)
def test_every_plan_makes_terms(plan: Plan) -> None:
    told = terms_of_plan(plan)
    assert (told.commitment, len(told.promises)) == (plan.commitment, len(plan.targets))
