"""What the codes in a report are called: the plans' own words for urgencies and kinds, names of clients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.domain.plan import Plan
from contracts.queries import offered_plans
from web.wording.clocks import OBJECTIVES

COMMITMENTS = {"objective": "objectives", "guarantee": "guarantees", "best_efforts": "best efforts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value of a view in words; `rank` is that of an urgency, 0 for everything else."""

    label: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words for every value that a report may show, by view and value."""

    by_view: Mapping[str, Mapping[str, Named]]

    def of(self, view: str, value: str) -> Named:
        """The words for a value; a month is said by name, an unknown code as it is."""
        if view == "month":
            return Named(label=month_name(value))
        return self.by_view.get(view, {}).get(value) or Named(label=value)


def names() -> Names:
    """The words of the plans on offer, in one statement."""
    plans = offered_plans()
    return Names(
        by_view={
            "objective": {code: Named(label=label) for code, label in OBJECTIVES.items()},
            "commitment": {code: Named(label=label) for code, label in COMMITMENTS.items()},
            "plan": {plan.key: Named(label=plan.title) for plan in plans},
            "urgency": _urgencies(plans),
            "request_type": {
                kind.code: Named(label=kind.label) for plan in plans for kind in plan.request_types
            },
        }
    )


def month_name(month: str) -> str:
    """`2026-03` as `Mar 2026`."""
    try:
        return f"{date.fromisoformat(f'{month}-01'):%b %Y}"
    except ValueError:
        return month


def _urgencies(plans: list[Plan]) -> dict[str, Named]:
    """Every urgency by its code; where plans rank a code differently, the word stands without a shape."""
    known: dict[str, Named] = {}
    for urgency in (one for plan in plans for one in plan.urgencies):
        named = Named(label=urgency.label, rank=urgency.rank)
        known[urgency.code] = (
            named
            if known.setdefault(urgency.code, named).rank == urgency.rank
            else Named(label=urgency.label)
        )
    return known
