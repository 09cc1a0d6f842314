"""Fifty engineers on one balance at the same instant, round after round, exact to the minute.

Run as `DATABASE_URL=postgresql://… python -m benchmarks.hours_crowd [engineers] [rounds]`. Each round starts
at a barrier and mixes entries, an entry sent twice, a reversal, approvals against refusals, and the sweeps; a
round is three days later than the one before, so that periods end and months close. Fails at the first round
after which anything does not reconcile.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from time import perf_counter
from typing import Any

from benchmarks.hours_world import AT, Crowd, contract_of, database, engineers_of, tickets_of
from contracts.models import Contract
from events.domain.actor import Actor
from hours import services
from hours.models import BucketBalance, LedgerEntry, OverageRequest, TimeEntry
from hours.queries import broken_chains, ledger_faults
from tests.factories import actor_of, make_contact, make_staff
from tickets.models import Ticket

EXTRAS = 6
Act = Callable[[], Any]


def entry(actor: Actor, ticket: Ticket, *, at: datetime, minutes: int, key: str) -> Act:
    """Log so many minutes."""
    work = {"worked_on": at.date(), "note": "Work", "request_key": key}
    return lambda: services.log_time(actor=actor, at=at, ticket=ticket, minutes=minutes, **work)  # type: ignore[arg-type]


def extras(contract: Contract, *, at: datetime, lead: Actor, poc: Actor, draw: Random) -> list[Act]:
    """The sweeps, a reversal made twice at once, and a request approved and declined at once."""
    acts: list[Act] = [lambda: services.grant_periods(at=at), lambda: services.close_months(at=at)]
    drawn = list(TimeEntry.objects.filter(state="drawn").order_by("-id")[:50])
    if drawn:
        chosen = draw.choice(drawn)
        acts += [lambda: services.reverse_entry(actor=lead, at=at, entry=chosen, reason="Wrong")] * 2
    asked = OverageRequest.objects.filter(contract=contract, state="asked").first()
    if asked is not None:
        acts += [
            partial(services.decide_overage, actor=poc, at=at, overage=asked, approve=yes)
            for yes in (True, False)
        ]
    return acts


def reconciles() -> bool:
    """Whether ledger, balances, entries and statements agree, and every entry is accounted for."""
    faults = [*ledger_faults(), *broken_chains()]
    if BucketBalance.objects.filter(remaining__lt=0).exists():
        faults.append("a bucket is below zero")
    for fault in faults:
        print(fault)
    return not faults


def main(arguments: list[str]) -> int:
    """Play the rounds and print what happened; 1 when anything did not reconcile."""
    size = int(arguments[0]) if arguments else 50
    rounds = int(arguments[1]) if len(arguments) > 1 else 200
    with database():
        contract = contract_of("CROWD", reserved_minutes=60_000)
        people, tickets = engineers_of([contract], size), tickets_of(contract, size)
        poc = actor_of(make_contact(contract.client, "poc"))
        lead = actor_of(make_staff("lead"))
        crowd, draw, at, began = Crowd(size + EXTRAS + 1), Random(20260302), AT, perf_counter()
        sent = 0
        for turn in range(rounds):
            acts = [
                entry(actor, ticket, at=at, minutes=draw.randint(1, 120), key=f"{turn}-{number}")
                for number, (actor, ticket) in enumerate(zip(people, tickets, strict=True))
            ]
            crowd.play([*acts, acts[0], *extras(contract, at=at, lead=lead, poc=poc, draw=draw)])
            sent += size
            at += timedelta(days=3)
            if not reconciles() or TimeEntry.objects.filter(reverses__isnull=True).count() != sent:
                print(f"round {turn + 1}: does not reconcile")
                return 1
        crowd.leave()
        seconds = perf_counter() - began
        print(f"{rounds} rounds of {size} engineers: exact, {seconds:,.0f} s")
        print(f"{sent:,} entries, {LedgerEntry.objects.count():,} movements, {sent / seconds:,.0f} entries/s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
