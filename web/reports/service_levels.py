"""The service-level report (S16): what was asked for, figures, charts, the clocks behind each number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict

from accounts.models import Client
from contracts.domain.plan import Commitment
from events.domain.actor import Actor
from slo.queries import clocks_behind, compliance
from slo.queries.compliance import Figures, Report
from slo.reports.missed import printed
from slo.reports.pdf import report_pdf
from slo.reports.table import Name, report_csv
from web.drawing.line_chart import LineChart, line_chart
from web.reports.naming import Names, month_name, names
from web.requests import PageRequest
from web.wording.clocks import OBJECTIVES

VIEWS = (
    ("objective", "Objective"),
    ("urgency", "Urgency"),
    ("request_type", "Kind"),
    ("plan", "Plan"),
    ("client", "Client"),
    ("month", "Month"),
)
BESIDE = (
    ("exempt", "exempt"),
    ("paused", "paused"),
    ("cancelled", "withdrawn"),
    ("running", "still running"),
)
SHOWN = 50
#: Missed clocks that the printed report explains, in order of due.
PRINTED = 20
GOAL = 0.95
#: What the figures are, in the plans' own words (S18).
_WORDING = {
    "objectives": "Objectives are aims, not guarantees.",
    "guarantees": "These are guarantees of the plan.",
    "objectives and guarantees": "Some plans guarantee; the objectives of the others are aims.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader asked for: a period of dates, both included, a view, and what it is narrowed to."""

    from_on: date
    to_on: date
    by: str
    filters: Mapping[str, str]

    def address(self, **more: str) -> str:
        """The same question as a query string, with more or other parameters."""
        asked = {
            "from": self.from_on.isoformat(),
            "to": self.to_on.isoformat(),
            "by": self.by,
            **self.filters,
            **more,
        }
        return urlencode({name: value for name, value in asked.items() if value})


def asked_for(query: QueryDict, *, today: date, only_client: str = "") -> Asked:
    """Read the question from the address; what cannot be read falls back to the last six months.

    `only_client` narrows to one client whatever the address says.
    """
    first = (today.replace(day=1) - timedelta(days=150)).replace(day=1)
    filters = {
        name: query.get(name, "")
        for name in ("client", "objective", "urgency", "request_type", "plan", "commitment")
        if query.get(name)
    }
    if only_client:
        filters["client"] = only_client
    by = query.get("by", "")
    return Asked(
        from_on=_date(query.get("from", "")) or first,
        to_on=_date(query.get("to", "")) or today,
        by=by if by in dict(VIEWS) else "urgency",
        filters=filters,
    )


def report_context(actor: Actor, asked: Asked, *, clients: Sequence[Client] = ()) -> dict[str, Any]:
    """Everything the report page shows, in a handful of statements however much was due.

    `clients` are those that the reader may narrow the report to; the portal gives none.
    """
    monthly = _report(actor, asked, ("objective", "month"))
    split = _report(actor, asked, (asked.by,))
    words, noun = names(), _noun(asked, actor)
    return {
        "asked": asked,
        "views": VIEWS,
        "view": dict(VIEWS)[asked.by],
        "clients": clients,
        "chips": _chips(asked, words),
        "total": monthly.total,
        "beside": [(getattr(monthly.total, state), said, state) for state, said in BESIDE],
        "months": [month_name(month).split()[0] for month in _months(monthly)],
        "objectives": _objectives(monthly, asked),
        "all_months": _all_months(monthly, asked),
        "split": [_split_row(row.group[asked.by], row.figures, asked, words, clients) for row in split.rows],
        "missed": _latest_missed(actor, asked, words),
        "noun": noun,
        "wording": _WORDING[noun],
        "query": asked.address(),
    }


def clocks_context(actor: Actor, asked: Asked, *, state: str, month: str) -> dict[str, Any]:
    """The clocks behind one number, first fifty."""
    found = list(_behind(actor, asked, state=state, month=month)[: SHOWN + 1])
    words = names()
    return {
        "asked": asked,
        "clocks": [{"clock": one, "urgency": words.of("urgency", one.urgency)} for one in found[:SHOWN]],
        "has_more": len(found) > SHOWN,
        "state": state,
        "month": month_name(month),
    }


def as_csv(actor: Actor, asked: Asked) -> HttpResponse:
    """The same figures as CSV, in the same words."""
    told = report_csv(_report(actor, asked, (asked.by,)), name=_naming(names()))
    return _file(told.encode(), "text/csv; charset=utf-8", "csv")


def as_pdf(request: PageRequest, asked: Asked, *, title: str) -> HttpResponse:
    """The same figures as PDF."""
    missed = list(_behind(request.actor, asked, state="missed")[:PRINTED])
    report = _report(request.actor, asked, (asked.by,))
    return _file(
        report_pdf(
            report,
            title=title,
            made_at=request.at,
            wording=_WORDING[_noun(asked, request.actor)],
            name=_naming(names()),
            explained=printed(missed, at=request.at),
        ),
        "application/pdf",
        "pdf",
    )


def _naming(words: Names) -> Name:
    return lambda view, value: words.of(view, value).label


def _report(actor: Actor, asked: Asked, group_by: Sequence[str]) -> Report:
    return compliance(actor, from_=asked.from_on, to=asked.to_on, group_by=group_by, filters=asked.filters)


def _behind(actor: Actor, asked: Asked, *, state: str, month: str = "") -> Any:  # noqa: ANN401  a queryset
    return clocks_behind(
        actor, from_=asked.from_on, to=asked.to_on, filters=asked.filters, state=state, month=month
    )


def _months(report: Report) -> list[str]:
    return sorted({row.group["month"] for row in report.rows})


def _objectives(report: Report, asked: Asked) -> list[dict[str, Any]]:
    months = _months(report)
    by_objective: dict[str, dict[str, Figures]] = {}
    for row in report.rows:
        by_objective.setdefault(row.group["objective"], {})[row.group["month"]] = row.figures
    return [_objective(name, cells, months, asked) for name, cells in sorted(by_objective.items())]


def _all_months(report: Report, asked: Asked) -> list[tuple[Figures, str]]:
    """The last row of the table: everything due in each month, and the question behind it."""
    sums = {month: Figures() for month in _months(report)}
    for row in report.rows:
        _add(sums[row.group["month"]], row.figures)
    return [(figures, asked.address(month=month)) for month, figures in sums.items()]


def _add(total: Figures, figures: Figures) -> None:
    for state in ("met", "missed", "exempt", "paused", "cancelled", "running"):
        total.take(state, getattr(figures, state))


def _objective(name: str, cells: Mapping[str, Figures], months: list[str], asked: Asked) -> dict[str, Any]:
    total = Figures()
    for figures in cells.values():
        _add(total, figures)
    return {
        "key": name,
        "label": OBJECTIVES.get(name, name),
        "total": total,
        "is_below": total.compliance is not None and total.compliance < GOAL,
        "address": asked.address(objective=name),
        "cells": [
            (month, cells.get(month, Figures()), asked.address(objective=name, month=month))
            for month in months
        ],
        "chart": _chart(name, cells, months),
    }


def _chart(name: str, cells: Mapping[str, Figures], months: list[str]) -> LineChart:
    figures = [
        (date.fromisoformat(f"{month}-01").strftime("%b"), _percent(cells.get(month, Figures())))
        for month in months
    ]
    return line_chart(figures, element_id=f"chart-{name}", name=OBJECTIVES.get(name, name))


def _percent(figures: Figures) -> float | None:
    """Met of counted with one decimal, rounded down as in the tables and files."""
    return figures.met * 1000 // figures.counted / 10 if figures.counted else None


def _split_row(
    value: str, figures: Figures, asked: Asked, words: Names, clients: Sequence[Client]
) -> dict[str, Any]:
    narrowed = value
    if asked.by == "client":
        narrowed = next((one.key for one in clients if one.name == value), asked.filters.get("client", ""))
    return {
        "named": words.of(asked.by, value),
        "figures": figures,
        "is_below": figures.compliance is not None and figures.compliance < GOAL,
        "address": asked.address(**{asked.by: narrowed}),
        "narrowed": asked.address(**_narrowing(asked, narrowed)),
    }


def _narrowing(asked: Asked, value: str) -> dict[str, str]:
    """What narrows the whole report to one line of the split; a month narrows the period."""
    if asked.by != "month":
        return {asked.by: value}
    first = date.fromisoformat(f"{value}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {
        "from": max(first, asked.from_on).isoformat(),
        "to": min(last, asked.to_on).isoformat(),
    }


def _latest_missed(actor: Actor, asked: Asked, words: Names) -> list[dict[str, Any]]:
    found = _behind(actor, asked, state="missed").order_by("-due_at", "-id")[:10]
    return [{"clock": one, "urgency": words.of("urgency", one.urgency)} for one in found]


def _chips(asked: Asked, words: Names) -> list[dict[str, str]]:
    """What the report is narrowed to beside the client, each with the question without it."""
    return [
        {"label": words.of(name, value).label, "address": f"?{asked.address(**{name: ''})}"}
        for name, value in asked.filters.items()
        if name != "client"
    ]


def _noun(asked: Asked, actor: Actor) -> str:
    """What was met or missed: objectives, guarantees, or both where plans of both kinds count (S18)."""
    kinds = set(_behind(actor, asked, state="").order_by().values_list("commitment", flat=True).distinct())
    if Commitment.GUARANTEE.value not in kinds:
        return "objectives"
    others = kinds - {Commitment.GUARANTEE.value, Commitment.BEST_EFFORTS.value}
    return "objectives and guarantees" if others else "guarantees"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="service-levels.{ending}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
