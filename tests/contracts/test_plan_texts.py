"""What every plan on offer must say to the people who read it, whatever its figures."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from contracts.domain.canonical import plan_to_json
from contracts.domain.plan import Commitment, Plan, Stance
from tests.factories.promises import catalogue

DRAWING = {
    "requested_work",
    "vpn_setup",
    "client_onboarding",
    "interconnection",
    "platform_vendor_liaison",
}
FREE = {"proactive_service", "procurement_vendor_liaison", "success_management", "escalation"}
CHANNELS = {"portal", "email", "phone", "api", "monitoring", "chat"}
TRIGGERS = {"wrong_urgency", "late_response", "slow_resolution", "other"}


@pytest.fixture(params=catalogue().plans)
def plan(request: pytest.FixtureRequest) -> Plan:
    return catalogue().plans[request.param]


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def body(plan: Plan) -> dict[str, Any]:
    return plan_to_json(plan)


def test_no_text_is_untidy(plan: Plan) -> None:
    untidy = [text for text in texts(body(plan)) if text != text.strip("\n ") or "  " in text]
    assert [text for text in untidy if not text.startswith("\n")] == []


def test_keys_can_stand_in_an_address(plan: Plan) -> None:
    keys = [plan.key, *(service.key for service in plan.services), *(step.key for step in plan.onboarding)]
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_each_urgency_is_described_with_an_example(plan: Plan) -> None:
    assert all(urgency.description and urgency.example for urgency in plan.urgencies)


def test_urgencies_stand_from_worst_to_mildest(plan: Plan) -> None:
    assert [urgency.rank for urgency in plan.urgencies] == [1, 2, 3, 4]


def test_a_worse_urgency_never_waits_longer(plan: Plan) -> None:
    ranks = {urgency.code: urgency.rank for urgency in plan.urgencies}
    for kind in plan.request_types:
        for rule in plan.objectives:
            ours = [t for t in plan.targets if (t.objective, t.request_type) == (rule.objective, kind.code)]
            seconds = [t.seconds for t in sorted(ours, key=lambda t: ranks[t.urgency]) if t.seconds]
            assert seconds == sorted(seconds)


def test_each_service_says_what_it_holds(plan: Plan) -> None:
    assert [service.key for service in plan.services if not service.items] == []


def test_a_group_of_services_is_all_covered_or_all_not(plan: Plan) -> None:
    stances: dict[str, set[Stance]] = {}
    for service in plan.services:
        stances.setdefault(service.group, set()).add(service.stance)
    assert [group for group, found in stances.items() if len(found) > 1] == []


def test_what_is_excluded_never_draws_hours(plan: Plan) -> None:
    excluded = [service for service in plan.services if service.stance is Stance.EXCLUDED]
    assert [service.key for service in excluded if service.draws_hours] == []


def test_a_plan_without_hours_draws_none(plan: Plan) -> None:
    draws = [service.key for service in plan.services if service.draws_hours]
    assert plan.hours.has_hours or draws == []


def test_each_add_on_opens_something(plan: Plan) -> None:
    opened = {service.add_on for service in plan.services} | {one.add_on for one in plan.proactive}
    opened |= {plan.contacts.partner_add_on} if plan.contacts else set()
    assert [add_on.key for add_on in plan.add_ons if add_on.key not in opened] == []


def test_activities_and_channels_are_words_that_the_code_knows(plan: Plan) -> None:
    assert set(plan.hours.drawing) <= DRAWING
    assert set(plan.hours.free) <= FREE
    assert {*plan.exempt_channels, *plan.channel_notes} <= CHANNELS
    assert set(plan.escalation.triggers) <= TRIGGERS


def test_a_channel_that_does_not_count_says_why(plan: Plan) -> None:
    assert [channel for channel in plan.exempt_channels if channel not in plan.channel_notes] == []


def test_tiers_climb_one_by_one_and_the_lowest_answers_first(plan: Plan) -> None:
    assert [tier.level for tier in plan.escalation.tiers] == list(range(1, len(plan.escalation.tiers) + 1))
    waits = [tier.acknowledge_seconds for tier in plan.escalation.tiers]
    assert waits == sorted(waits)
    assert waits


def test_onboarding_ends_in_its_period(plan: Plan) -> None:
    assert all(0 < step.day <= plan.onboarding_days for step in plan.onboarding)


def test_an_interval_that_repeats_is_a_status_update(plan: Plan) -> None:
    assert {target.objective.value for target in plan.targets if target.repeats} <= {"status_update"}
    assert all(target.repeats for target in plan.targets if target.objective.value == "status_update")


def test_an_incident_without_regular_updates_says_how_it_is_told(plan: Plan) -> None:
    if "status_update" not in {rule.objective.value for rule in plan.objectives}:
        return
    regular = {target.urgency for target in plan.targets if target.repeats}
    assert {urgency.code for urgency in plan.urgencies} <= regular | set(plan.update_notes)


def test_the_wording_fits_the_commitment(plan: Plan) -> None:
    says_guarantee = "guarantee" in " ".join(texts(body(plan))).lower()
    assert says_guarantee is (plan.commitment is Commitment.GUARANTEE)


def test_first_response_is_met_by_people_and_never_by_machines(plan: Plan) -> None:
    for rule in plan.objectives:
        assert "automatic_message" not in rule.met_by
        assert rule.met_by


def test_the_worst_products_of_a_weekend_are_limited_to_ranks_that_exist(plan: Plan) -> None:
    for limit in plan.coverage.weekend_limits:
        assert bool(limit.worst_ranks) is (limit.cover == "limited")


def test_a_plan_that_speaks_of_weekends_has_a_dedicated_calendar(plan: Plan) -> None:
    assert bool(plan.coverage.weekend_note) is bool(plan.coverage.dedicated_calendar)
