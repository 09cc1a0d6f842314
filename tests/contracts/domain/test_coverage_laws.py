"""What holds of the coverage answer for every plan of the files, whatever is asked."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from contracts.domain.coverage import exempt_reason, urgency_that_counts
from contracts.domain.plan import Commitment, Plan, Service, Stance
from tests.contracts.domain.test_coverage import MONDAY_NINE, SATURDAY, ask
from tests.factories.promises import catalogue

PLANS = sorted(catalogue().plans)


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest) -> Plan:
    """Each plan in turn."""
    return catalogue().plans[request.param]


def services(plan: Plan, stance: Stance) -> Iterator[Service]:
    return (one for one in plan.services if one.stance == stance)


def kind_for(plan: Plan, service: Service) -> str:
    return service.request_types[0] if service.request_types else plan.request_types[0].code


def test_what_is_included_is_covered_and_says_so(plan: Plan) -> None:
    for service in services(plan, Stance.INCLUDED):
        got = ask(plan, service_key=service.key, request_type=kind_for(plan, service))
        assert (got.covered, got.way_out, got.group) == (True, "", service.group)
        assert service.label.lower() in got.why


def test_what_is_excluded_shows_its_group_and_can_be_filed(plan: Plan) -> None:
    for service in services(plan, Stance.EXCLUDED):
        got = ask(plan, service_key=service.key)
        assert (got.covered, got.draws_hours, got.first_response_due_at) == (False, False, None)
        assert service.group.lower() in got.why
        assert "file it anyway" in got.way_out


def test_an_add_on_opens_its_services_once_it_is_bought(plan: Plan) -> None:
    for service in services(plan, Stance.ADD_ON):
        kind = kind_for(plan, service)
        without = ask(plan, service_key=service.key, request_type=kind)
        bought = ask(plan, service_key=service.key, request_type=kind, add_ons=(service.add_on,))
        assert (without.covered, without.add_on_needed) == (False, service.add_on)
        assert (bought.covered, bought.add_on_needed) == (True, "")
        assert plan.add_on(service.add_on).label in without.way_out


def test_no_time_is_promised_where_a_reason_says_why(plan: Plan) -> None:
    for service in plan.services:
        for channel in ("portal", "email", "phone", "api", "chat"):
            got = ask(plan, service_key=service.key, channel=channel)
            assert bool(got.previews) != bool(got.exempt_reason)
            assert (got.first_response_due_at is None) == bool(got.exempt_reason)


def test_an_answer_is_never_promised_for_the_past(plan: Plan) -> None:
    for at in (MONDAY_NINE, SATURDAY, SATURDAY + timedelta(hours=30)):
        for urgency in plan.urgencies:
            for kind in plan.request_types:
                got = ask(plan, urgency=urgency.code, request_type=kind.code, at=at)
                assert all(one.due_at is None or one.due_at > at for one in got.previews)


def test_only_plans_with_hours_draw_them(plan: Plan) -> None:
    drawing = [one.key for one in plan.services if ask(plan, service_key=one.key).draws_hours]
    assert plan.hours.has_hours or drawing == []


def test_what_is_asked_twice_is_answered_alike(plan: Plan) -> None:
    for service in plan.services:
        assert ask(plan, service_key=service.key) == ask(plan, service_key=service.key)


def test_production_keeps_the_urgency_that_was_chosen(plan: Plan) -> None:
    for urgency in plan.urgencies:
        for production in (True, None):
            assert urgency_that_counts(plan, urgency=urgency.code, production=production) == urgency.code


def test_a_test_instance_never_makes_things_more_urgent(plan: Plan) -> None:
    for urgency in plan.urgencies:
        counted = urgency_that_counts(plan, urgency=urgency.code, production=False)
        assert plan.urgency(counted).rank >= urgency.rank


def test_a_weekend_is_spoken_of_only_where_a_team_is_dedicated(plan: Plan) -> None:
    note = ask(plan, at=SATURDAY).weekend_note
    assert bool(note) == bool(plan.coverage.dedicated_calendar)


class TestWhyNoClockRuns:
    """The reasons in their order, also once work outside the scope is agreed (S11)."""

    def test_agreed_work_of_a_plan_with_times_has_none(self, plan: Plan) -> None:
        is_best_efforts = plan.commitment == Commitment.BEST_EFFORTS
        assert bool(exempt_reason(plan, covered=True, channel="portal")) == is_best_efforts

    def test_work_outside_always_has_one(self, plan: Plan) -> None:
        assert exempt_reason(plan, covered=False, channel="portal")

    def test_an_exempt_channel_keeps_its_reason_when_the_work_is_agreed(self, plan: Plan) -> None:
        for channel in plan.exempt_channels:
            assert exempt_reason(plan, covered=True, channel=channel)

    def test_best_efforts_are_told_before_everything_else(self) -> None:
        plan = catalogue().plans["pay-as-you-go"]
        said = {exempt_reason(plan, covered=one, channel="chat") for one in (True, False)}
        assert said == {plan.promise_wording}
