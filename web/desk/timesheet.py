"""The reader's own week: hours by ticket and day to fill in, the entries of a day, and adding one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from contracts.queries import effective_plan
from events.domain.errors import Invalid, NotHere
from hours.models import TimeEntry
from hours.queries import Timesheet, handed_week, timers_of
from hours.queries import timesheet as week_of_person
from hours.services import hand_in_week, log_time
from tickets.models import Ticket
from tickets.queries import ticket_for
from web.desk.acting import posted
from web.desk.forms.timesheet import SheetForm
from web.desk.forms.week import WeekForm
from web.desk.listing import open_tickets
from web.desk.time_panel import timer_view
from web.desk.week_grid import fill_week, week_form
from web.fragments import go_to, render_page
from web.gates import staff_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.wording.amounts import hmm

OFFERED = 30
#: Until when a week is to be handed in, on the Monday after it.
NOON = time(12)


@staff_page
def timesheet(request: StaffRequest) -> HttpResponse:
    """Show the week of the day that the address names, or this week."""
    day = _day(request.GET.get("day", "")) or _today(request)
    return _show(request, day, _empty_form(request, day))


@staff_page
def add(request: StaffRequest) -> HttpResponse:
    """Log an entry from the timesheet."""
    form = SheetForm(posted(request))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        with refusals_in(form):
            facts["ticket"] = _ticket(request, facts["ticket"])
            entry = log_time(actor=request.actor, at=request.at, **facts)
            messages.success(
                request, f"{hmm(entry.billed_minutes)} on {entry.ticket.key} for {entry.worked_on:%a %-d %b}."
            )
            return go_to(request, f"{reverse('desk:timesheet')}?day={entry.worked_on}#day")
    return _show(request, _day(form.data.get("worked_on", "")) or _today(request), form)


@staff_page
def fill(request: StaffRequest) -> HttpResponse:
    """Make the week's cells stand as they were typed, all of them or none."""
    data = posted(request)
    day = _day(data.get("day", "")) or _today(request)
    sheet = week_of_person(request.actor.person_id or 0, week_of=day)
    week = week_form(sheet, _offered(request, sheet), today=_today(request), data=data)
    made = fill_week(request, week) if week.is_valid() else None
    if made is not None:
        messages.success(request, _said(made))
        return go_to(request, f"{reverse('desk:timesheet')}?day={day}")
    return _show(request, day, _empty_form(request, day), week=week)


@staff_page
def hand_in(request: StaffRequest) -> HttpResponse:
    """Hand in the week that the form names."""
    day = _day(posted(request).get("day", "")) or _today(request)
    week = hand_in_week(actor=request.actor, at=request.at, week_of=day, zone=request.zone)
    said = f"Week {week.monday.isocalendar().week} is handed in with {hmm(week.billed_minutes)}."
    messages.success(request, said)
    return go_to(request, f"{reverse('desk:timesheet')}?day={day}")


def _said(made: Sequence[TimeEntry]) -> str:
    """What became of the cells, in a sentence for what was logged and one for what was taken back."""
    logged = [one for one in made if one.corrects_id is None and one.reverses_id is None]
    changed = len(made) - len(logged)
    told = []
    if logged:
        told.append(f"{len(logged)} entr{'y' if len(logged) == 1 else 'ies'}, {hmm(_billed(logged))} logged.")
    if changed:
        told.append(
            f"{changed} entr{'y' if changed == 1 else 'ies'} corrected; the earlier amount stays on record."
        )
    return " ".join(told) or "The week stands like that already."


def _empty_form(request: StaffRequest, day: date) -> SheetForm:
    return SheetForm(
        initial={"worked_on": day, "request_key": uuid4().hex, "ticket": request.GET.get("ticket", "")[:24]}
    )


def _show(request: StaffRequest, day: date, form: SheetForm, *, week: WeekForm | None = None) -> HttpResponse:
    sheet = week_of_person(request.actor.person_id or 0, week_of=day)
    offered = _offered(request, sheet)
    week = week or week_form(sheet, offered, today=_today(request))
    days = [sheet.monday + timedelta(days=number) for number in range(7)]
    entries = [entry for row in sheet.rows for entry in row.entries]
    if not form.errors and form.initial.get("ticket"):
        form.fields["minutes"].widget.attrs["autofocus"] = True
    context = {
        "form": form,
        "day": day,
        "days": days,
        "today": _today(request),
        "monday": sheet.monday,
        "sunday": days[-1],
        "before": sheet.monday - timedelta(days=7),
        "after": sheet.monday + timedelta(days=7),
        "week": week,
        "rows": week.rows(),
        "has_errors": bool(form.errors or week.errors),
        "totals": [_billed([entry for entry in entries if entry.worked_on == one]) for one in days],
        "total": _billed(entries),
        "tiles": _tiles(entries),
        **_of_day(entries, day),
        "offered": offered,
        "timer": _timer(request),
        **_handing_in(request, sheet),
    }
    return render_page(
        request, "desk/timesheet.html", context, status=422 if form.errors or week.errors else 200
    )


def _billed(entries: Sequence[TimeEntry]) -> int:
    return sum(entry.billed_minutes for entry in entries)


def _tiles(entries: Sequence[TimeEntry]) -> list[dict[str, str]]:
    def tile(label: str, those: Sequence[TimeEntry], words: str) -> dict[str, str]:
        return {"label": label, "number": hmm(_billed(those)), "extra": words}

    drawn = [one for one in entries if one.state == "drawn"]
    waiting = [one for one in entries if one.state in ("held", "declined")]
    free = [one for one in entries if one.state == "not_billed"]
    clients = len({one.client_id for one in drawn})
    return [
        tile("This week", entries, f"for {hmm(sum(one.worked_minutes for one in entries))} of work"),
        tile("From support hours", drawn, f"{clients} client{'' if clients == 1 else 's'}"),
        tile("Not approved", waiting, "held, or declined by the client"),
        tile("Not billed", free, "included in plans, or waived"),
    ]


def _of_day(entries: Sequence[TimeEntry], day: date) -> dict[str, Any]:
    own = [entry for entry in entries if entry.worked_on == day]
    return {
        "entries": own,
        "day_billed": _billed(own),
        "day_worked": sum(entry.worked_minutes for entry in own),
    }


def _offered(request: StaffRequest, sheet: Timesheet) -> list[Ticket]:
    """What the number can be completed from: the week's tickets, and the reader's own open ones."""
    mine = open_tickets(request.actor).filter(assignee_id=request.actor.person_id).order_by("-updated_at")
    tickets = {row.ticket.pk: row.ticket for row in sheet.rows}
    tickets |= {ticket.pk: ticket for ticket in mine[:OFFERED]}
    return list(tickets.values())


def _handing_in(request: StaffRequest, sheet: Timesheet) -> dict[str, Any]:
    """How the week was handed in, until when it is to be, and whether there is anything to hand in."""
    handed = handed_week(request.actor.person_id or 0, monday=sheet.monday)
    stands = handed is not None and (handed.worked_minutes, handed.billed_minutes) == (
        sheet.total,
        sheet.billed,
    )
    return {
        "handed": handed,
        "may_hand_in": bool(sheet.total) and not stands,
        "hand_in_by": datetime.combine(sheet.monday + timedelta(days=7), NOON, request.zone),
    }


def _timer(request: StaffRequest) -> dict[str, Any] | None:
    found = timers_of(request.actor.person_id or 0).select_related("ticket__contract__plan_version")
    timer = next((one for one in found if one.running_since), None)
    if timer is None:
        return None
    increment = effective_plan(timer.ticket.contract).hours.increment_minutes
    view = timer_view(timer, increment=increment, at=request.at)
    return {**view, "note": None, "subject": timer.ticket.subject, "ticket": timer.ticket}


def _ticket(request: StaffRequest, key: str) -> Ticket:
    number = key.strip().split(" ")[0]
    try:
        return ticket_for(request.actor, key=number)
    except NotHere:
        words = f"There is no ticket {number.upper()}."
        raise Invalid(words, fields={"ticket": words}) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _today(request: StaffRequest) -> date:
    return request.at.astimezone(request.zone).date()
