"""Plans and contracts change (P1): what is owed follows, and nothing is made late by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts.models import Contract
from proactive.models import Occurrence, Programme, State
from proactive.queries import standings
from proactive.services import make_programmes, mark_missed, plan_for, plan_occurrences
from tests.factories import MONDAY, Desk, actor_of, make_desk, moment

MAY = moment("2026-05-11 09:00")


@pytest.fixture
def desk(db: None) -> Desk:
    """Total Care since January with two health assessments a year, programmes made on the first day."""
    found = make_desk(programme_counts={"health-assessment": 2})
    make_programmes(at=moment("2026-01-01 09:00"), contract=found.contract)
    return found


def change(desk: Desk, **terms: Any) -> None:  # noqa: ANN401 - any column of a contract
    """Change the contract and bring its programmes in line, as the reaction does."""
    Contract.objects.filter(pk=desk.contract.pk).update(**terms)
    make_programmes(at=MAY, contract=Contract.objects.with_terms().get(pk=desk.contract.pk))


def starts(desk: Desk, service: str = "health-assessment", year: int = 2026) -> list[date]:
    """The first days of a service's windows of one year."""
    rows = Occurrence.objects.filter(programme__contract=desk.contract, programme__service=service)
    found = rows.filter(window_first_on__year=year).order_by("window_first_on")
    return list(found.values_list("window_first_on", flat=True))


def test_more_a_year_adds_windows_from_the_change_on_and_none_before(desk: Desk) -> None:
    change(desk, programme_counts={"health-assessment": 12})
    assert starts(desk)[:3] == [date(2026, 1, 1), date(2026, 5, 2), date(2026, 6, 2)]


def test_fewer_a_year_takes_windows_away_that_have_not_begun(desk: Desk) -> None:
    change(desk, programme_counts={"health-assessment": 1})
    assert (starts(desk), starts(desk, year=2027)) == ([date(2026, 1, 1)], [date(2027, 1, 1)])


def test_the_same_terms_again_change_nothing(desk: Desk) -> None:
    before = list(Occurrence.objects.order_by("id").values())
    change(desk, programme_counts={"health-assessment": 2})
    assert list(
        Occurrence.objects.exclude(window_first_on__gte=date(2027, 2, 1)).order_by("id").values()
    ) == [row for row in before if row["window_first_on"] < date(2027, 2, 1)]


def test_a_window_that_somebody_planned_is_skipped_with_the_reason(desk: Desk) -> None:
    late = Occurrence.objects.get(programme__service="health-assessment", window_first_on=starts(desk)[1])
    plan_for(actor=actor_of(desk.csm), at=MAY, occurrence=late, on=date(2026, 9, 15))
    change(desk, programme_counts={})
    late.refresh_from_db()
    assert (late.state, "no longer owed" in late.reason) == (State.SKIPPED, True)


def test_an_early_end_cuts_the_window_under_way_and_drops_the_rest(desk: Desk) -> None:
    change(desk, ends_on=date(2026, 5, 29))
    ahead = Occurrence.objects.filter(programme__contract=desk.contract, state=State.PLANNED)
    assert {row.window_last_on for row in ahead.filter(window_last_on__gte=date(2026, 5, 11))} == {
        date(2026, 5, 29),
    } | {row.window_last_on for row in ahead.filter(programme__service="licence-optimisation")}
    assert not ahead.filter(window_first_on__gt=date(2026, 5, 29)).exists()


def test_a_service_bought_later_is_owed_from_then_on(db: None) -> None:
    desk = make_desk(plan="premier-support")
    make_programmes(at=moment("2026-01-01 09:00"), contract=desk.contract)
    change(desk, add_ons=["technical-account-manager"])
    assert starts(desk, "tam-review") == [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]


def test_what_comes_back_after_a_break_owes_nothing_for_the_break(db: None) -> None:
    desk = make_desk(plan="premier-support", add_ons=["technical-account-manager"])
    make_programmes(at=moment("2026-01-01 09:00"), contract=desk.contract)
    Programme.objects.filter(service="tam-review").update(ended_at=MONDAY)
    Occurrence.objects.filter(programme__service="tam-review", window_first_on__gt=MONDAY.date()).delete()
    change(desk)
    assert starts(desk, "tam-review")[:2] == [date(2026, 1, 1), date(2026, 4, 1)]


def test_a_contract_that_ended_in_a_downtime_still_gets_its_last_windows(desk: Desk) -> None:
    Contract.objects.filter(pk=desk.contract.pk).update(ends_on=date(2027, 8, 31))
    plan_occurrences(at=moment("2028-06-01 09:00"))
    mark_missed(at=moment("2028-06-01 09:00"))
    assert starts(desk, "insights", 2027)[-1] == date(2027, 8, 1)
    assert plan_occurrences(at=moment("2028-06-02 09:00")) == 0


def test_a_miss_is_dated_at_the_end_of_its_last_day_however_late_it_is_seen(desk: Desk) -> None:
    mark_missed(at=moment("2026-05-11 09:00"))
    march = Occurrence.objects.get(programme__service="insights", window_first_on=date(2026, 3, 1))
    assert march.missed_at == moment("2026-03-31 23:00")


def test_floor_and_deliveries_of_the_year_stand_beside_each_other(desk: Desk) -> None:
    mark_missed(at=MAY)
    found = {one.programme.service: one for one in standings([desk.contract], today=MAY.date())}
    monthly, yearly = found["insights"], found["health-assessment"]
    assert (monthly.owed, monthly.delivered, monthly.missed) == (12, 0, 4)
    assert (yearly.owed, yearly.ceiling, yearly.can_ask) == (2, None, False)


def test_what_is_asked_for_has_a_ceiling(db: None) -> None:
    desk = make_desk(plan="premier-support")
    make_programmes(at=MONDAY, contract=desk.contract)
    check = next(one for one in standings([desk.contract], today=MONDAY.date()) if one.ceiling)
    assert (check.ceiling, check.owed, check.can_ask) == (4, 0, True)
