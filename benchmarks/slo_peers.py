"""The sweep beside django-helpdesk's escalation, alternated in one run on one database server (S3, S4).

HELPDESK_PYTHON=/opt/peers/helpdesk/bin/python python -m benchmarks.slo_peers --due 2000 --rounds 3

The peer lives in a virtual environment of its own (see README.md); without HELPDESK_PYTHON only our figures
are printed. Ours record the breach, its events and what other floors do, then the outbox rows of them all.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.slo_world import OPENED_AT, SWEPT_AT, database, fill

from django.db import connection  # isort: skip - the world sets Django up
from django.test.utils import CaptureQueriesContext

from notify.services import dispatch
from slo.services import sweep_due

WARNED_AT = OPENED_AT + timedelta(hours=7)
PEER = Path(__file__).with_name("helpdesk_escalate.py")
BATCH = 500


def swept() -> None:
    """Sweep until nothing is due."""
    while sweep_due(at=SWEPT_AT, limit=BATCH):
        pass


def told() -> None:
    """Make the outbox rows of everything that was recorded."""
    while dispatch(at=SWEPT_AT, limit=BATCH):
        pass


def ours(due: int, *, is_after_downtime: bool) -> dict[str, float]:
    """Seconds and statements of one round; after a downtime, risk and miss are recorded at once."""
    with database():
        fill(clocks=due + 1, due=due)
        while not is_after_downtime and sweep_due(at=WARNED_AT, limit=BATCH):
            pass
        told()
        started = perf_counter()
        with CaptureQueriesContext(connection) as statements:
            swept()
        recorded = perf_counter()
        told()
        ended = perf_counter()
    return {
        "recorded": due / (recorded - started),
        "with outbox": due / (ended - started),
        "statements": len(statements) / due,
    }


def theirs(python: str, tickets: int) -> dict[str, Any]:
    """The same of django-helpdesk, in a process of its own on the same server."""
    own = connection.settings_dict
    options = {"host": own["HOST"], "port": own["PORT"], "user": own["USER"], "password": own["PASSWORD"]}
    command = [python, str(PEER), "--name", str(own["NAME"]), "--tickets", str(tickets)]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    figures = json.loads(ended.stdout)
    return {"recorded": figures["escalated"] / figures["seconds"], "statements": figures["statements"]}


def main(due: int, rounds: int) -> None:
    """Alternate the rounds and print the medians and their ratios."""
    python = os.environ.get("HELPDESK_PYTHON", "")
    mine, late, peers = [], [], []
    for _ in range(rounds):
        if python and connection.vendor == "postgresql":
            peers.append(theirs(python, min(due, BATCH)))
        mine.append(ours(due, is_after_downtime=False))
        late.append(ours(due, is_after_downtime=True))
    middle = {name: statistics.median(one[name] for one in mine) for name in mine[0]}
    print(f"ours, recorded with reactions    {middle['recorded']:>10,.0f} a second")
    print(f"ours, and their outbox rows      {middle['with outbox']:>10,.0f} a second")
    print(f"ours, statements a due clock     {middle['statements']:>10.4f}")
    at_once = statistics.median(one["recorded"] for one in late)
    print(f"ours, with the risk at once      {at_once:>10,.0f} a second")
    if not peers:
        print("django-helpdesk is not measured: HELPDESK_PYTHON names no Python (see benchmarks/README.md)")
        return
    peer = statistics.median(one["recorded"] for one in peers)
    print(f"django-helpdesk, escalated       {peer:>10,.0f} a second")
    print(f"django-helpdesk, statements      {peers[0]['statements']:>10.4f}")
    print(f"ours over theirs                 {middle['recorded'] / peer:>10.1f} recorded")
    print(f"ours over theirs                 {middle['with outbox'] / peer:>10.1f} with outbox rows")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    main(given.due, given.rounds)
