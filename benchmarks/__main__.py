"""Every benchmark, each in a process and a database of its own, and one table of their figures at the end.

python -m benchmarks [--size 1.0] [--only NAME]

`--size` scales tickets, clocks and entries; the default is what two cores do in some minutes. The database is
PostgreSQL: that of DATABASE_URL, else one of our own for a while, which does not wait for the disk.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.services import postgres


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A program of this folder, what it measures, and how its size is said."""

    module: str
    title: str
    option: str = ""
    amount: int = 0
    more: tuple[str, ...] = ()

    def arguments(self, size: float) -> list[str]:
        """The command line for that size."""
        amount = str(max(1, round(self.amount * size)))
        scaled = [self.option, amount] if self.option else ([amount] if self.amount else [])
        return [sys.executable, "-m", f"benchmarks.{self.module}", *scaled, *self.more]


ALL = {
    one.module: one
    for one in (
        Benchmark(module="calendar_speed", title="Calendars: add and elapsed (P1 to P7)"),
        Benchmark(module="slo_fold", title="Clocks: the fold"),
        Benchmark(
            module="slo_sweep", title="Clocks: the sweep (S1 to S4)", option="--clocks", amount=100_000
        ),
        Benchmark(
            module="slo_peers",
            title="Clocks: the sweep beside django-helpdesk (S3, S4)",
            option="--due",
            amount=2000,
        ),
        Benchmark(
            module="slo_projection", title="Clocks: what an event costs", option="--rounds", amount=100
        ),
        Benchmark(module="slo_report", title="Clocks: the report", option="--clocks", amount=1_000_000),
        Benchmark(
            module="slo_replay", title="Clocks: the what-if replay", option="--tickets", amount=100_000
        ),
        Benchmark(module="hours_ledger", title="Hours: logging and statements", amount=400, more=("4",)),
        Benchmark(module="hours_crowd", title="Hours: a crowd on one balance", amount=20, more=("10",)),
        Benchmark(module="mailings", title="Mailings: one insight to many (P5)", amount=10_000),
        Benchmark(module="alerts", title="Monitoring: a flood of alerts (P8)", amount=100_000),
        Benchmark(
            module="tickets_speed",
            title="Tickets: API and pages (T1 to T12)",
            option="--tickets",
            amount=10_000,
        ),
    )
}


@contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """The variables that lead to the database; no broker, so that nothing but ours is measured."""
    plain = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DEMO")}
    if plain.get("DATABASE_URL"):
        yield {"SECRET_KEY": secrets.token_hex(32), **plain}
        return
    with tempfile.TemporaryDirectory(prefix="caredesk-benchmarks-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with postgres(folder) as url:
            yield {**plain, "DATABASE_URL": url, "SECRET_KEY": secrets.token_hex(32)}


def run(benchmark: Benchmark, *, size: float, environment: Mapping[str, str]) -> tuple[bool, str]:
    """Run one, say its lines as they come, and give them; the first says whether it ended well."""
    print(f"\n{benchmark.title}", flush=True)
    lines = []
    started = perf_counter()
    with subprocess.Popen(  # noqa: S603 - the command is ours
        benchmark.arguments(size), stdout=subprocess.PIPE, text=True, env=dict(environment)
    ) as process:
        for line in process.stdout or ():
            print(f"  {line}", end="", flush=True)
            lines.append(line)
    lines.append(f"({perf_counter() - started:,.0f} s)\n")
    return process.returncode == 0, "".join(lines)


def main() -> int:
    """Run all, or the one asked for; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--only", choices=sorted(ALL))
    given = parser.parse_args()
    chosen = [ALL[given.only]] if given.only else list(ALL.values())
    with surroundings() as environment:
        results = [(one, *run(one, size=given.size, environment=environment)) for one in chosen]
    print("\n" + "=" * 100)
    for one, is_well, text in results:
        print(f"\n{one.title}{'' if is_well else '  FAILED'}\n{'-' * 100}\n{text}", end="")
    return 0 if all(is_well for _, is_well, _ in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
