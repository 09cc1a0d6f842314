"""What a plan and a contract make of each other."""

from dataclasses import replace

import pytest

from contracts.domain.plan import ObjectiveRule
from slo.domain.errors import BadIntervalError, UnknownFactError
from slo.domain.terms import THRESHOLD, Promise, terms_of_plan
from tests.factories.promises import catalogue
from tests.slo.domain.stories import HOUR, OFFICE, RESPONSE, UPDATE, at, clocks, fact, opened, terms

PLAN = catalogue().plans["total-care"]


def test_a_business_day_is_one_full_day_of_the_calendar() -> None:
    assert Promise(calendar="business", business_days=2).seconds_on(OFFICE) == 16 * HOUR


def test_a_contract_counts_channels_that_its_plan_exempts() -> None:
    assert "email" in terms_of_plan(PLAN).exempt_channels
    assert "email" not in terms_of_plan(PLAN, counted_channels=("email",)).exempt_channels


@pytest.mark.parametrize("limit", [7200, {"seconds": 7200, "calendar": "business"}])
def test_a_resolution_threshold_is_a_promise_of_the_contract_alone(limit: object) -> None:
    told = terms_of_plan(PLAN, thresholds={"critical": limit})
    promise = told.promise(objective="resolution", request_type="incident", urgency="critical")
    assert promise == Promise(calendar="business", seconds=7200, commitment=THRESHOLD)
    assert told.promise(objective="resolution", request_type="incident", urgency="low") is None


@pytest.mark.parametrize("limit", [-1, True, "2h", {"seconds": 0}, {"seconds": 1.5}])
def test_a_threshold_that_is_no_amount_is_refused(limit: object) -> None:
    with pytest.raises(BadIntervalError):
        terms_of_plan(PLAN, thresholds={"critical": limit})


def test_a_resolution_threshold_is_reached_when_the_ticket_is_solved() -> None:
    of = terms_of_plan(PLAN, thresholds={"critical": 7200})
    opening = replace(opened(urgency="critical"), request_type=PLAN.request_types[0].code)
    told = {one.objective: one for one in clocks(of, opening, fact("resolved", "2026-03-02 10:30"))}
    assert (told["resolution"].state, told["resolution"].met_at) == ("met", at("2026-03-02 10:30"))


def test_a_rule_that_names_an_unknown_fact_is_refused() -> None:
    rule = ObjectiveRule(objective=RESPONSE.objective, label="Response", met_by=("telepathy",))
    with pytest.raises(UnknownFactError, match="telepathy"):
        terms_of_plan(replace(PLAN, objectives=(rule,)))


def test_a_target_of_nothing_is_refused() -> None:
    empty = replace(PLAN.targets[0], seconds=0)
    with pytest.raises(BadIntervalError):
        terms_of_plan(replace(PLAN, targets=(empty,)))


def test_agreed_updates_count_on_the_calendar_of_the_plans_own() -> None:
    assert terms(UPDATE, calendar="24x7").update_calendar(request_type="incident") == "24x7"
    assert terms().update_calendar(request_type="incident") == "business"
