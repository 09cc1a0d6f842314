"""Packs: ordered by the client, confirmed by the account executive, oldest first, with price (H3, H11)."""

from __future__ import annotations

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed
from hours import services
from hours.models import Bucket, TopUp, UseWarning
from hours.queries import packs_on_offer
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, make_hours


@pytest.fixture
def payg(db: None) -> Hours:
    """A contract by the hour, nothing bought yet."""
    return make_hours("PAYG", "pay-as-you-go", reserved=0, hours_period="")


def order(hours: Hours, *, role: str = "poc", pack: str = "20-hours", **facts: object) -> TopUp:
    """Order the pack."""
    return services.request_top_up(
        actor=hours.actor(role),
        at=MONDAY,
        contract=hours.contract,
        pack=pack,
        **facts,  # type: ignore[arg-type]
    )


def confirm(hours: Hours, top_up: TopUp, *, role: str = "account_executive", yes: bool = True) -> TopUp:
    """Confirm the order, or decline it."""
    return services.decide_top_up(actor=hours.actor(role), at=MONDAY, top_up=top_up, confirm=yes)


@pytest.mark.parametrize(("currency", "minor_units"), [("GBP", 350_000), ("USD", 550_000)])
def test_a_confirmed_pack_is_in_the_ledger_with_its_price(
    payg: Hours, currency: str, minor_units: int
) -> None:
    payg.contract.currency = currency
    payg.contract.save()
    confirm(payg, order(payg))
    bucket = Bucket.objects.get()
    assert (bucket.price_minor_units, bucket.currency, bucket.minutes) == (minor_units, currency, 1200)
    assert payg.lines() == [("top_up", 1200)]


def test_an_order_alone_gives_nothing(payg: Hours) -> None:
    order(payg)
    assert payg.balance().available == 0


def test_a_declined_order_gives_nothing(payg: Hours) -> None:
    assert confirm(payg, order(payg), yes=False).state == "declined"
    assert payg.lines() == []


def test_an_order_is_decided_once(payg: Hours) -> None:
    top_up = order(payg)
    confirm(payg, top_up)
    with pytest.raises(Conflict):
        confirm(payg, top_up)
    assert payg.balance().available == 1200


def test_an_order_sent_twice_is_one(payg: Hours) -> None:
    assert order(payg, request_key="o1") == order(payg, request_key="o1")
    assert TopUp.objects.count() == 1


@pytest.mark.parametrize("role", ["observer", "engineer", "account_executive"])
def test_only_a_point_of_contact_orders(payg: Hours, role: str) -> None:
    with pytest.raises(NotAllowed):
        order(payg, role=role)
    assert not TopUp.objects.exists()


@pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm"])
def test_only_the_account_executive_confirms(payg: Hours, role: str) -> None:
    top_up = order(payg)
    with pytest.raises(NotAllowed):
        confirm(payg, top_up, role=role)
    assert payg.lines() == []


def test_a_pack_that_is_not_on_offer_is_refused(payg: Hours) -> None:
    with pytest.raises(Invalid):
        order(payg, pack="1000-hours")
    assert [pack.key for pack, _ in packs_on_offer(payg.contract)] == ["20-hours"]


def test_packs_are_drawn_oldest_first_and_an_entry_splits(payg: Hours) -> None:
    confirm(payg, order(payg))
    confirm(payg, order(payg))
    payg.log(19 * HOUR)
    entry = payg.log(2 * HOUR)
    assert list(entry.movements.order_by("number").values_list("minutes", flat=True)) == [-60, -60]


def test_a_confirmed_pack_pays_for_what_is_held(payg: Hours) -> None:
    entry = payg.log(60)
    confirm(payg, order(payg))
    entry.refresh_from_db()
    assert (entry.state, payg.balance().available) == ("drawn", 1140)


def test_reserved_hours_come_before_packs(hours: Hours) -> None:
    plan = make_hours("BOTH", "pay-as-you-go", reserved=0, hours_period="")
    confirm(plan, order(plan))
    assert plan.log(60).movements.get().bucket.kind == "pack"
    assert hours.log(60).movements.get().bucket.kind == "reserved"


def test_a_pack_does_not_expire_unless_it_says_so(payg: Hours) -> None:
    confirm(payg, order(payg))
    services.grant_periods(at=moment("2031-01-01 00:00"))
    assert payg.balance(moment("2031-01-01 00:00")).available == 1200


def test_a_pack_that_says_so_ends_after_its_months(payg: Hours) -> None:
    top_up = order(payg)
    TopUp.objects.filter(pk=top_up.pk).update(expires_after_months=6)
    confirm(payg, top_up)
    services.grant_periods(at=moment("2026-09-01 22:59"))
    assert payg.balance(moment("2026-09-01 22:59")).available == 1200
    services.grant_periods(at=moment("2026-09-01 23:00"))
    assert payg.lines()[-1] == ("expiry", -1200)


def test_a_pack_bought_later_starts_a_new_round_of_warnings(payg: Hours) -> None:
    confirm(payg, order(payg))
    payg.log(16 * HOUR)
    confirm(payg, order(payg))
    payg.log(18 * HOUR)
    assert list(UseWarning.objects.values_list("cycle", "percent")) == [(1, 75), (2, 75)]


@pytest.mark.parametrize("percent", [75, 90, 100])
def test_each_level_is_armed_anew_by_a_pack_and_told_once_in_its_round(payg: Hours, percent: int) -> None:
    for _ in range(2):
        confirm(payg, order(payg))
        payg.log(payg.balance().available * percent // 100 - 15)
        payg.log(15)
        payg.log(15, activity="escalation")
    told = UseWarning.objects.filter(overtaken=False, percent=percent)
    assert list(told.values_list("cycle", flat=True)) == [1, 2]
