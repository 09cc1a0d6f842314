"""What the plan covers, in the plan's own figures."""

from urllib.parse import quote

import pytest

from contracts.queries import effective_plan
from tests.factories import Desk, make_contract, name_contact
from tests.web.portal.conftest import EnterAs

PLANS = (
    ("total-care", ("30 min", "16 h", "Not covered")),
    (
        "managed-self-hosted",
        ("day and night", "Status update", "every 30 min", "In writing afterwards", "when you ask"),
    ),
    ("premier-support", ("Named contacts", "24 h", "from Mon 10:00 in Sydney to Fri 17:00 in Los Angeles")),
    ("select", ("1 business day", "2 business days", "day and night")),
    ("pay-as-you-go", ("no time is promised",)),
    ("idalko-premium", ("Intervention", "4 h", "every day 07:00–19:00, Brussels time")),
    ("idalko-standard", ("Intervention", "16 h", "Mon–Fri 09:00–17:00, Brussels time")),
)


@pytest.mark.parametrize(("plan", "words"), PLANS)
def test_each_plan_is_told_in_its_figures(
    desk: Desk, enter: EnterAs, plan: str, words: tuple[str, ...]
) -> None:
    contract = make_contract(desk.client, plan, name=f"On {plan}")
    page = enter("observer").page("plan", f"?contract={contract.pk}")
    assert [said for said in words if said not in page] == []


def test_named_contacts_are_named(desk: Desk, enter: EnterAs) -> None:
    contract = make_contract(desk.client, "premier-support")
    name_contact(contract, desk.member)
    assert desk.member.name in enter("observer").page("plan", f"?contract={contract.pk}")


def test_the_plan_of_another_client_is_not_here(other: Desk, enter: EnterAs) -> None:
    assert enter().get("plan", f"?contract={other.contract.pk}").status_code == 404


def test_a_question_in_own_words_is_answered(desk: Desk, enter: EnterAs) -> None:
    page = enter().page("plan", "?ask=Can+you+do+integrations+for+us?")
    found = page.partition('role="status"')[2].partition("</form>")[0]
    assert "Integrations and extensions" in found
    assert "?category=" in found


def test_what_the_plan_leaves_out_is_said_with_the_way_out(desk: Desk, enter: EnterAs) -> None:
    service = next(one for one in effective_plan(desk.contract).services if one.stance == "excluded")
    page = enter().page("plan", f"?ask={quote(service.label)}")
    assert "Not in your plan" in page.partition('role="status"')[2]
    assert "You can file it anyway" in page


def test_words_that_no_service_has_find_none(desk: Desk, enter: EnterAs) -> None:
    for asked in ("xylophone", "can you help us", "???"):
        assert "None of the services below" in enter().page("plan", f"?ask={asked}")
