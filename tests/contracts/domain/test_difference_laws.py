"""What holds of the difference between any two plans of the files, shown before a contract is moved."""

from itertools import permutations

import pytest

from contracts.domain.amending import amended
from contracts.domain.canonical import plan_from_json, plan_to_json
from contracts.domain.difference import differences
from tests.factories.promises import catalogue

PLANS = sorted(catalogue().plans)
PAIRS = list(permutations(PLANS[::3], 2))


@pytest.mark.parametrize("key", PLANS)
def test_a_plan_differs_in_nothing_from_itself(key: str) -> None:
    body = plan_to_json(catalogue().plans[key])
    assert differences(body, body) == []


@pytest.mark.parametrize("key", PLANS)
def test_a_plan_that_was_stored_and_read_again_is_the_same(key: str) -> None:
    plan = catalogue().plans[key]
    assert plan_from_json(plan_to_json(plan)) == plan


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_way_back_undoes_the_way_there(one: str, other: str) -> None:
    bodies = [plan_to_json(catalogue().plans[key]) for key in (one, other)]
    there = {(place.path, str(place.before), str(place.after)) for place in differences(*bodies)}
    back = {(place.path, str(place.after), str(place.before)) for place in differences(*reversed(bodies))}
    assert there == back


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_plans_differ_at_least_in_their_names(one: str, other: str) -> None:
    bodies = [plan_to_json(catalogue().plans[key]) for key in (one, other)]
    assert {"key", "title"} <= {place.path for place in differences(*bodies)}


@pytest.mark.parametrize("key", PLANS)
def test_every_place_is_told_once_and_in_order(key: str) -> None:
    before = plan_to_json(catalogue().plans[key])
    after = plan_to_json(catalogue().plans["pay-as-you-go"])
    paths = [place.path for place in differences(before, after)]
    assert paths == sorted(set(paths))


@pytest.mark.parametrize("key", PLANS)
def test_an_amended_target_is_the_one_place_that_differs(key: str) -> None:
    plan = catalogue().plans[key]
    for target in plan.targets:
        if target.seconds is None:
            continue
        path = f"targets.{target.objective}.{target.request_type}.{target.urgency}"
        changed = amended(plan_to_json(plan), [(path, {"seconds": target.seconds + 60})])
        (place,) = differences(plan_to_json(plan), plan_to_json(changed))
        assert (place.path, place.after) == (f"{path}.seconds", target.seconds + 60)
