"""What draws and what does not (H7, PAYG's add-on)."""

from __future__ import annotations

import pytest

from hours.domain.activities import Scope, decide, known, label

DRAWING = ("requested_work", "vpn_setup", "client_onboarding", "interconnection", "platform_vendor_liaison")
FREE = ("proactive_service", "procurement_vendor_liaison", "success_management", "escalation")


def scope(**facts: object) -> Scope:
    """A plan with hours that includes the category, unless stated."""
    return Scope(**{"has_hours": True, "drawing": DRAWING, "free": FREE, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize("activity", DRAWING)
def test_work_for_the_client_draws(activity: str) -> None:
    assert decide(activity, scope()).draws


@pytest.mark.parametrize("activity", FREE)
def test_our_own_work_never_draws(activity: str) -> None:
    decision = decide(activity, scope())
    assert not decision.draws
    assert label(activity) in decision.reason


def test_nothing_draws_under_a_plan_without_hours() -> None:
    assert not decide("requested_work", scope(has_hours=False)).draws


def test_excluded_work_is_blocked_until_agreed() -> None:
    excluded = {"stance": "excluded", "draws_hours": False, "group": "Hosting"}
    assert decide("requested_work", scope(**excluded)).blocked
    assert decide("requested_work", scope(**excluded, is_agreed=True)).draws


def test_an_add_on_is_needed_where_the_plan_says_so() -> None:
    needed = {"stance": "add_on", "add_on_label": "Administration"}
    assert "Administration" in decide("requested_work", scope(**needed)).reason
    assert decide("requested_work", scope(**needed, has_add_on=True)).draws


def test_a_category_that_draws_nothing_is_free() -> None:
    decision = decide("requested_work", scope(draws_hours=False))
    assert (decision.draws, decision.blocked) == (False, False)


def test_a_plan_may_name_activities_of_its_own() -> None:
    own = scope(drawing=(*DRAWING, "night_watch"))
    assert "night_watch" in known(own)
    assert decide("night_watch", own).draws
    assert label("night_watch") == "Night watch"
