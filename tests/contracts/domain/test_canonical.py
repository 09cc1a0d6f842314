"""A plan survives its stored form, and the same plan has the same digest."""

import json

import pytest

from contracts.domain.canonical import (
    BodyFault,
    canonical_text,
    digest_of,
    plan_from_json,
    plan_to_json,
    type_faults,
)
from contracts.domain.plan import Plan
from tests.factories.promises import catalogue


@pytest.mark.parametrize("key", catalogue().plans)
def test_every_plan_comes_back_from_its_stored_text(key: str, plans: dict[str, Plan]) -> None:
    text = canonical_text(plan_to_json(plans[key]))
    assert plan_from_json(json.loads(text)) == plans[key]


@pytest.mark.parametrize("key", catalogue().plans)
def test_every_plan_holds_the_types_of_its_shape(key: str, plans: dict[str, Plan]) -> None:
    assert list(type_faults(plans[key])) == []


def test_the_order_of_keys_does_not_change_the_digest(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    assert digest_of(dict(reversed(body.items()))) == digest_of(body)


def test_a_changed_figure_changes_the_digest(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    assert digest_of({**body, "close_after_days": 8}) != digest_of(body)


def test_a_body_with_keys_of_another_release_can_be_read(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    assert plan_from_json({**body, "colour": "green"}) == plans["total-care"]


def test_a_body_from_before_a_key_existed_takes_its_default(plans: dict[str, Plan]) -> None:
    body = plan_to_json(plans["total-care"])
    del body["terms"]
    assert plan_from_json(body).terms == ()


def test_a_body_without_a_needed_key_is_refused() -> None:
    with pytest.raises(BodyFault, match="Plan needs 'key'"):
        plan_from_json({})
