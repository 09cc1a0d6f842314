"""Entries a second on one contested balance and on many, and a statement after ten years.

Run as `DATABASE_URL=postgresql://… python -m benchmarks.hours_ledger [entries] [threads]`. Without
one it runs on SQLite in a file, where writers wait for each other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.hours_world import AT, Crowd, contract_of, database, engineers_of, tickets_of
from contracts.models import Contract
from events.domain.actor import Actor
from hours import services
from hours.domain.ledger import draw
from hours.models import LedgerEntry, Statement, TimeEntry
from hours.queries import balance_of, broken_chains, ledger_faults, ledger_of, statement
from hours.services.periods import open_book
from hours.statement_csv import statement_csv
from hours.statement_pdf import Letterhead, statement_pdf
from tickets.models import Ticket

YEARS = 10
A_MONTH = 40
PLENTY = 10_000_000


def logging_rate(contracts: list[Contract], *, entries: int, threads: int) -> float:
    """Entries a second when so many threads log on these contracts by turns."""
    actors = engineers_of(contracts, threads)
    tickets = {contract.pk: tickets_of(contract, threads) for contract in contracts}
    each = entries // threads

    def work(number: int) -> None:
        contract = contracts[number % len(contracts)]
        for _ in range(each):
            services.log_time(
                actor=actors[number],
                at=AT,
                ticket=tickets[contract.pk][number],
                minutes=15,
                worked_on=AT.date(),
                note="Work",
            )

    crowd = Crowd(threads)
    since = perf_counter()
    crowd.play([lambda number=number: work(number) for number in range(threads)])  # type: ignore[misc]
    seconds = perf_counter() - since
    crowd.leave()
    return each * threads / seconds


def statements_an_entry() -> int:
    """SQL statements of one logged entry on an open account."""
    contract = contract_of("ONE", reserved_minutes=PLENTY)
    (actor,), (ticket,) = engineers_of([contract], 1), tickets_of(contract, 1)
    work: dict[str, Any] = {
        "actor": actor,
        "at": AT,
        "ticket": ticket,
        "worked_on": AT.date(),
        "note": "Work",
    }
    services.log_time(minutes=15, **work)
    with CaptureQueriesContext(connection) as seen:
        services.log_time(minutes=15, **work)
    return len([one for one in seen.captured_queries if one["sql"] not in ("BEGIN", "COMMIT")])


def decade() -> Contract:
    """A contract with ten years of closed months, so many entries in each.

    A month's entries are stored and drawn in one transaction: through the same book, rules and closing as
    ever, but without what each single request does besides. What came of it must reconcile.
    """
    contract = contract_of("LONG", reserved_minutes=A_MONTH * 30)
    (actor,), (ticket,) = engineers_of([contract], 1), tickets_of(contract, 1)
    at = AT
    for _ in range(YEARS * 12):
        _month_of_work(contract, actor=actor, ticket=ticket, at=at)
        at = (at.replace(day=1) + timedelta(days=35)).replace(day=4)
    services.close_months(at=at)
    if faults := [*ledger_faults(), *broken_chains()]:
        raise SystemExit("\n".join(faults))
    return contract


@transaction.atomic
def _month_of_work(contract: Contract, *, actor: Actor, ticket: Ticket, at: datetime) -> None:
    book = open_book(contract, at=at)
    facts = {"client_id": contract.client_id, "contract": contract, "ticket": ticket, "at": at}
    people = {"person_id": actor.person_id, "logged_by_id": actor.person_id}
    work = {"worked_on": at.date(), "worked_minutes": 20, "billed_minutes": 30, "note": "A month's work"}
    entries = TimeEntry.objects.bulk_create(
        TimeEntry(**facts, **people, **work, activity="requested_work", state="drawn") for _ in range(A_MONTH)
    )
    for entry in entries:
        book.post_draws(draw(book.states(), entry.billed_minutes), entry, actor=actor)
    book.write()


def timed(act: Callable[[], object], *, rounds: int = 5) -> float:
    """Median milliseconds of the act."""
    taken = []
    for _ in range(rounds):
        since = perf_counter()
        act()
        taken.append((perf_counter() - since) * 1000)
    return median(taken)


def main(arguments: list[str]) -> int:
    """Measure, and print a table."""
    entries = int(arguments[0]) if arguments else 2000
    threads = int(arguments[1]) if len(arguments) > 1 else 8
    with database():
        print(f"statements an entry                {statements_an_entry():>10}")
        one = [contract_of("HOT", reserved_minutes=PLENTY)]
        rate = logging_rate(one, entries=entries, threads=threads)
        print(f"one balance, {threads} threads            {rate:>10,.0f} entries/s")
        many = [contract_of(f"M{number:03d}", reserved_minutes=PLENTY) for number in range(threads)]
        rate = logging_rate(many, entries=entries, threads=threads)
        print(f"{threads} balances, {threads} threads              {rate:>10,.0f} entries/s")
        since = perf_counter()
        contract = decade()
        print(f"ten years made ({YEARS * 12 * A_MONTH:,} entries) {perf_counter() - since:>12,.0f} s")
        _print_reading(contract)
    return 0


def _print_reading(contract: Contract) -> None:
    last = Statement.objects.filter(contract=contract).latest("month")
    open_month = (last.month + timedelta(days=32)).replace(day=1)
    body = statement(contract, last.month)
    head = Letterhead(client=contract.client.name, contract=contract.name, digest=last.digest)
    acts: dict[str, Callable[[], object]] = {
        "balance": lambda: balance_of(contract, at=last.closed_at),
        "closed month": lambda: statement(contract, date(2016, 6, 1)),
        "open month": lambda: statement(contract, open_month),
        "whole ledger": lambda: list(ledger_of(contract)),
        "CSV of a month": lambda: statement_csv(body),
        "PDF of a month": lambda: statement_pdf(body, head),
        "all chains checked": broken_chains,
    }
    print(f"movements {LedgerEntry.objects.count():,}, entries {TimeEntry.objects.count():,}")
    for name, act in acts.items():
        print(f"{name:<34} {timed(act):>10,.1f} ms")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
