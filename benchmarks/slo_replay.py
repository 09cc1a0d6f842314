"""The what-if replay over many tickets of four kinds of life (S17).

python -m benchmarks.slo_replay --tickets 100000
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterable
from datetime import timedelta

from benchmarks.slo_world import OPENED_AT, clone, database

from django.db import connection  # isort: skip - the world sets Django up
from contracts.models import Contract
from events.models import Record
from slo.management.progress import bar
from slo.queries.replaying import Replay, replay
from slo.services import sweep_due
from tests.factories import Desk, actor_of, make_desk, make_plan_version, make_ticket, reply
from tickets.models import Ticket
from tickets.services import change_status, post_message, reclassify

PLAN, OTHER_PLAN = "idalko-premium", "idalko-standard"

#: What happens to a ticket, in hours after its opening; every fourth ticket has one of these lives.
LIVES: tuple[tuple[tuple[float, str], ...], ...] = (
    ((1, "answer"),),
    ((0.5, "work"), (1, "answer"), (2, "ask"), (26, "client"), (29, "answer"), (30, "solve")),
    ((3, "answer"), (4, "reclassify"), (5, "work"), (7, "answer"), (8, "answer"), (10, "solve")),
    ((0.2, "client"), (0.4, "client"), (5, "work"), (6, "answer"), (9, "solve")),
)


def fill(tickets: int) -> Contract:
    """That many tickets under one contract, a quarter of them with each of the lives."""
    desk = make_desk("BENCH", PLAN)
    make_plan_version(OTHER_PLAN)
    firsts = [lived(desk, life) for life in LIVES]
    copies = tickets // len(LIVES) - 1
    for first in firsts:
        highest = Ticket.objects.order_by("-id").values_list("id", flat=True)[0]
        offset = highest - first.pk
        number = f"{highest + 1000} + series.n"
        clone(Ticket, first.pk, copies, {"number": number, "key": f"'BENCH-' || ({number})"})
        subject = f"CAST(events_record.subject_id + {offset} + series.n AS BIGINT)"
        for record in Record.objects.filter(subject_type="ticket", subject_id=first.pk).order_by("id"):
            clone(Record, record.pk, copies, {"subject_id": subject})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return desk.contract


def lived(desk: Desk, life: Iterable[tuple[float, str]]) -> Ticket:
    """A ticket that lived through all of this."""
    ticket = make_ticket(desk.contract, requester=desk.poc, at=OPENED_AT)
    staff, poc = actor_of(desk.engineer), actor_of(desk.poc)
    for hours, what in life:
        sweep_due(at=(at := OPENED_AT + timedelta(hours=hours)))
        ticket.refresh_from_db()
        match what:
            case "answer":
                reply(ticket, desk.engineer, at=at)
            case "client":
                post_message(actor=poc, at=at, ticket=ticket, body="We tried it again.")
            case "reclassify":
                reclassify(actor=poc, at=at, ticket=ticket, urgency="severity-b")
            case "ask":
                change_status(
                    actor=staff, at=at, ticket=ticket, to="waiting_on_client", waiting_on=desk.poc,
                    waiting_for="Which version?",
                )  # fmt: skip
            case _:
                to = "in_progress" if what == "work" else "resolved"
                change_status(actor=staff, at=at, ticket=ticket, to=to, summary="Mended.")
    return ticket


def main(tickets: int) -> None:
    """Fill a database, replay it under another plan and print a table."""
    with database():
        contract = fill(tickets)
        rows = Record.objects.count()
        since, cpu = time.perf_counter(), time.process_time()
        told: Replay = replay(
            contract, until=OPENED_AT + timedelta(days=30), plan=OTHER_PLAN, progress=bar(label="Replaying")
        )
        spent, worked = time.perf_counter() - since, time.process_time() - cpu
        untouched = Record.objects.count() == rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, value in (
        ("tickets, events of them", f"{told.tickets:,}, {rows:,}"),
        ("replayed in", f"{spent:,.1f} s, {told.tickets / spent:,.0f} tickets a second"),
        ("of that in Python", f"{worked:,.1f} s of processor time"),
        ("clocks that differ", f"{len(told.differences):,}"),
        ("highest memory", f"{peak:,} MB"),
        ("log untouched", str(untouched)),
    ):
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    main(parser.parse_args().tickets)
