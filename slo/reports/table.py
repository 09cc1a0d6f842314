"""The compliance report as lines of cells, and as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from slo.queries.compliance import Figures, Report

#: What a value of a view is called; without it values stand as they are stored.
Name = Callable[[str, str], str]

#: Column of the figures to its heading, in the order in which they are shown.
FIGURES = {
    "met": "Met",
    "missed": "Missed",
    "compliance": "Met of counted, %",
    "exempt": "Exempt",
    "paused": "Paused",
    "cancelled": "Withdrawn",
    "running": "Running",
}

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def headings(report: Report) -> list[str]:
    """The headings of the table: the views, then the figures."""
    return [view.replace("_", " ").capitalize() for view in report.group_by] + list(FIGURES.values())


def lines(report: Report, *, name: Name | None = None) -> list[list[str]]:
    """The table without its headings, with the total as the last line."""
    said = name or _as_stored
    told = [
        [*(said(view, row.group[view]) for view in report.group_by), *_cells(row.figures)]
        for row in report.rows
    ]
    names = ["Total", *[""] * (len(report.group_by) - 1)] if report.group_by else []
    return [*told, [*names, *_cells(report.total)]]


def report_csv(report: Report, *, name: Name | None = None) -> str:
    """The report as CSV (RFC 4180); text that a spreadsheet would run gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings(report))
    writer.writerows([[safe_cell(cell) for cell in line] for line in lines(report, name=name)])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """The text as a cell that stays text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def percent(figures: Figures) -> str:
    """Met of counted in percent with one decimal, rounded down so that 100 % means all; empty without any."""
    if not figures.counted:
        return ""
    tenths = figures.met * 1000 // figures.counted
    return f"{tenths // 10}.{tenths % 10}"


def _as_stored(view: str, value: str) -> str:
    return value


def _cells(figures: Figures) -> list[str]:
    return [percent(figures) if name == "compliance" else str(getattr(figures, name)) for name in FIGURES]
