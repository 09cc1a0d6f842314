"""What one client agreed otherwise lies over its plan, and nowhere else."""

from typing import Any

import pytest

from contracts.domain.amending import AmendmentRefused, amended
from contracts.domain.canonical import plan_to_json
from contracts.domain.plan import Objective, Plan, Stance


def overlay(plan: Plan, *amendments: tuple[str, Any]) -> Plan:
    return amended(plan_to_json(plan), amendments)


def test_a_target_is_agreed_by_objective_request_type_and_urgency(plans: dict[str, Plan]) -> None:
    plan = overlay(plans["total-care"], ("targets.first_response.incident.critical", {"seconds": 900}))
    seconds = [target.seconds for target in plan.targets if target.urgency == "critical"]
    assert seconds == [900, 1800]


def test_a_target_in_seconds_takes_the_place_of_business_days(plans: dict[str, Plan]) -> None:
    plan = overlay(plans["select"], ("targets.first_response.incident.level-3", {"seconds": 3600}))
    target = plan.target(objective=Objective.FIRST_RESPONSE, request_type="incident", urgency="level-3")
    assert target is not None
    assert (target.seconds, target.business_days) == (3600, None)


def test_a_later_amendment_lies_above_an_earlier_one(plans: dict[str, Plan]) -> None:
    assert (
        overlay(plans["total-care"], ("close_after_days", 9), ("close_after_days", 3)).close_after_days == 3
    )


def test_a_service_can_be_taken_into_the_scope(plans: dict[str, Plan]) -> None:
    plan = overlay(plans["total-care"], ("services.licensing.stance", "included"))
    assert plan.service("licensing").stance == Stance.INCLUDED


def test_a_value_inside_a_table_can_be_agreed(plans: dict[str, Plan]) -> None:
    assert overlay(plans["total-care"], ("hours.increment_minutes", 30)).hours.increment_minutes == 30


def test_the_plan_itself_stays_as_it_was(plans: dict[str, Plan]) -> None:
    overlay(plans["total-care"], ("close_after_days", 9))
    assert plans["total-care"].close_after_days == 7


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("key", "other", "cannot be agreed otherwise"),
        ("colour", "green", "states nothing at 'colour'"),
        ("services.cooking.stance", "included", "no 'cooking'"),
        ("targets.first_response.incident.urgent", {"seconds": 1}, "first_response.incident.urgent"),
        ("targets.first_response.incident.critical", 900, "takes a table"),
        ("targets.first_response.incident.critical", {"speed": 1}, "takes a table"),
        ("close_after_days", "nine", "holds a int, not a str"),
        ("close_after_days.more", 1, "states nothing"),
        ("targets.first_response.incident.critical", {"seconds": "soon"}, "seconds holds a str"),
        ("targets.first_response.incident.critical", {"seconds": True}, "seconds holds a bool"),
        ("targets.first_response.incident.critical", {"seconds": 1.5}, "seconds holds a float"),
        ("exempt_channels", ["email", 7], "exempt_channels holds a int"),
        ("channel_notes", {"email": 7}, "not text"),
        ("non_production_urgency", None, "holds a NoneType"),
    ],
)
def test_what_the_plan_does_not_hold_is_refused(
    path: str, value: object, words: str, plans: dict[str, Plan]
) -> None:
    with pytest.raises(AmendmentRefused, match=words):
        overlay(plans["total-care"], (path, value))
