"""Work beyond the balance: held, asked once, approved or declined by a person of the client (H5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from hours import services
from hours.models import OverageRequest, TimeEntry
from hours.queries import estimate
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, direct_ticket, make_hours


def decide(
    hours: Hours, request: OverageRequest | None = None, *, role: str = "poc", **facts: object
) -> OverageRequest:
    """Let the point of contact decide; approve unless stated."""
    choice: dict[str, Any] = {"at": MONDAY, "approve": True, **facts}
    return services.decide_overage(
        actor=hours.actor(role), overage=request or OverageRequest.objects.get(state="asked"), **choice
    )


@pytest.fixture
def spent(hours: Hours) -> Hours:
    """Nine and a half of ten hours are used."""
    hours.log(9 * HOUR + 30)
    return hours


def test_held_work_is_put_to_the_client_once_for_what_is_missing(spent: Hours) -> None:
    spent.log(60)
    spent.log(45)
    request = OverageRequest.objects.get()
    assert (request.origin, request.minutes) == ("held", 75)
    assert Record.objects.filter(kind="overage.requested").count() == 1


def test_approval_draws_what_is_held_oldest_first(spent: Hours) -> None:
    first, second = spent.log(60), spent.log(45)
    decide(spent)
    states = TimeEntry.objects.filter(pk__in=(first.pk, second.pk)).values_list("state", flat=True)
    assert list(states) == ["drawn", "drawn"]
    assert spent.lines()[2:] == [
        ("overage", 75),
        ("draw", -30),
        ("draw", -30),
        ("draw", -45),
    ]
    assert spent.balance().available == 0


def test_approving_less_draws_what_fits_and_asks_for_the_rest(spent: Hours) -> None:
    first, second = spent.log(60), spent.log(45)
    decide(spent, minutes=30)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("drawn", "held")
    assert OverageRequest.objects.get(state="asked").minutes == 45


def test_declined_work_stays_visible_as_unbilled(spent: Hours) -> None:
    entry = spent.log(60)
    decide(spent, approve=False, answer="Not this month")
    entry.refresh_from_db()
    assert entry.state == "declined"
    assert (spent.balance().held, spent.balance().declined) == (0, 60)


def test_a_lead_asks_again_for_declined_work(spent: Hours) -> None:
    entry = spent.log(60)
    decide(spent, approve=False)
    services.ask_again(actor=spent.actor("lead"), at=MONDAY, entry=entry, reason="It was agreed by phone")
    entry.refresh_from_db()
    assert (entry.state, OverageRequest.objects.get(state="asked").minutes) == ("held", 30)


def test_a_lead_writes_declined_work_off(spent: Hours) -> None:
    entry = spent.log(60)
    decide(spent, approve=False)
    services.mark_not_billed(actor=spent.actor("lead"), at=MONDAY, entry=entry, reason="Goodwill")
    assert spent.balance().declined == 0


def test_a_request_is_decided_once(spent: Hours) -> None:
    spent.log(60)
    request = decide(spent)
    with pytest.raises(Conflict):
        decide(spent, request, approve=False)
    assert OverageRequest.objects.get().state == "approved"


@pytest.mark.parametrize("role", ["observer", "lead", "administrator", "account_executive"])
def test_only_a_point_of_contact_decides(spent: Hours, role: str) -> None:
    spent.log(60)
    with pytest.raises(NotAllowed):
        decide(spent, role=role)
    assert OverageRequest.objects.get().state == "asked"


def test_members_do_not_see_requests(spent: Hours) -> None:
    spent.log(60)
    with pytest.raises(NotHere):
        decide(spent, role="member")


def test_another_clients_contact_finds_no_request(spent: Hours) -> None:
    spent.log(60)
    stranger = make_hours("OTHER")
    with pytest.raises(NotHere):
        decide(stranger, OverageRequest.objects.get())


def test_above_the_contracts_amount_the_person_signs_in_again(spent: Hours) -> None:
    spent.contract.overage_reauth_minutes = 60
    spent.contract.save()
    spent.log(120)
    with pytest.raises(NotAllowed) as refused:
        decide(spent)
    assert refused.value.code == "reauthentication_required"
    stale = MONDAY - timedelta(minutes=16)
    with pytest.raises(NotAllowed):
        decide(spent, reauthenticated_at=stale)
    assert decide(spent, reauthenticated_at=MONDAY).state == "approved"


def test_approved_minutes_end_with_the_day_stated(spent: Hours) -> None:
    spent.log(60)
    decide(spent, minutes=300, expires_on=date(2026, 3, 5))
    assert spent.balance(moment("2026-03-05 23:59")).available == 270
    services.grant_periods(at=moment("2026-03-06 00:00"))
    assert spent.balance(moment("2026-03-06 00:00")).available == 0
    assert spent.lines()[-1] == ("expiry", -270)


@pytest.mark.parametrize("facts", [{"minutes": 0}, {"minutes": -5}, {"expires_on": date(2026, 3, 1)}])
def test_an_unfit_approval_is_refused(spent: Hours, facts: dict[str, Any]) -> None:
    spent.log(60)
    with pytest.raises(Invalid):
        decide(spent, **facts)
    assert OverageRequest.objects.get().state == "asked"


def test_an_engineer_asks_ahead_with_an_estimate(hours: Hours) -> None:
    request = services.request_overage(
        actor=hours.actor("engineer"), at=MONDAY, ticket=hours.ticket, minutes=240, text="Move the desk"
    )
    decide(hours, request, answer="Go on")
    assert hours.balance().available == 600 + 240
    assert request.origin == "ahead"


def test_the_client_is_asked_ahead_once_a_ticket(hours: Hours) -> None:
    ask: dict[str, Any] = {
        "actor": hours.actor("lead"),
        "at": MONDAY,
        "ticket": hours.ticket,
        "minutes": 240,
        "text": "Move",
    }
    first = services.request_overage(**ask, request_key="a")
    assert services.request_overage(**ask, request_key="a") == first
    with pytest.raises(Conflict):
        services.request_overage(**ask)
    assert OverageRequest.objects.count() == 1


def test_an_emergency_says_why_and_makes_a_request_of_its_own(spent: Hours) -> None:
    entry = spent.log(120, emergency_reason="Nobody could sign in")
    request = OverageRequest.objects.get()
    assert (entry.state, request.origin, request.text) == ("held", "emergency", "Nobody could sign in")
    assert request.minutes == 120


def test_a_new_periods_hours_do_not_pay_for_work_the_client_has_not_answered(spent: Hours) -> None:
    entry = spent.log(60)
    services.grant_periods(at=moment("2026-04-01 09:00"))
    entry.refresh_from_db()
    assert (entry.state, spent.balance(moment("2026-04-01 09:00")).available) == ("held", 600)


def test_people_see_before_they_start_whether_work_fits(spent: Hours) -> None:
    spent.log(60)
    seen = estimate(spent.contract, minutes=90, category="", at=MONDAY)
    assert (seen.available, seen.held, seen.missing, seen.fits) == (30, 60, 90, False)


def test_overage_comes_last(hours: Hours) -> None:
    second = direct_ticket(hours.contract, 2)
    request = services.request_overage(
        actor=hours.actor("lead"), at=MONDAY, ticket=second, minutes=60, text="More"
    )
    decide(hours, request)
    hours.log(10 * HOUR)
    assert [line.remaining for line in hours.balance().buckets] == [0, 60]


def test_declined_work_is_not_drawn_from_a_later_period_because_a_lead_asks_again(spent: Hours) -> None:
    entry, april = spent.log(60), moment("2026-04-02 09:00")
    decide(spent, approve=False)
    services.grant_periods(at=april)
    again = services.ask_again(actor=spent.actor("lead"), at=april, entry=entry, reason="By phone")
    assert (again.state, spent.balance(april).available) == ("held", 600)
    assert OverageRequest.objects.get(state="asked").minutes == 60
