"""The proactive calendar: a month of planned work over all clients, and what is late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from accounts.queries import clients_visible_to
from contracts.models import MaintenanceWindow
from contracts.queries.windows import windows_between
from escalation.models import Booking
from escalation.queries import bookings_between
from proactive.models import Occurrence, State
from proactive.queries import between, overdue, overdue_actions, overdue_follow_ups
from web.bookings import booking_entry
from web.drawing.month import Entry, month_of
from web.fragments import render_page
from web.gates import success_page
from web.happenings import Scope, more_entries
from web.requests import StaffRequest
from web.windows import maintenance_entry

#: How far from today one can leaf.
YEARS = 20
#: How many late actions and follow-ups the page lists.
SHOWN = 50
_STATES = {
    State.PLANNED: "plan",
    State.IN_PROGRESS: "on",
    State.DELIVERED: "done",
    State.MISSED: "late",
    State.SKIPPED: "done",
}


@success_page
def proactive(request: StaffRequest) -> HttpResponse:
    """Show one month, all clients or one, with what is late above it."""
    today = request.at.astimezone(request.zone).date()
    first = _month(request.GET.get("month", ""), today)
    after = (first + timedelta(days=32)).replace(day=1)
    planned, late = (
        between(request.actor, first_on=first, last_on=after - timedelta(days=1)),
        overdue(request.actor),
    )
    windows = _windows(request, first, after)
    booked = _bookings(request, first, after)
    client = request.GET.get("client", "")
    if client:
        windows = windows.filter(environment__client__key=client.upper())
        booked = booked.filter(client__key=client.upper())
        planned, late = planned.filter(client__key=client.upper()), late.filter(client__key=client.upper())
    context = {
        "month": month_of(
            first.year,
            first.month,
            [
                *map(_entry, planned),
                *_work(request, windows),
                *_booked(request, booked),
                *_more(request, first, after, client),
            ],
            today=today,
        ),
        "as_list": request.GET.get("view") == "list",
        "late": list(late),
        "actions": _of(overdue_actions(request.actor, today=today), client),
        "follow_ups": _of(overdue_follow_ups(request.actor, today=today), client),
        "clients": list(clients_visible_to(request.actor)),
        "chosen": client.upper(),
        "this": f"{first:%Y-%m}",
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{after:%Y-%m}",
        "today": today,
    }
    return render_page(request, "success/proactive.html", context)


def _windows(request: StaffRequest, first: date, after: date) -> QuerySet[MaintenanceWindow]:
    start = datetime.combine(first, time.min, tzinfo=request.zone)
    return windows_between(
        request.actor, start=start, end=datetime.combine(after, time.min, tzinfo=request.zone)
    )


def _bookings(request: StaffRequest, first: date, after: date) -> QuerySet[Booking]:
    start = datetime.combine(first, time.min, tzinfo=request.zone)
    return bookings_between(
        request.actor, start=start, end=datetime.combine(after, time.min, tzinfo=request.zone)
    )


def _booked(request: StaffRequest, booked: QuerySet[Booking]) -> list[Entry]:
    """Weekend engineers, which lead to the booking."""
    return [
        booking_entry(
            one,
            zone=request.zone,
            whose=one.client.name,
            address=reverse("desk:booking", kwargs={"booking_id": one.pk}),
        )
        for one in booked
    ]


def _more(request: StaffRequest, first: date, after: date, client: str) -> list[Entry]:
    """Events and review meetings, of all clients or of the one chosen."""
    chosen = None
    if client:
        found = clients_visible_to(request.actor).filter(key=client.upper()).first()
        chosen = found.pk if found else 0
    last_on = after - timedelta(days=1)
    scope = Scope(actor=request.actor, first_on=first, last_on=last_on, zone=request.zone, client_id=chosen)
    return more_entries(scope, now=request.at)


def _work(request: StaffRequest, windows: QuerySet[MaintenanceWindow]) -> list[Entry]:
    """Announced maintenance, which leads to the client's page."""
    return [
        maintenance_entry(
            one,
            zone=request.zone,
            whose=one.environment.client.name,
            address=reverse("success:client", kwargs={"client": one.environment.client.slug}),
        )
        for one in windows
    ]


def _of(rows: Any, client: str) -> list[Any]:  # noqa: ANN401  a queryset of what is late
    return list(rows.filter(client__key=client.upper()) if client else rows)[:SHOWN]


def _entry(one: Occurrence) -> Entry:
    return Entry(
        on=one.planned_on or one.due_on,
        title=one.client.name,
        text=one.programme.label,
        state=_STATES[State(one.state)],
        address=_address(one),
    )


def _month(text: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= YEARS else today.replace(day=1)


def _address(one: Occurrence) -> str:
    return reverse("success:occurrence", kwargs={"occurrence_id": one.pk})
