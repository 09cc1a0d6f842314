"""The what-if replay over many tickets, each opened and answered (S17).

python -m benchmarks.slo_replay --tickets 100000
"""

from __future__ import annotations

import argparse
import resource
import time
from datetime import timedelta

from benchmarks.slo_world import OPENED_AT, clone, database

from django.db import connection  # isort: skip - the world sets Django up

from contracts.models import Contract
from events.domain.actor import SYSTEM
from events.models import Record
from slo.management.progress import bar
from slo.queries.replaying import Replay, replay
from tests.factories import make_desk, make_plan_version, reply
from tickets.models import Ticket
from tickets.services import open_ticket

OTHER_PLAN = "premier-support"


def fill(tickets: int) -> Contract:
    """That many tickets under one contract, each opened and answered."""
    desk = make_desk("BENCH", "total-care")
    make_plan_version(OTHER_PLAN)
    first = open_ticket(
        actor=SYSTEM, at=OPENED_AT, contract=desk.contract, request_type="incident", urgency="low",
        subject="The board does not load", description="Since this morning.",
    )  # fmt: skip
    reply(first, desk.engineer, at=OPENED_AT + timedelta(hours=24))
    clone(Ticket, first.pk, tickets - 1, {"number": "series.n + 1", "key": "'BENCH-' || (series.n + 1)"})
    for record in Record.objects.filter(subject_type="ticket", subject_id=first.pk).order_by("id"):
        clone(
            Record,
            record.pk,
            tickets - 1,
            {"subject_id": "CAST(events_record.subject_id + series.n AS BIGINT)"},
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return desk.contract


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
        ("tickets", f"{told.tickets:,}"),
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
