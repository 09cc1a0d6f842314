"""Paid time over the API: logging, balance, ledger, statements and requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from hours.models import TimeEntry
from hours.services import grant_periods, open_account
from tests.api.conftest import Caller
from tests.factories import Desk, make_ticket
from tickets.models import Ticket

TODAY = datetime.now(tz=UTC).date().isoformat()


@pytest.fixture
def granted(desk: Desk) -> Ticket:
    """A ticket under a contract with this month's hours granted."""
    now = datetime.now(tz=UTC)
    open_account(at=now, contract=desk.contract)
    grant_periods(at=now)
    return make_ticket(desk.contract, requester=desk.poc, at=now)


def work(ticket: Ticket, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"ticket": ticket.key, "minutes": 16, "worked_on": TODAY, "note": "Mended it", **facts}


def test_an_engineer_logs_work_that_draws(granted: Ticket, engineer: Caller, jira: Caller) -> None:
    told = engineer.post("time-entries", work(granted))
    assert (told.status_code, told.json()["state"]) == (201, "drawn")
    assert (told.json()["worked_minutes"], told.json()["billed_minutes"]) == (16, 30)
    assert [one["minutes"] for one in told.json()["draws"]] == [-30]
    (seen,) = jira.get(f"time-entries?ticket={granted.key}").json()["results"]
    assert (seen["billed_minutes"], "not_billed_reason" in seen) == (30, False)


def test_work_beyond_the_balance_is_held(granted: Ticket, engineer: Caller, desk: Desk) -> None:
    told = engineer.post("time-entries", work(granted, minutes=601)).json()
    assert (told["state"], told["draws"]) == ("held", [])
    asked = engineer.get(f"contracts/{desk.contract.pk}/overage-requests").json()["results"]
    assert [(one["origin"], one["state"]) for one in asked] == [("held", "asked")]


@pytest.mark.parametrize("minutes", [-15, 0, 1441, 10**9])
def test_amounts_that_nobody_works_are_a_422(granted: Ticket, engineer: Caller, minutes: int) -> None:
    answer = engineer.post("time-entries", work(granted, minutes=minutes))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "minutes")
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("minutes", [15.5, "15", "１５", True, None])
def test_amounts_that_are_no_whole_number_are_a_400(
    granted: Ticket, engineer: Caller, minutes: object
) -> None:
    assert engineer.post("time-entries", work(granted, minutes=minutes)).status_code == 400
    assert not TimeEntry.objects.exists()


def test_a_client_logs_no_time(granted: Ticket, jira: Caller) -> None:
    assert jira.post("time-entries", work(granted)).status_code == 403
    assert not TimeEntry.objects.exists()


def test_a_client_reads_its_balance(granted: Ticket, engineer: Caller, jira: Caller, desk: Desk) -> None:
    engineer.post("time-entries", work(granted))
    told = jira.get(f"contracts/{desk.contract.pk}/hours").json()
    assert (told["granted"], told["drawn"], told["held"], told["available"]) == (600, 30, 0, 570)
    assert [(one["kind"], one["remaining"]) for one in told["buckets"]] == [("reserved", 570)]
    lines = jira.get(f"contracts/{desk.contract.pk}/ledger").json()["results"]
    assert [(one["number"], one["kind"], one["minutes"]) for one in lines][-1][1:] == ("draw", -30)
    assert lines[-1]["ticket"] == granted.key


def test_a_statement_comes_in_three_forms(granted: Ticket, jira: Caller, desk: Desk) -> None:
    address = f"contracts/{desk.contract.pk}/statements/{TODAY[:7]}"
    told = jira.get(address).json()
    assert told["closing"] == told["opening"] + sum(one["minutes"] for one in told["lines"])
    for form, media in (("csv", "text/csv; charset=utf-8"), ("pdf", "application/pdf")):
        answer = jira.get(f"{address}?format={form}")
        assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert jira.get(address, Accept="text/csv")["Content-Type"] == "text/csv; charset=utf-8"
    assert jira.get(f"{address}?format=xml").status_code == 400


def test_hours_of_others_are_not_there(granted: Ticket, other_desk: Desk, jira: Caller) -> None:
    for part in ("hours", "ledger", "overage-requests", "top-ups", "statements/2026-03"):
        answers = [jira.get(f"contracts/{one}/{part}") for one in (other_desk.contract.pk, 999)]
        assert {one.status_code for one in answers} == {404}
        assert answers[0].content == answers[1].content


def test_overage_is_asked_ahead_and_decided_by_people(
    granted: Ticket, engineer: Caller, jira: Caller, desk: Desk
) -> None:
    address = f"contracts/{desk.contract.pk}/overage-requests"
    asked = {"ticket": granted.key, "minutes": 120, "text": "The upgrade takes longer"}
    told = engineer.post(address, asked)
    assert (told.status_code, told.json()["state"]) == (201, "asked")
    assert jira.get(address).json()["results"] == [told.json()]
    answer = jira.post(f"{address}/{told.json()['id']}/decision", {"approve": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert jira.post(address, asked).status_code == 403


def test_overage_names_a_ticket_of_its_contract(
    granted: Ticket, other_desk: Desk, staff: Callable[[str], Caller], desk: Desk
) -> None:
    foreign = make_ticket(other_desk.contract, requester=other_desk.poc)
    asked = {"ticket": foreign.key, "minutes": 120, "text": "The upgrade takes longer"}
    answer = staff("lead").post(f"contracts/{desk.contract.pk}/overage-requests", asked)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "ticket")


def test_a_key_orders_no_packs(desk: Desk, jira: Caller, staff: Callable[[str], Caller]) -> None:
    address = f"contracts/{desk.contract.pk}/top-ups"
    assert jira.post(address, {"pack": "hours-20"}).status_code == 403
    assert staff("account_executive").get(address).json()["results"] == []
    assert staff("account_executive").post(f"{address}/1/decision", {"confirm": True}).status_code == 404


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-3", "soon", "0000-00", "9999-12", "2025-12", "２０２６-03", "None"]
)
@pytest.mark.parametrize("form", ["json", "csv", "pdf"])
def test_a_month_that_is_none_of_the_contracts_is_a_problem_and_no_fault(
    granted: Ticket, jira: Caller, desk: Desk, month: str, form: str
) -> None:
    answer = jira.get(f"contracts/{desk.contract.pk}/statements/{month}?format={form}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
