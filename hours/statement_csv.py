"""A statement as CSV, for spreadsheets and for reckoning it up again (H9)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from hours.domain.statement import Line, StatementBody
from hours.models import EntryState, Movement

COLUMNS = (
    "number",
    "at",
    "kind",
    "bucket",
    "ticket",
    "person",
    "worked_on",
    "worked_minutes",
    "billed_minutes",
    "minutes",
    "balance",
    "note",
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def statement_csv(body: StatementBody) -> str:
    """The statement with a line for opening and closing; minutes whole, moments ISO 8601 in UTC.

    Texts that a spreadsheet would take for a formula are led by an apostrophe.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(body))
    return out.getvalue()


def kind_label(kind: str) -> str:
    """The words for the kind of a line: a movement, or what became of an entry that moved nothing."""
    if kind in Movement.values:
        return str(Movement(kind).label)
    return str(EntryState(kind).label)


def _rows(body: StatementBody) -> Iterator[list[object]]:
    yield _balance_row("Opening balance", body.opening)
    for line in (*body.lines, *body.aside):
        yield _row(line)
    yield _balance_row("Closing balance", body.closing)


def _row(line: Line) -> list[object]:
    is_work = line.entry_id is not None
    return [
        line.number or "",
        line.at,
        kind_label(line.kind),
        _safe(line.bucket),
        line.ticket,
        _safe(line.person),
        line.worked_on,
        line.worked_minutes if is_work else "",
        line.billed_minutes if is_work else "",
        line.minutes,
        line.balance if line.number else "",
        _safe(line.note),
    ]


def _balance_row(label: str, minutes: int) -> list[object]:
    return ["", "", label, *[""] * 7, minutes, ""]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
