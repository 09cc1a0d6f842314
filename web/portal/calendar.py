"""The client's calendar: the planned services of a month, and what became of each (P10)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from contracts.models import MaintenanceWindow
from contracts.queries.windows import windows_between
from escalation.models import Booking
from escalation.queries import bookings_between
from proactive.models import Occurrence, State
from proactive.queries import between
from web.bookings import booking_entry
from web.drawing.month import Entry, month_of
from web.fragments import render_page
from web.gates import portal_page
from web.happenings import Scope, more_entries
from web.requests import PortalRequest
from web.windows import maintenance_entry

YEARS = 20
_DRAWN_AS = {
    State.PLANNED: "plan",
    State.IN_PROGRESS: "on",
    State.DELIVERED: "done",
    State.MISSED: "late",
}


@portal_page
def calendar(request: PortalRequest) -> HttpResponse:
    """Show one month; `month` in the address is written 2026-11, without one it is this month."""
    today = request.at.astimezone(request.zone).date()
    first = _first_day(request.GET.get("month", ""), today)
    last = _next(first) - timedelta(days=1)
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=6 - last.weekday())
    found = list(between(request.actor, first_on=monday, last_on=sunday).filter(client=request.client))
    shown = [one for one in found if one.state != State.SKIPPED]
    windows = _windows(request, monday, sunday)
    booked = _bookings(request, monday, sunday)
    context = {
        "month": month_of(
            first.year,
            first.month,
            [
                *map(_entry, shown),
                *_work(windows, request.zone),
                *_booked(request, booked),
                *_more(request, monday, sunday),
            ],
            today=today,
        ),
        "as_list": request.GET.get("view") == "list",
        "this": f"{first:%Y-%m}",
        "first": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "details": [_detail(one) for one in found],
        "windows": windows,
        "bookings": booked,
    }
    return render_page(request, "portal/calendar.html", context)


def _windows(request: PortalRequest, first_on: date, last_on: date) -> list[MaintenanceWindow]:
    """The maintenance announced for those days of the client's clock."""
    start = datetime.combine(first_on, time.min, tzinfo=request.zone)
    end = datetime.combine(last_on + timedelta(days=1), time.min, tzinfo=request.zone)
    return list(windows_between(request.actor, start=start, end=end, client_id=request.client.id))


def _bookings(request: PortalRequest, first_on: date, last_on: date) -> list[Booking]:
    """The weekend engineers asked for and confirmed on those days of the client's clock."""
    start = datetime.combine(first_on, time.min, tzinfo=request.zone)
    end = datetime.combine(last_on + timedelta(days=1), time.min, tzinfo=request.zone)
    return list(bookings_between(request.actor, start=start, end=end).filter(client=request.client))


def _booked(request: PortalRequest, booked: list[Booking]) -> list[Entry]:
    return [booking_entry(one, zone=request.zone, address=f"#b{one.pk}") for one in booked]


def _more(request: PortalRequest, first_on: date, last_on: date) -> list[Entry]:
    """Events and review meetings."""
    scope = Scope(
        actor=request.actor,
        first_on=first_on,
        last_on=last_on,
        zone=request.zone,
        client_id=request.client.pk,
    )
    return more_entries(scope, now=request.at, slug=request.client.slug)


def _work(windows: list[MaintenanceWindow], zone: ZoneInfo) -> list[Entry]:
    return [maintenance_entry(one, zone=zone, address=f"#w{one.pk}") for one in windows]


def _first_day(asked: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= YEARS else today.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _day(one: Occurrence) -> date:
    return one.planned_on or one.due_on


def _entry(one: Occurrence) -> Entry:
    text = "" if one.planned_on else "by this day"
    return Entry(
        on=_day(one),
        title=one.programme.label,
        text=text,
        state=_DRAWN_AS[State(one.state)],
        address=f"#o{one.pk}",
    )


def _detail(one: Occurrence) -> dict[str, Any]:
    return {"occurrence": one, "on": _day(one), "words": State(one.state).label}
