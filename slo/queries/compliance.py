"""The compliance report: met of counted, by any of six views, with what was not counted beside it (S16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from events.domain.actor import Actor
from events.domain.errors import Invalid
from slo.domain.terms import THRESHOLD
from slo.models import ClockQuerySet, ClockState
from slo.queries.lists import visible_to

#: What the figures can be split by, and the column that each stands in.
VIEWS: Mapping[str, str] = {
    "objective": "objective",
    "urgency": "urgency",
    "request_type": "request_type",
    "plan": "plan",
    "client": "client__name",
    "month": "month",
}

#: What the figures can be narrowed to.
FILTERS: Mapping[str, str] = {
    "objective": "objective",
    "urgency": "urgency",
    "rank": "rank",
    "request_type": "request_type",
    "plan": "plan",
    "client": "client__key__iexact",
    "contract": "contract_id",
    "commitment": "commitment",
}


@dataclass(slots=True)
class Figures:
    """How many clocks stand how; `running` ones are not decided yet."""

    met: int = 0
    missed: int = 0
    exempt: int = 0
    paused: int = 0
    cancelled: int = 0
    running: int = 0

    @property
    def counted(self) -> int:
        """Met and missed ones: what compliance is a share of."""
        return self.met + self.missed

    @property
    def compliance(self) -> float | None:
        """Met of counted, from 0 to 1; None where nothing was counted."""
        return self.met / self.counted if self.counted else None

    def take(self, state: str, number: int) -> None:
        """Add that many clocks of a state."""
        setattr(self, state, getattr(self, state) + number)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the report: view to value (months as `2026-03`), and the figures."""

    group: Mapping[str, str]
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of a period, split as asked, with their total; both dates belong to the period."""

    from_on: date
    to_on: date
    group_by: Sequence[str]
    filters: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[ReportRow] = ()
    total: Figures = field(default_factory=Figures)


def compliance(
    actor: Actor,
    *,
    from_: date,
    to: date,
    group_by: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
) -> Report:
    """The report over the clocks due from `from_` to `to` in their contracts' zones, in one statement.

    Clocks without a due time stand in the month of their start. Raises `Invalid` for an unknown view or
    filter, or a period that ends before it begins.
    """
    filters = dict(filters or {})
    _check(from_=from_, to=to, group_by=group_by, filters=filters)
    views = [VIEWS[view] for view in group_by]
    clocks = clocks_behind(actor, from_=from_, to=to, filters=filters).order_by()
    clocks = clocks.annotate(month=TruncMonth("due_on"))
    counts = clocks.values_list(*views, "state").annotate(number=Count("id")).order_by(*views)
    rows: dict[tuple[str, ...], Figures] = {}
    total = Figures()
    for *group, state, number in counts:
        place = tuple(_word(value) for value in group)
        rows.setdefault(place, Figures()).take(state, number)
        total.take(state, number)
    told = [ReportRow(dict(zip(group_by, place, strict=True)), figures) for place, figures in rows.items()]
    return Report(from_on=from_, to_on=to, group_by=tuple(group_by), filters=filters, rows=told, total=total)


def clocks_behind(
    actor: Actor,
    *,
    from_: date,
    to: date,
    filters: Mapping[str, str] | None = None,
    state: str = "",
    month: str = "",
) -> ClockQuerySet:
    """The clocks behind a number of the report, with their tickets, in order of due; `month` is `2026-03`."""
    filters = dict(filters or {})
    _check(from_=from_, to=to, group_by=(), filters=filters)
    found = visible_to(actor).filter(due_on__gte=from_, due_on__lte=to)
    found = found.filter(**{FILTERS[name]: value for name, value in filters.items()})
    if filters.get("objective") != "resolution":
        found = found.exclude(commitment=THRESHOLD)
    if state:
        found = found.filter(state=_known_state(state))
    if month:
        first = _first_of(month)
        found = found.filter(due_on__year=first.year, due_on__month=first.month)
    return found.select_related("ticket", "client").order_by(F("due_at").asc(nulls_last=True), "id")


def _check(*, from_: date, to: date, group_by: Sequence[str], filters: Mapping[str, str]) -> None:
    faults = {}
    if to < from_:
        faults["to"] = "The period ends before it begins; swap the two dates."
    unknown = [view for view in group_by if view not in VIEWS]
    if unknown or len(set(group_by)) != len(group_by):
        faults["group_by"] = f"Split by each of these at most once: {', '.join(VIEWS)}."
    for name, value in filters.items():
        if name not in FILTERS:
            faults[name] = f"Narrow by one of these: {', '.join(FILTERS)}."
        elif name in ("rank", "contract") and not (str(value).isascii() and str(value).isdigit()):
            faults[name] = "Give a whole number."
    if faults:
        raise Invalid("The report cannot be made like that.", fields=faults)


def _known_state(state: str) -> str:
    if state not in ClockState.values:
        raise Invalid(f"Clocks are {', '.join(ClockState.values)}.", fields={"state": "Unknown state."})
    return state


def _first_of(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Invalid("Write the month like 2026-03.", fields={"month": "Write it like 2026-03."}) from None


def _word(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value)
