"""When a plan answers, as its page tells it: one table an objective, and in whose hours it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, OwedDocument, Plan
from contracts.domain.promises import target_seconds
from web.wording.calendars import opening_hours


def times_of(plan: Plan, calendars: Mapping[str, Calendar]) -> dict[str, Any]:
    """The tables, the hours that most targets count in, why clocks pause, and what is owed in writing."""
    usual = _usual(plan, calendars)
    return {
        "tables": _tables(plan, calendars, usual),
        "opening": opening_hours(calendars[usual]),
        "pauses": [f"The clocks wait when {_sentence(_small(rule.reason))}" for rule in plan.pauses],
        "documents": [_document(plan, one) for one in plan.documents],
        "weekends": weekends_of(plan),
        "updates": [
            (one, plan.update_notes[one.code]) for one in plan.urgencies if one.code in plan.update_notes
        ],
    }


def _usual(plan: Plan, calendars: Mapping[str, Calendar]) -> str:
    """The calendar of most targets, those of day and night aside; by default the contract's own."""
    used = Counter(one.calendar for one in plan.targets if not calendars[one.calendar].is_always)
    return used.most_common(1)[0][0] if used else "business"


def _tables(plan: Plan, calendars: Mapping[str, Calendar], usual: str) -> list[dict[str, Any]]:
    """Urgencies down, request types across, each target in seconds or None."""
    tables = []
    for rule in plan.objectives:
        rows = [(one, _cells(plan, rule.objective, one.code, calendars, usual)) for one in plan.urgencies]
        if any(any(cells) for _, cells in rows):
            tables.append({"label": rule.label, "rows": rows})
    return tables


def _cells(
    plan: Plan, objective: Objective, urgency: str, calendars: Mapping[str, Calendar], usual: str
) -> list[dict[str, Any] | None]:
    cells: list[dict[str, Any] | None] = []
    for kind in plan.request_types:
        target = plan.target(objective=objective, request_type=kind.code, urgency=urgency)
        if target is None:
            cells.append(None)
            continue
        is_usual = target.calendar == usual
        cells.append(
            {
                "seconds": target_seconds(target, calendars=calendars),
                "days": target.business_days,
                "repeats": target.repeats,
                "calendar": "" if is_usual else opening_hours(calendars[target.calendar]),
            }
        )
    return cells


def _document(plan: Plan, document: OwedDocument) -> str:
    kinds = " or ".join(plan.request_type(kind).label.lower() for kind in document.request_types)
    urgencies = " or ".join(one.label.lower() for one in plan.urgencies if one.rank in document.ranks)
    which = "" if len(document.ranks) == len(plan.urgencies) else f" ({urgencies})"
    days = document.due_business_days
    article = "an" if kinds[:1] in "aeiou" else "a"
    return f"{document.label}, {days} business days after the solution of {article} {kinds}{which}."


def weekends_of(plan: Plan) -> list[str]:
    """What holds at weekends: who works then, and the products that are left out or limited (E6)."""
    labels = {one.rank: one.label for one in plan.urgencies}
    told = [plan.coverage.weekend_note] if plan.coverage.weekend_note else []
    products: dict[str, list[str]] = {}
    for limit in plan.coverage.weekend_limits:
        ranks = ", ".join(labels[rank] for rank in limit.worst_ranks)
        what = "Not covered then" if limit.cover == "excluded" else f"Covered then for {ranks} only"
        products.setdefault(what, []).append(limit.product)
    return told + [f"{what}: {', '.join(found)}." for what, found in products.items()]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
