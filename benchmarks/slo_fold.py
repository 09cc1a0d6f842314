"""The fold and the explanation, a second: an answered ticket, a long incident, a year of silence.

python -m benchmarks.slo_fold
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, ObjectiveRule, PauseRule
from slo.domain.clock import FoldedClock
from slo.domain.engine import fold
from slo.domain.terms import Promise, Terms
from slo.domain.timeline import Fact

START = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
OFFICE = Calendar.from_dict(
    {
        "tz": "Europe/Brussels",
        "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)
RULES = (
    ObjectiveRule(objective=Objective.FIRST_RESPONSE, label="Response", met_by=("public_staff_message",)),
    ObjectiveRule(objective=Objective.INTERVENTION, label="Work", met_by=("work_started",)),
    ObjectiveRule(
        objective=Objective.STATUS_UPDATE,
        label="Update",
        starts_on="work_started",
        met_by=("public_staff_message",),
        ends_on=("resolved",),
    ),
)
HOURS = {Objective.FIRST_RESPONSE: 4, Objective.INTERVENTION: 8, Objective.STATUS_UPDATE: 2}


def terms(*objectives: Objective) -> Terms:
    """Terms that promise those objectives in office hours, and pause."""
    return Terms(
        commitment="guarantee",
        rules=tuple(rule for rule in RULES if rule.objective in objectives),
        promises={
            (one.value, "incident", "high"): Promise(calendar="business", seconds=HOURS[one] * 3600)
            for one in objectives
        },
        repeating=frozenset({"status_update"}),
        pauses=(PauseRule(status="waiting_on_client", objectives=tuple(Objective), reason="Asked"),),
    )


def fact(kind: str, hours: float, status: str = "") -> Fact:
    """What happens so long after the opening."""
    return Fact(kind=kind, at=START + timedelta(hours=hours), status=status)


OPENED = Fact(kind="opened", at=START, urgency="high", request_type="incident")
LONG = [
    OPENED,
    fact("work_started", 1),
    *(
        one
        for day in range(10)
        for one in (
            fact("status", 24 * day + 2, "waiting_on_client"),
            fact("status", 24 * day + 3, "in_progress"),
            fact("public_staff_message", 24 * day + 4),
        )
    ),
]
STORIES = {
    "answered ticket, 1 objective": (
        terms(Objective.FIRST_RESPONSE),
        [OPENED, fact("public_staff_message", 1)],
        2,
    ),
    "answered ticket, 2 objectives": (
        terms(Objective.FIRST_RESPONSE, Objective.INTERVENTION),
        [OPENED, fact("work_started", 1), fact("public_staff_message", 1)],
        2,
    ),
    "ten days, 3 objectives, 30 facts": (terms(*HOURS), LONG, 240),
    "a year of silence, 3 objectives": (terms(*HOURS), [OPENED, fact("work_started", 1)], 24 * 365),
}


def rate(act: Callable[[], object], *, seconds: float = 1.0) -> float:
    """How often the act runs in a second."""
    act()
    since, done = time.perf_counter(), 0
    while time.perf_counter() - since < seconds:
        act()
        done += 1
    return done / (time.perf_counter() - since)


def main() -> None:
    """Fold and explain each story and print a table."""
    print(f"{'story':<36} {'clocks':>7} {'folds/s':>10} {'folds with segments/s':>22}")
    for name, (of, facts, hours) in STORIES.items():
        folded = partial(fold, of, {"business": OFFICE}, facts, until=START + timedelta(hours=hours))
        told = partial(explained, folded, START + timedelta(hours=hours))
        print(f"{name:<36} {len(folded()):>7} {rate(folded):>10,.0f} {rate(told):>22,.0f}")


def explained(folded: Callable[[], Iterable[FoldedClock]], until: datetime) -> int:
    """Fold, and lay every clock out in its stretches; gives how many there are."""
    return sum(len(one.segments(until=until)) for one in folded())


if __name__ == "__main__":
    main()
