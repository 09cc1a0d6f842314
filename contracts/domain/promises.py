"""What a plan promises to a ticket, with every moment worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Objective, OwedDocument, Plan, Target

#: Half-open stretches of time from their start to their end.
Windows = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: how long, on which calendar, and by when (S2).

    `due_at` is None where the clock starts only later, as with updates during an intervention; `repeats`
    marks an interval that starts anew with every public update (S8).
    """

    objective: Objective
    label: str
    calendar: str
    seconds: int
    due_at: datetime | None
    repeats: bool


def target_seconds(target: Target, *, calendars: Mapping[str, Calendar]) -> int:
    """The target in whole seconds of open time; a business day is a full day of the target's calendar."""
    if target.seconds is not None:
        return target.seconds
    return (target.business_days or 0) * calendars[target.calendar].full_day_seconds()


def promises(
    plan: Plan,
    *,
    request_type: str,
    urgency: str,
    calendars: Mapping[str, Calendar],
    at: datetime,
    windows: Windows = (),
) -> tuple[Promise, ...]:
    """Every promise of the plan for that request type and urgency, as of `at`, in the plan's order.

    `windows` are announced maintenance windows of the instance; time inside them is not counted (S11).
    """
    found = []
    for rule in plan.objectives:
        target = plan.target(objective=rule.objective, request_type=request_type, urgency=urgency)
        if target is None:
            continue
        seconds = target_seconds(target, calendars=calendars)
        starts_now = rule.starts_on == "opened"
        found.append(
            Promise(
                objective=rule.objective,
                label=rule.label,
                calendar=target.calendar,
                seconds=seconds,
                due_at=_due_at(calendars[target.calendar], at, seconds, windows) if starts_now else None,
                repeats=target.repeats,
            )
        )
    return tuple(found)


def documents_owed(plan: Plan, *, request_type: str, rank: int) -> tuple[OwedDocument, ...]:
    """The documents that the plan owes on a ticket of that kind and rank (domain.md §4)."""
    return tuple(
        document
        for document in plan.documents
        if request_type in document.request_types and rank in document.ranks
    )


def document_due_at(document: OwedDocument, *, business: Calendar, solved_at: datetime) -> datetime:
    """By when a document is due: whole business days of open time after the solution (S3)."""
    return business.add(solved_at, document.due_business_days * business.full_day_seconds())


def _due_at(calendar: Calendar, at: datetime, seconds: int, windows: Windows) -> datetime:
    """When that much open time outside the windows has passed; a later moment can uncover a later window."""
    due = calendar.add(at, seconds)
    while True:
        hidden = sum(calendar.elapsed(start, end) for start, end in _merged(windows, since=at, until=due))
        later = calendar.add(at, seconds + hidden)
        if later == due:
            return due
        due = later


def _merged(windows: Windows, *, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The windows between two moments as stretches that do not overlap, earliest first."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(windows):
        begin, last = max(start, found[-1][1] if found else since, since), min(end, until)
        if begin < last:
            found.append((begin, last))
    return found
