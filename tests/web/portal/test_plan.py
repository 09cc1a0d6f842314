"""What the plan covers, in the plan's own figures."""

import pytest

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
