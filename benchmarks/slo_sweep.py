"""The sweep over many open clocks: idle, with some due, and statements a due clock (S1 to S6 of the goals).

python -m benchmarks.slo_sweep --clocks 1000000 --due 1000
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.slo_world import OPENED_AT, SWEPT_AT, database, fill
from events.services import install_reactions
from slo.models import Clock, Verdict
from slo.reactions import start_clocks
from slo.services import sweep_due


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that the act takes."""
    since = time.perf_counter()
    act()
    return (time.perf_counter() - since) * 1000


def idle_in_database() -> float:
    """Milliseconds of the one statement that an idle sweep costs, as the database itself measures it."""
    if connection.vendor != "postgresql":
        return float("nan")
    query, params = Clock.objects.to_check(OPENED_AT)[:500].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", params)
        return float(cursor.fetchone()[0][0]["Execution Time"])


def sweep_all() -> int:
    """Sweep in batches of 500 until nothing is due."""
    done = 0
    while swept := sweep_due(at=SWEPT_AT, limit=500):
        done += swept
    return done


def main(clocks: int, due: int, urgency: str, *, is_alone: bool) -> None:
    """Fill a database, sweep it and print a table; alone means without what other floors do about a miss."""
    with database():
        if is_alone:
            install_reactions({"ticket.opened": (start_clocks,)})
        filling = timed(lambda: fill(clocks=clocks, due=due, urgency=urgency))
        idle = statistics.median(timed(lambda: sweep_due(at=OPENED_AT)) for _ in range(50))
        server = statistics.median(idle_in_database() for _ in range(50))
        with CaptureQueriesContext(connection) as statements:
            spent = timed(sweep_all)
        again = statistics.median(
            timed(lambda: sweep_due(at=SWEPT_AT + timedelta(hours=1))) for _ in range(50)
        )
        missed = Verdict.objects.filter(kind="missed").count()
    rows = [
        ("open clocks", f"{clocks:,}"),
        ("made in", f"{filling / 1000:,.1f} s"),
        ("idle sweep", f"{idle:.2f} ms, in the database {server:.3f} ms"),
        (f"{due:,} due", f"{spent:,.0f} ms, {due / spent * 1000:,.0f} clocks a second"),
        ("statements a due clock", f"{len(statements) / due:.4f}"),
        ("missed recorded", f"{missed:,}"),
        ("idle sweep after", f"{again:.2f} ms"),
    ]
    for name, value in rows:
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--urgency", default="medium", choices=("critical", "high", "medium", "low"))
    parser.add_argument("--alone", action="store_true", help="without the reactions of other floors")
    given = parser.parse_args()
    main(given.clocks, given.due, given.urgency, is_alone=given.alone)
