"""The grid of a week: its rows, and making it stand as it was typed, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.http import QueryDict

from events.domain.errors import Conflict, Invalid, NotHere
from hours.models import TimeEntry
from hours.queries import Timesheet
from hours.services import SheetCell, fill_timesheet
from tickets.models import Ticket
from tickets.queries import ticket_for
from web.desk.forms.week import MOST_ROWS, SheetLine, Typed, WeekForm
from web.requests import StaffRequest

OWN_ROWS = 6


def week_form(
    sheet: Timesheet, own: Sequence[Ticket], *, today: date, data: QueryDict | None = None
) -> WeekForm:
    """The week's tickets with what is logged, some of the reader's own open ones, and an empty row.

    What was sent keeps its own rows, in its order.
    """
    logged = {
        row.ticket.key: SheetLine(ticket=row.ticket, logged=_billed_by_day(row.entries, sheet.monday))
        for row in sheet.rows
    }
    rest = {one.key: SheetLine(ticket=one) for one in own if one.key not in logged}
    if data is None:
        lines = [*logged.values(), *list(rest.values())[:OWN_ROWS], SheetLine()]
    else:
        known = {**rest, **logged}
        lines = [known.get(key, SheetLine()) if is_own else SheetLine() for key, is_own in _sent_rows(data)]
        lines = lines or [SheetLine()]
    initial = {"request_key": uuid4().hex}
    return WeekForm(data, lines=lines, monday=sheet.monday, today=today, initial=initial)


def fill_week(request: StaffRequest, form: WeekForm) -> list[TimeEntry] | None:
    """Make the week stand as typed and give the entries that it took; None with the refusal at its cell."""
    cells = form.typed()
    tickets = {cell.key: _ticket(request, form, cell) for cell in cells}
    if form.errors:
        return None
    wanted = [
        SheetCell(
            ticket=ticket,
            worked_on=form.rows()[cell.row]["cells"][cell.day]["day"],
            minutes=cell.minutes,
            stands=cell.stands,
            note=cell.note,
            request_key=f"{form.cleaned_data['request_key']}-{cell.row}-{cell.day}",
        )
        for cell in cells
        if (ticket := tickets[cell.key]) is not None
    ]
    try:
        return fill_timesheet(actor=request.actor, at=request.at, cells=wanted)
    except Conflict as refused:
        form.add_error(None, refused.detail)
    except Invalid as refused:
        _place(form, cells, refused)
    return None


def _place(form: WeekForm, cells: Sequence[Typed], refused: Invalid) -> None:
    """Put each word of the refusal to the cell or note that it is about."""
    for name, words in refused.fields.items():
        number, _, field = name.partition(".")
        cell = cells[int(number)]
        form.add_error(f"r{cell.row}-note" if field == "note" else f"r{cell.row}-d{cell.day}", words)
    if not refused.fields:
        form.add_error(None, refused.detail)


def _ticket(request: StaffRequest, form: WeekForm, cell: Typed) -> Ticket | None:
    number = cell.key.strip().split(" ")[0]
    try:
        return ticket_for(request.actor, key=number)
    except NotHere:
        form.add_error(f"r{cell.row}-ticket", f"There is no ticket {number.upper()}.")
        return None


def _sent_rows(data: QueryDict) -> list[tuple[str, bool]]:
    """The tickets of the rows that were sent, and whether each was a ticket's own row."""
    rows = [(f"r{number}-ticket", f"r{number}-seen") for number in range(MOST_ROWS)]
    return [(str(data[name]), seen in data) for name, seen in rows if name in data]


def _billed_by_day(entries: Sequence[TimeEntry], monday: date) -> list[int]:
    days = [0] * 7
    for entry in entries:
        days[(entry.worked_on - monday).days] += entry.billed_minutes
    return days
