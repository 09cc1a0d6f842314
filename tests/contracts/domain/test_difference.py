"""The difference of two versions is told place by place."""

from contracts.domain.canonical import plan_to_json
from contracts.domain.difference import Difference, differences
from contracts.domain.plan import Plan


def test_the_same_plan_differs_nowhere(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    assert differences(body, body) == []


def test_a_changed_value_is_told_with_before_and_after(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    assert differences(body, {**body, "close_after_days": 9}) == [Difference("close_after_days", 7, 9)]


def test_a_changed_target_is_told_by_its_names(plans: dict[str, Plan]) -> None:
    before, after = plan_to_json(plans["total-care"]), plan_to_json(plans["total-care"])
    after["targets"][0]["seconds"] = 60
    assert [one.path for one in differences(before, after)] == [
        "targets.first_response.incident.critical.seconds"
    ]


def test_what_was_added_or_removed_is_told(plans: dict[str, Plan]) -> None:
    before, after = plan_to_json(plans["total-care"]), plan_to_json(plans["total-care"])
    after["terms"] = after["terms"][1:]
    gone = [one for one in differences(before, after) if one.after is None]
    assert {one.path for one in gone} == {
        "terms.applies-where-incorporated.key",
        "terms.applies-where-incorporated.text",
    }
