"""The compliance report over many settled clocks, and the clocks behind one number (S16).

python -m benchmarks.slo_report --clocks 1000000
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from datetime import date
from time import perf_counter

from benchmarks.slo_world import OPENED_AT, clone, database

from django.db import connection  # isort: skip - the world sets Django up
from django.test.utils import CaptureQueriesContext

from events.domain.actor import SYSTEM, Actor
from slo.models import Clock
from slo.queries import clocks_behind, compliance
from tests.factories import actor_of, make_desk
from tickets.models import Ticket
from tickets.services import open_ticket

CLIENTS = 20
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
VIEWS = ("objective", "urgency", "request_type", "plan", "client", "month")


def fill(clocks: int) -> Actor:
    """So many clocks of twenty clients over a year, nine of ten met; gives the first client's contact."""
    poc: Actor | None = None
    for number in range(CLIENTS):
        desk = make_desk(f"BEN{number:02d}", "total-care")
        poc = poc or actor_of(desk.poc)
        first = open_ticket(
            actor=SYSTEM, at=OPENED_AT, contract=desk.contract, request_type="incident", urgency="low",
            subject="The board does not load", description="Since this morning.",
        )  # fmt: skip
        copies = clocks // CLIENTS - 1
        key = f"'{desk.client.key}-' || (series.n + 1)"
        clone(Ticket, first.pk, copies, {"number": "series.n + 1", "key": key})
        changes = {
            "ticket_id": "CAST(slo_clock.ticket_id + series.n AS BIGINT)",
            "state": "CASE WHEN series.n % 10 = 0 THEN 'missed' ELSE 'met' END",
            "urgency": "CASE series.n % 4 WHEN 0 THEN 'critical' WHEN 1 THEN 'high' ELSE 'low' END",
            "check_at": "NULL",
            "due_on": _day(),
        }
        clone(Clock, Clock.objects.get(ticket=first).pk, copies, changes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE slo_clock" if connection.vendor == "postgresql" else "ANALYZE")
    assert poc is not None
    return poc


def _day() -> str:
    if connection.vendor == "postgresql":
        return "DATE '2026-01-01' + CAST(series.n % 365 AS INTEGER)"
    return "DATE('2026-01-01', '+' || (series.n % 365) || ' days')"


def timed(act: Callable[[], object]) -> tuple[float, int]:
    """The median of five runs in milliseconds, and the statements of one."""
    spent = []
    for _ in range(5):
        started = perf_counter()
        with CaptureQueriesContext(connection) as statements:
            act()
        spent.append((perf_counter() - started) * 1000)
    return statistics.median(spent), len(statements)


def main(clocks: int) -> None:
    """Fill a database, ask for reports and print a table."""
    with database():
        poc = fill(clocks)
        for who, actor in (("all clients", SYSTEM), ("one client", poc)):
            for title, from_, to in (
                ("a year", FIRST, LAST),
                ("a month", date(2026, 3, 1), date(2026, 3, 31)),
            ):
                for views in ((), ("objective", "month"), VIEWS):
                    spent, statements = timed(
                        lambda: compliance(actor, from_=from_, to=to, group_by=views)  # noqa: B023 - at once
                    )
                    name = f"{who}, {title}, by {len(views)} views"
                    print(f"{name:<40} {spent:>10,.1f} ms {statements:>3} statements")
            spent, statements = timed(
                lambda: list(clocks_behind(actor, from_=FIRST, to=LAST, state="missed")[:50])  # noqa: B023
            )
            print(f"{f'{who}, clocks behind a number':<40} {spent:>10,.1f} ms {statements:>3} statements")
        print(f"{'clocks':<40} {Clock.objects.count():>10,}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clocks", type=int, default=1_000_000)
    main(parser.parse_args().clocks)
