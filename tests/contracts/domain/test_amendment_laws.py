"""Laws of amendments that hold for every place and value."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.domain.amending import AmendmentRefused, amended
from contracts.domain.canonical import digest_of, plan_from_json, plan_to_json
from contracts.domain.difference import differences
from contracts.domain.plan import Plan
from tests.factories.promises import catalogue

PLANS = st.sampled_from(list(catalogue().plans.values()))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
STEPS = st.sampled_from(
    [
        *plan_to_json(catalogue().plans["total-care"]),
        "critical",
        "first_response",
        "incident",
        "rank",
        "0",
        "",
    ]
)


@settings(max_examples=40, deadline=None)
@given(PLANS, st.lists(STEPS, min_size=1, max_size=5), VALUES)
def test_any_path_and_value_is_taken_whole_or_refused(plan: Plan, steps: list[str], value: object) -> None:
    body = plan_to_json(plan)
    try:
        changed = amended(body, [(".".join(steps), value)])
    except (AmendmentRefused, ValueError, TypeError):
        return
    assert plan_from_json(plan_to_json(changed)) == changed


@settings(max_examples=40, deadline=None)
@given(PLANS, st.integers(min_value=1, max_value=90))
def test_an_amendment_changes_the_place_it_names_alone(plan: Plan, days: int) -> None:
    changed = amended(plan_to_json(plan), [("close_after_days", days)])
    paths = [one.path for one in differences(plan_to_json(plan), plan_to_json(changed))]
    assert paths == ([] if days == plan.close_after_days else ["close_after_days"])


@settings(max_examples=40, deadline=None)
@given(PLANS, PLANS)
def test_plans_have_one_digest_exactly_when_they_say_the_same(one: Plan, other: Plan) -> None:
    same = digest_of(plan_to_json(one)) == digest_of(plan_to_json(other))
    assert same is (one == other)
    assert same is (differences(plan_to_json(one), plan_to_json(other)) == [])
