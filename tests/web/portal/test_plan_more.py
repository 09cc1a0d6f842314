"""What a plan page says beside its figures: weekends, slots of a partner, documents."""

import pytest

from tests.factories import Desk, make_contract
from tests.factories.promises import catalogue
from tests.web.portal.conftest import EnterAs
from web.portal.plan_times import weekends_of


def test_weekend_cover_is_told_by_product(desk: Desk, enter: EnterAs) -> None:
    told = weekends_of(catalogue().plans["premier-support"])
    assert any(words.startswith("Not covered then: SourceTree, ") for words in told)
    assert any(" only: Bitbucket Server" in words for words in told)
    contract = make_contract(desk.client, "premier-support")
    assert "At weekends" in enter().page("plan", f"?contract={contract.pk}")


@pytest.mark.parametrize("plan", ["total-care", "idalko-standard"])
def test_a_plan_that_says_nothing_of_weekends_says_nothing(plan: str) -> None:
    assert weekends_of(catalogue().plans[plan]) == []


@pytest.mark.parametrize(("add_ons", "slots"), [([], "0 of 3"), (["solution-partner"], "0 of 5")])
def test_the_slots_of_a_partner_are_counted(
    desk: Desk, enter: EnterAs, add_ons: list[str], slots: str
) -> None:
    contract = make_contract(desk.client, "premier-support", add_ons=add_ons)
    assert slots in enter().page("plan", f"?contract={contract.pk}")
