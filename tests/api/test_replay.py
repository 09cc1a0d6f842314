"""`/contracts/{id}/replay`: what would have been under other terms, for staff alone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from events.models import Record
from slo.models import Clock
from tests.api.conftest import Caller, caller_of_staff
from tests.factories import Desk, make_desk, make_plan_version, make_ticket, reply


@pytest.fixture
def slow(db: None) -> Desk:
    """A client on iDalko Premium with an incident that was answered after three open hours."""
    made = make_desk("GUAR", "idalko-premium")
    make_plan_version("idalko-standard")
    ticket = make_ticket(made.contract, requester=made.poc)
    reply(ticket, made.engineer, at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    return made


def address(desk: Desk, query: str) -> str:
    """Where the replay of the desk's contract is."""
    return f"contracts/{desk.contract.pk}/replay?days=1100{query}"


@pytest.fixture
def csm(slow: Desk) -> Caller:
    """A script of the client's success manager."""
    return caller_of_staff(slow.csm)


def test_a_changed_verdict_is_told_with_its_minutes(slow: Desk, csm: Caller) -> None:
    told = csm.get(address(slow, "&plan=idalko-standard")).json()
    changed = {one["objective"]: one for one in told["differences"]}["first_response"]
    assert (changed["before"]["state"], changed["before"]["late_minutes"]) == ("missed", 60)
    assert changed["after"]["state"] == "met"


def test_the_numbers_are_told_before_and_after(slow: Desk, csm: Caller) -> None:
    told = csm.get(address(slow, "&plan=idalko-standard")).json()
    assert (told["plan"], told["tickets"]) == ("idalko-standard", 1)
    assert told["before"]["missed"] > told["after"].get("missed", 0)


def test_a_calendar_by_its_name_is_taken(slow: Desk, csm: Caller) -> None:
    told = csm.get(address(slow, f"&calendar={slow.contract.calendar.name}"))
    assert told.status_code == 200
    assert told.json()["differences"] == []


def test_a_replay_writes_nothing(slow: Desk, csm: Caller) -> None:
    before: Any = (list(Clock.objects.values()), Record.objects.count())
    csm.get(address(slow, "&plan=idalko-standard"))
    assert (list(Clock.objects.values()), Record.objects.count()) == before


@pytest.mark.parametrize("query", ["", "&plan=gold", "&calendar=nowhere", "&plan=", "&days=2"])
def test_what_cannot_be_replayed_is_refused(slow: Desk, csm: Caller, query: str) -> None:
    assert csm.get(address(slow, query)).status_code in (400, 422)


def test_clients_do_not_ask_it(desk: Desk, jira: Caller) -> None:
    assert jira.get(address(desk, "&plan=total-care")).status_code == 403


def test_another_clients_contract_is_not_there(slow: Desk, desk: Desk, engineer: Caller) -> None:
    assert engineer.get(address(slow, "&plan=idalko-standard")).status_code == 404
