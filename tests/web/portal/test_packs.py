"""Buying hours in two clicks: the order waits for the account executive, and is made once."""

import pytest
from django.utils import timezone

from contracts.models import Contract
from hours.models import TopUp
from hours.services import open_account
from tests.factories import Desk, make_contract
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def payg(desk: Desk) -> Contract:
    """A second contract, on hours bought as one goes."""
    contract = make_contract(desk.client, "pay-as-you-go", name="As you go", currency="GBP")
    open_account(at=timezone.now(), contract=contract)
    return contract


def test_packs_show_with_their_price(enter: EnterAs, payg: Contract) -> None:
    page = enter().page("hours", f"?contract={payg.pk}")
    assert "£3,500" in page
    assert "Order hours" in page


def test_an_order_is_made_once_however_often_it_is_sent(enter: EnterAs, payg: Contract) -> None:
    door, order = enter(), {"pack": "hours-20", "submission_id": "an-order-of-its-own"}
    offered = door.page("hours", f"?contract={payg.pk}").partition('name="pack" value="')[2].partition('"')[0]
    for _ in range(2):
        reply = door.post("order_pack", {**order, "pack": offered}, contract_id=payg.pk)
        assert reply.status_code == 302
    assert TopUp.objects.get().state == "asked"


@pytest.mark.parametrize("role", ["member", "observer"])
def test_others_order_nothing(enter: EnterAs, payg: Contract, role: str) -> None:
    enter(role).post("order_pack", {"pack": "any"}, contract_id=payg.pk)
    assert not TopUp.objects.exists()


def test_another_client_orders_nothing_here(enter: EnterAs, other: Desk, payg: Contract) -> None:
    door = enter(person=other.poc, slug="orca")
    assert door.post("order_pack", {"pack": "any"}, contract_id=payg.pk).status_code == 404
    assert not TopUp.objects.exists()
