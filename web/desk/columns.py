"""The columns of the queue: which there are, which are shown, and how they make way on narrow screens."""

from __future__ import annotations

from typing import Any

from web.desk.addresses import same_queue
from web.desk.listing import COLUMNS, SORTS, Narrowing
from web.requests import StaffRequest

#: What somebody chose last is kept with the browser, for it depends on the screen.
COLUMNS_COOKIE = "cd-columns"
#: From which width on a column stands in the table; below it the line under the subject tells the gravest.
WIDTHS = {
    "due": "d-none d-md-table-cell",
    "urgency": "d-none d-lg-table-cell",
    "client": "d-none d-xl-table-cell",
    "kind": "d-none d-xl-table-cell",
    "status": "d-none d-xxl-table-cell",
    "owner": "d-none d-lg-table-cell",
    "team": "d-none d-xl-table-cell",
    "opened": "d-none d-xl-table-cell",
    "changed": "d-none d-xl-table-cell",
}


def heads_of(request: StaffRequest, wanted: Narrowing) -> list[dict[str, Any]]:
    """The heads of the table; those that can be sorted by are links."""

    def head(name: str) -> dict[str, Any]:
        told: dict[str, Any] = {"label": COLUMNS[name], "css": WIDTHS[name]}
        if name in SORTS:
            told["address"] = same_queue(request, sort=None if name == "due" else name)
            told["sorted"] = "ascending" if wanted.sort == name else ""
        return told

    first = [{"pick": "Select all tickets shown", "css": "d-none d-sm-table-cell"}]
    first += [head("due")] if "due" in wanted.columns else []
    first.append({"label": "Clock", "css": "ps-3 ps-sm-2"})
    first += [head("urgency")] if "urgency" in wanted.columns else []
    return [*first, {"label": "Ticket"}, *(head(name) for name in wanted.columns if name not in _BEFORE)]


_BEFORE = ("due", "urgency")


def choices_of(wanted: Narrowing) -> list[dict[str, Any]]:
    """Every column with whether it is shown, for the form that chooses them."""
    return [
        {"name": name, "label": label, "is_on": name in wanted.columns} for name, label in COLUMNS.items()
    ]
