"""What projecting costs an event: opening, answering, moving and reclassifying one ticket (S17).

python -m benchmarks.slo_projection --rounds 200

Each figure is the act with the clocks' reactions less the act without any: milliseconds and statements.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter

from benchmarks.slo_world import OPENED_AT, database

from django.db import connection  # isort: skip - the world sets Django up
from django.test.utils import CaptureQueriesContext

from contracts.queries import effective_plan
from events.services import Reactions, install_reactions
from slo import reactions as slo
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tickets.models import Ticket
from tickets.services import change_status, post_message, reclassify

CLOCKS: Reactions = {
    "ticket.opened": (slo.start_clocks,),
    "message.posted": (slo.follow_message,),
    "ticket.status_changed": (slo.follow_status,),
    "ticket.reclassified": (slo.follow_classification,),
}
NONE: Reactions = {}


def acts(desk: Desk, moments: Iterator[datetime]) -> dict[str, Callable[[Ticket], object]]:
    """What happens to a ticket, each at a moment of its own."""
    engineer, poc = actor_of(desk.engineer), actor_of(desk.poc)
    mildest = max(effective_plan(desk.contract).urgencies, key=lambda one: one.rank).code
    return {
        "open": lambda _: make_ticket(desk.contract, requester=desk.poc, at=next(moments)),
        "first answer": lambda ticket: reply(ticket, desk.engineer, at=next(moments)),
        "client writes": lambda ticket: post_message(
            actor=poc, at=next(moments), ticket=ticket, body="Thanks."
        ),
        "work starts": lambda ticket: change_status(
            actor=engineer, at=next(moments), ticket=ticket, to="in_progress"
        ),
        "urgency changes": lambda ticket: reclassify(
            actor=poc, at=next(moments), ticket=ticket, urgency=mildest
        ),
    }


def measured(desk: Desk, name: str, table: Reactions, rounds: int) -> tuple[float, int]:
    """The median of an act in milliseconds, and its statements, with that table of reactions."""
    moments = (OPENED_AT + timedelta(milliseconds=step) for step in count())
    act, spent = acts(desk, moments)[name], []
    statements = 0
    for _ in range(rounds):
        install_reactions(CLOCKS)
        ticket = make_ticket(desk.contract, requester=desk.poc, at=next(moments))
        install_reactions(table)
        started = perf_counter()
        with CaptureQueriesContext(connection) as told:
            act(ticket)
        spent.append((perf_counter() - started) * 1000)
        statements = len(told)
    return statistics.median(spent), statements


def main(rounds: int) -> None:
    """Print a table for a plan of one clock and for one of several."""
    with database():
        for plan in ("total-care", "managed-self-hosted", "idalko-premium"):
            desk = make_desk("".join(part[0] for part in plan.split("-")).upper() + "BEN", plan)
            for name in acts(desk, iter(())):
                bare, few = measured(desk, name, NONE, rounds)
                whole, many = measured(desk, name, CLOCKS, rounds)
                print(
                    f"{plan:<22} {name:<16} {whole:>7.1f} ms, of that clocks {whole - bare:>6.1f} ms, "
                    f"{many - few:>2} of {many} statements"
                )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    main(parser.parse_args().rounds)
