"""Lists cost the same number of statements with one row and with many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hours import services
from hours.models import TopUp
from hours.queries import (
    balance_of,
    balances_of,
    broken_chains,
    entries_of,
    entries_visible_to,
    estimate,
    forecast,
    ledger_faults,
    ledger_of,
    overages_visible_to,
    questions_visible_to,
    statement,
    timers_of,
    timesheet,
    top_ups_visible_to,
)
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, TODAY, Hours, direct_ticket, make_hours

Read = Callable[[Hours], Any]


def entry_texts(rows: Any) -> list[str]:  # noqa: ANN401
    """What a list shows of each entry."""
    return [f"{one.ticket.key} {one.person.name} {one.contract.name}" for one in rows]


def moved(rows: Any) -> list[str]:  # noqa: ANN401
    """What a ticket's page shows of each entry."""
    return [f"{one.person.name} {[move.bucket.label for move in one.movements.all()]}" for one in rows]


READS: dict[str, Read] = {
    "balance": lambda there: balance_of(there.contract, at=MONDAY),
    "estimate": lambda there: estimate(there.contract, minutes=60, category="", at=MONDAY),
    "forecast": lambda there: forecast(there.contract, at=MONDAY),
    "entries": lambda there: entry_texts(entries_visible_to(there.actor("poc")).shown()),
    "entries of a ticket": lambda there: moved(entries_of(there.ticket)),
    "ledger": lambda there: [f"{one.bucket.label} {one.time_entry}" for one in ledger_of(there.contract)],
    "statement": lambda there: statement(there.contract, TODAY),
    "timesheet": lambda there: [
        row.ticket.key for row in timesheet(there.desk.engineer.pk, week_of=TODAY).rows
    ],
    "timers": lambda there: [one.ticket.key for one in timers_of(there.desk.engineer.pk)],
    "overage": lambda there: [
        f"{one.ticket.key} {one.contract.name} {one.asked_by} {one.decided_by}"
        for one in overages_visible_to(there.actor("poc"))
    ],
    "orders": lambda there: [
        f"{one.contract.name} {one.requested_by} {one.decided_by}"
        for one in top_ups_visible_to(there.actor("poc"))
    ],
    "questions": lambda there: [
        f"{one.time_entry.ticket.key} {one.time_entry.person.name} {one.correction}"
        for one in questions_visible_to(there.actor("poc"))
    ],
    "faults": lambda _: ledger_faults(),
    "chains": lambda _: broken_chains(),
}


def live(hours: Hours, number: int) -> None:
    """One more of everything that lists show."""
    ticket, engineer = direct_ticket(hours.contract, number), hours.actor("engineer")
    entry = hours.log(15, ticket=ticket)
    hours.log(15)
    services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=entry, text="What for?")
    services.start_timer(actor=engineer, at=MONDAY, ticket=ticket)
    services.request_overage(actor=engineer, at=MONDAY, ticket=ticket, minutes=60, text="More")
    facts: dict[str, Any] = {"pack": "p", "label": "20 hours", "minutes": 1200, "currency": "GBP"}
    TopUp.objects.create(
        client=hours.desk.client,
        contract=hours.contract,
        requested_by=hours.desk.poc,
        requested_by_name="Ada",
        requested_at=MONDAY,
        price_minor_units=100,
        **facts,
    )


def cost(read: Read, hours: Hours) -> int:
    """How many statements the read takes."""
    with CaptureQueriesContext(connection) as seen:
        read(hours)
    return len(seen.captured_queries)


@pytest.mark.parametrize("name", READS)
def test_a_list_costs_the_same_with_one_row_and_with_many(hours: Hours, name: str) -> None:
    live(hours, 10)
    with_one = cost(READS[name], hours)
    for number in range(11, 15):
        live(hours, number)
    assert cost(READS[name], hours) == with_one


def test_balances_of_ten_contracts_cost_what_one_costs(db: None) -> None:
    there = [make_hours(f"C{number:02d}") for number in range(10)]
    for one in there:
        one.log(30)
    contracts = [one.contract for one in there]
    assert cost(lambda _: balances_of(contracts, at=MONDAY), there[0]) == 1
    assert cost(lambda _: balances_of(contracts[:1], at=MONDAY), there[0]) == 1


def test_logging_costs_the_same_on_a_long_ledger(hours: Hours) -> None:
    def log(there: Hours) -> None:
        there.log(15)

    log(hours)
    early = cost(log, hours)
    for _ in range(15):
        log(hours)
    assert cost(log, hours) == early


def test_reviewing_an_account_costs_the_same_with_many_lines(db: None) -> None:
    there = [make_hours(key) for key in ("FEW", "MANY")]
    for one, times in zip(there, (1, 12), strict=True):
        for _ in range(times):
            one.log(15)
    few, many = (
        cost(lambda one: services.review_account(contract=one.contract, at=MONDAY), one) for one in there
    )
    assert few == many


def test_a_sweep_that_finds_nothing_due_costs_three_statements_at_most(hours: Hours) -> None:
    services.open_account(contract=hours.contract, at=MONDAY)
    quiet = moment("2026-03-10 09:00")
    assert cost(lambda _: services.grant_periods(at=quiet), hours) <= 3
    assert cost(lambda _: services.close_months(at=quiet), hours) == 1


def test_a_statement_of_a_closed_month_is_read_in_one_statement(hours: Hours) -> None:
    hours.log(9 * HOUR)
    services.close_months(at=moment("2026-04-10 09:00"))
    assert cost(lambda there: statement(there.contract, TODAY), hours) == 1
