"""Severities in order, and the urgency of a ticket about a finding (P2)."""

from __future__ import annotations

import pytest

from proactive.domain.assessing import Severity, by_severity, urgency_for

FOUR = (("c", 1), ("h", 2), ("m", 3), ("l", 4))


@pytest.mark.parametrize(
    ("severity", "urgency"), [("critical", "h"), ("high", "m"), ("medium", "l"), ("low", "l"), ("note", "l")]
)
def test_nothing_found_is_filed_as_an_outage(severity: str, urgency: str) -> None:
    assert urgency_for(severity, FOUR, is_production=True) == urgency


def test_where_the_plan_lacks_a_rank_the_milder_of_the_nearest_is_taken() -> None:
    assert urgency_for("critical", (("a", 1), ("b", 3)), is_production=True) == "b"


def test_other_instances_than_production_follow_the_plans_own_rule() -> None:
    assert urgency_for("critical", FOUR, is_production=False, non_production="l") == "l"
    assert urgency_for("critical", FOUR, is_production=False) == "h"


def test_counts_stand_worst_first_and_leave_out_what_there_is_none_of() -> None:
    assert list(by_severity(["low", "critical", "low"]).items()) == [("critical", 1), ("low", 2)]
    assert Severity("high").label == "High"
