"""A flood of alerts: taken in, settled, and what comes of it: one ticket (P8).

python -m benchmarks.alerts 100000
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.slo_world import database
from proactive.models import Alert, Problem
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from tests.factories import MONDAY
from tests.proactive.monitoring.steps import signal, watched
from tickets.models import Ticket

TOGETHER = 1_000


def timed(act: Callable[[], object]) -> float:
    """Seconds that the act takes."""
    since = time.perf_counter()
    act()
    return time.perf_counter() - since


def settle_all(alerts: int) -> None:
    """Settle them batch by batch, with a bar where somebody looks."""
    done = 0
    while settled := settle_alerts(at=MONDAY + timedelta(hours=1)):
        done += settled
        if sys.stderr.isatty():
            print(f"\r{done:,} of {alerts:,}", end="", file=sys.stderr)


def main(alerts: int) -> None:
    """Hear one problem that often, and print what it cost."""
    with database():
        environment = watched()
        one = [signal()]

        def take_in() -> None:
            for number in range(0, alerts, TOGETHER):
                at = MONDAY + timedelta(milliseconds=number)
                keep_signals(at=at, environment=environment, signals=one * min(TOGETHER, alerts - number))

        taking = timed(take_in)
        with CaptureQueriesContext(connection) as statements:
            settling = timed(lambda: settle_all(alerts))
        problem = Problem.objects.get()
        figures = [
            ("alerts", f"{Alert.objects.count():,}"),
            ("taken in", f"{taking:,.1f} s, {alerts / taking:,.0f} a second"),
            ("settled", f"{settling:,.1f} s, {alerts / settling:,.0f} a second"),
            ("statements an alert", f"{len(statements) / alerts:.4f}"),
            ("what came of it", f"{Ticket.objects.count()} ticket, counted {problem.count:,} times"),
        ]
    for name, value in figures:
        print(f"{name:<24} {value}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
