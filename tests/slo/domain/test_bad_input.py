"""What makes no sense is refused by name: never a wrong number, never an endless loop."""

from dataclasses import replace
from datetime import datetime

import pytest

from contracts.domain.plan import ObjectiveRule
from slo.domain.engine import fold
from slo.domain.errors import (
    BadIntervalError,
    EndlessUpdatesError,
    NotOpenedError,
    OutOfOrderError,
    UnknownCalendarError,
)
from slo.domain.terms import Promise
from slo.domain.timeline import Fact
from tests.slo.domain.stories import (
    CALENDARS,
    RESPONSE,
    UPDATE,
    at,
    clock,
    clocks,
    fact,
    opened,
    terms,
    window,
)


def test_a_timeline_without_opening_is_refused() -> None:
    with pytest.raises(NotOpenedError):
        clocks(terms(), fact("public_staff_message", "2026-03-02 10:00"))
    with pytest.raises(NotOpenedError):
        clocks(terms())


def test_a_ticket_opened_twice_is_refused() -> None:
    with pytest.raises(NotOpenedError):
        clocks(terms(), opened(), opened("2026-03-02 10:00"))


def test_a_timeline_out_of_order_is_refused() -> None:
    with pytest.raises(OutOfOrderError):
        clocks(terms(), opened(), fact("status", "2026-03-02 11:00"), fact("status", "2026-03-02 10:00"))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = Fact(kind="opened", at=datetime(2026, 3, 2, 9), urgency="high", request_type="incident")  # noqa: DTZ001
    with pytest.raises(OutOfOrderError):
        fold(terms(), CALENDARS, [naive], until=at("2026-03-02 10:00"))


def test_a_calendar_that_was_not_given_is_named() -> None:
    with pytest.raises(UnknownCalendarError, match="lunar"):
        clock(terms(calendar="lunar"), opened())


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadIntervalError):
        clock(terms(), opened(), windows=[window("2026-03-02 12:00", "2026-03-02 11:00")])


@pytest.mark.parametrize("promise", [Promise(calendar="business"), Promise(calendar="business", seconds=-1)])
def test_a_target_that_promises_nothing_is_refused(promise: Promise) -> None:
    of = replace(terms(), promises={("first_response", "incident", "high"): promise})
    with pytest.raises(BadIntervalError):
        clock(of, opened())


def test_a_negative_agreed_interval_is_refused() -> None:
    with pytest.raises(BadIntervalError):
        clocks(terms(UPDATE), opened(), fact("updates_agreed", "2026-03-02 10:00", interval_seconds=-60))


def test_an_interval_without_length_does_not_loop_for_ever() -> None:
    with pytest.raises(EndlessUpdatesError):
        clocks(terms(UPDATE, high=0), opened())


def test_facts_after_the_present_are_left_out() -> None:
    one = clock(terms(), opened(), fact("public_staff_message", "2026-03-02 12:00"), until="2026-03-02 10:00")
    assert one.state == "running"


def test_a_rule_without_facts_is_never_met() -> None:
    rule = ObjectiveRule(objective=RESPONSE.objective, label="Response")
    assert clock(terms(rule), opened(), fact("public_staff_message", "2026-03-02 10:00")).state == "missed"
