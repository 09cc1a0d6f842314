"""Programmes and their deliveries (P1): made once, caught up, missed once, never lost."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.models import Contract
from events.models import Record
from proactive.models import Occurrence, Programme, State
from proactive.services import make_programmes, mark_missed, plan_occurrences
from tests.factories import MONDAY, Desk, make_desk, moment


@pytest.fixture
def contract(db: None) -> Contract:
    """Total Care since January with two health assessments a year."""
    desk: Desk = make_desk(programme_counts={"health-assessment": 2})
    return desk.contract


def insights(contract: Contract) -> list[Occurrence]:
    """The monthly mailings of the contract."""
    return list(Occurrence.objects.filter(programme__contract=contract, programme__service="insights"))


def test_a_contract_gets_the_programmes_of_its_plan(contract: Contract) -> None:
    made = {one.service for one in make_programmes(at=MONDAY, contract=contract)}

    assert {"health-assessment", "service-review", "licence-optimisation", "insights", "events"} <= made


def test_making_them_twice_changes_nothing(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)
    before = (Programme.objects.count(), Occurrence.objects.count())

    make_programmes(at=MONDAY, contract=contract)

    assert (Programme.objects.count(), Occurrence.objects.count()) == before


def test_what_was_bought_decides_how_many(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)

    year = Occurrence.objects.filter(programme__service="health-assessment", window_first_on__year=2026)
    assert year.count() == 2


def test_a_sweep_after_two_years_of_downtime_misses_no_window(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)

    plan_occurrences(at=moment("2028-03-02 09:00"))

    starts = [one.window_first_on for one in insights(contract)]
    assert starts[:26] == [date(2026 + month // 12, month % 12 + 1, 1) for month in range(26)]


def test_a_service_that_the_plan_no_longer_carries_ends(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)
    body = contract.plan_version.body
    body["proactive"] = [one for one in body["proactive"] if one["key"] != "insights"]
    contract.plan_version.digest = "changed"
    contract.plan_version.save()

    make_programmes(at=MONDAY, contract=Contract.objects.with_terms().get(pk=contract.pk))

    assert Programme.objects.get(contract=contract, service="insights").ended_at == MONDAY


def test_what_its_window_overtook_is_missed_once(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)

    for _ in range(2):
        mark_missed(at=moment("2026-03-02 09:00"))

    missed = Occurrence.objects.filter(state=State.MISSED, programme__service="insights")
    assert [one.window_first_on for one in missed] == [date(2026, 1, 1), date(2026, 2, 1)]
    assert (
        Record.objects.filter(kind="occurrence.missed").count()
        == Occurrence.objects.filter(state=State.MISSED).count()
    )


def test_a_day_ends_in_the_contracts_zone(contract: Contract) -> None:
    make_programmes(at=MONDAY, contract=contract)

    mark_missed(at=moment("2026-03-31 22:59"))
    before = (
        Occurrence.objects.filter(programme__service="insights", window_first_on=date(2026, 3, 1)).get().state
    )
    mark_missed(at=moment("2026-03-31 23:00"))

    after = (
        Occurrence.objects.filter(programme__service="insights", window_first_on=date(2026, 3, 1)).get().state
    )
    assert (before, after) == (State.PLANNED, State.MISSED)
