"""How fast the business calendar is, beside its peers in alternated rounds: goals P1 to P5 and P7.

Run as `python -m benchmarks.calendar_speed [rounds]`. Peers that are not installed are named and left out.
Every figure is the median of its rounds; a ratio compares medians of the same rounds.
"""

import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from benchmarks.calendar_peers import OFFICE, Peer, bare, businesstimedelta, django_bizcal, numpy_batches
from contracts.domain.calendar import Calendar
from contracts.domain.calendar.reading import read_rule
from contracts.domain.calendar.timeline import BLOCK_SECONDS, Timeline
from contracts.domain.calendar.zones import offset_stretches

HOUR = 3600
Run = Callable[[], object]
Row = tuple[str, str, str, str, str]


def medians(runs: dict[str, Run], *, rounds: int) -> dict[str, float]:
    """Run all by turns, and give the median seconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            since = perf_counter()
            run()
            taken[name].append(perf_counter() - since)
    return {name: median(times) for name, times in taken.items()}


def starts(count: int) -> list[datetime]:
    """Draw moments of the years 2025 and 2026, the same in every run."""
    draw = random.Random(20260302)
    first = datetime(2025, 1, 1, tzinfo=UTC)
    return [first + timedelta(seconds=draw.randrange(2 * 365 * 86_400)) for _ in range(count)]


def adding(peer: Peer, moments: Sequence[datetime], seconds: int) -> Run:
    """Move each moment by itself."""
    return lambda: [peer.add(moment, seconds) for moment in moments]


def counting(peer: Peer, moments: Sequence[datetime], days: int) -> Run:
    """Count from each moment over some days."""
    pairs = [(moment, moment + timedelta(days=days)) for moment in moments]
    return lambda: [peer.elapsed(start, end) for start, end in pairs]


def row(goal: str, what: str, ours: float, other: float, *, count: int, floor: str) -> Row:
    """Write a line of the table: times for one call, and how many times faster ours is."""
    micro = 1e6 / count
    return goal, what, f"{ours * micro:,.2f} us", f"{other * micro:,.2f} us", f"{other / ours:,.2f} ({floor})"


def beside(ours: Peer, other: Peer, *, rounds: int) -> list[Row]:
    """Measure adding and counting beside a peer (P1, P2)."""
    tasks: list[tuple[str, str, Callable[[Peer, Sequence[datetime], int], Run], int, str]] = [
        ("P1", "add 8 h", adding, 8 * HOUR, "floor 3, aim 4.5"),
        ("P1", "add 200 h", adding, 200 * HOUR, "floor 30, aim 55"),
        ("P2", "elapsed 1 d", counting, 1, "floor 5, aim 8"),
        ("P2", "elapsed 30 d", counting, 30, "floor 50, aim 80"),
        ("P2", "elapsed 1 y", counting, 365, "floor 600, aim 1000"),
    ]
    rows = []
    moments = starts(200)
    for goal, what, task, amount, floor in tasks:
        found = medians(
            {"ours": task(ours, moments, amount), "other": task(other, moments, amount)}, rounds=rounds
        )
        rows.append(row(goal, f"{what}, {other.name}", found["ours"], found["other"], count=200, floor=floor))
    return rows


def against_limit(ours: Peer, limit: Peer, *, rounds: int) -> list[Row]:
    """Measure beside a bare bisection (P3)."""
    moments, rows = starts(5000), []
    for what, task, amount in (("add 8 h", adding, 8 * HOUR), ("elapsed 30 d", counting, 30)):
        found = medians(
            {"ours": task(ours, moments, amount), "limit": task(limit, moments, amount)}, rounds=rounds
        )
        rows.append(
            row(
                "P3",
                f"{what}, {limit.name}",
                found["ours"],
                found["limit"],
                count=5000,
                floor="floor .6, aim .9",
            )
        )
    return rows


def flatness(ours: Peer, *, rounds: int) -> list[Row]:
    """Measure long amounts over short ones (P4); the ratio says how much slower the long one is."""
    moments = starts(5000)
    runs = {
        "30 min": adding(ours, moments, HOUR // 2),
        "200 h": adding(ours, moments, 200 * HOUR),
        "1 d": counting(ours, moments, 1),
        "1 y": counting(ours, moments, 365),
    }
    found = medians(runs, rounds=rounds)
    pairs = (("add 200 h over 30 min", "200 h", "30 min"), ("elapsed 1 y over 1 d", "1 y", "1 d"))
    return [
        row("P4", what, found[short], found[long], count=5000, floor="floor 1.3, aim 1.1")
        for what, long, short in pairs
    ]


def batches(calendar: Calendar, *, rounds: int) -> list[Row]:
    """Measure the recomputing of many due times beside numpy (P5)."""
    moments = starts(20_000)
    runs: dict[str, Run] = {"ours": lambda: calendar.add_many(moments, 8 * HOUR)}
    for name, batch in numpy_batches(calendar).items():
        runs[name] = lambda batch=batch: batch(moments, 8 * HOUR)  # type: ignore[misc]
    found = medians(runs, rounds=rounds)
    return [
        row("P5", name, found["ours"], seconds, count=20_000, floor="floor 0.25, aim 0.6")
        for name, seconds in found.items()
        if name != "ours"
    ]


def compiling(*, rounds: int) -> list[Row]:
    """Measure working out three years from nothing, and finding a calendar known already (P7)."""
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2025, 2028))

    def compile_anew() -> None:
        offset_stretches.cache_clear()
        timeline = Timeline(read_rule(OFFICE))
        for index in range(first // BLOCK_SECONDS, last // BLOCK_SECONDS + 1):
            timeline.block(index)

    text = Calendar.from_dict(OFFICE).canonical
    found = medians({"anew": compile_anew, "known": lambda: Calendar.from_json(text)}, rounds=rounds)
    return [
        ("P7", "compile 2025 to 2027", f"{found['anew'] * 1e3:.1f} ms", "", "(floor 100 ms, aim 20 ms)"),
        ("P7", "a calendar known already", f"{found['known'] * 1e6:.2f} us", "", ""),
    ]


def main(rounds: int) -> None:
    """Measure all, and print one table."""
    calendar = Calendar.from_dict(OFFICE)
    ours, limit = Peer("ours", calendar.add, calendar.elapsed), bare(calendar)
    rows: list[Row] = [("goal", "what, beside what", "ours", "other", "ratio (goal)")]
    for name, peer in (("django-bizcal", django_bizcal()), ("businesstimedelta", businesstimedelta())):
        rows += (
            beside(ours, peer, rounds=rounds) if peer else [("P1-P2", f"{name} is not installed", "", "", "")]
        )
    rows += against_limit(ours, limit, rounds=rounds) + flatness(ours, rounds=rounds)
    rows += batches(calendar, rounds=rounds) or [("P5", "numpy is not installed", "", "", "")]
    rows += compiling(rounds=rounds)
    widths = [max(len(line[column]) for line in rows) for column in range(5)]
    for line in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
