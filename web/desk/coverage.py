"""Coverage: the next four weeks by team and region, what nobody works in, and who may work for whom (E6)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from contracts.domain.calendar import Calendar
from contracts.queries import offered_plans, shared_calendars
from escalation.domain.coverage import Crew, Kind, Stretch, coming_on, gaps, shift_at, uncovered
from escalation.models import Booking, BookingState, CrewKind
from escalation.queries import bookings_between, cover_of_clients, roster
from escalation.queries.coverage import Roster
from web.drawing.weeks import Row, Week, week_of
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest
from web.wording.times import duration

WEEKS = 4
_WEEK = timedelta(days=7)
GAPS_SHOWN = 40


@staff_page
def coverage(request: StaffRequest) -> HttpResponse:
    """Show who works when in the next four weeks, the gaps, and how many engineers each client has."""
    known = roster()
    promised = _promised_weeks()
    today = request.at.astimezone(request.zone).date()
    monday = today - timedelta(days=today.weekday())
    starts = [datetime.combine(monday + week * _WEEK, time(), request.zone) for week in range(WEEKS + 1)]
    booked = list(bookings_between(request.actor, start=starts[0], end=starts[-1]))
    found = _gaps(known, promised, start=request.at, end=starts[-1])
    context = {
        "crews": [_crew(one, request.at) for one in known.crews],
        "weeks": _weeks(known, booked, starts, request.at),
        "bookings": [one for one in booked if one.ends_at > request.at],
        "gaps": found[:GAPS_SHOWN],
        "gap_count": len(found),
        "covers": [
            {"cover": one, "counts": [one.by_team.get(crew.team_id, 0) for crew in known.crews]}
            for one in cover_of_clients(request.actor, on=today)
        ],
        "heads": [one.name for one in known.crews],
        "may_set": request.actor.staff_role == "administrator",
    }
    return render_page(request, "desk/coverage.html", context)


def _promised_weeks() -> dict[str, Calendar]:
    """The calendars in which plans promise their dedicated teams, by the title of the plan."""
    states = {one.calendar.name: Calendar.from_dict(one.content) for one in shared_calendars()}
    return {
        plan.title: states[plan.coverage.dedicated_calendar]
        for plan in offered_plans()
        if plan.coverage.dedicated_calendar in states
    }


def _weeks(known: Roster, booked: list[Booking], starts: list[datetime], now: datetime) -> list[Week]:
    if not known.crews:
        return []
    return [
        week_of(
            [
                *(_row(crew, start, end) for crew in known.crews),
                *_booked_rows(booked, start, end),
                *_gap_rows(known, start, end),
            ],
            element_id=f"week-{number}",
            start=start,
            end=end,
            now=now,
        )
        for number, (start, end) in enumerate(pairwise(starts))
    ]


def _row(crew: Crew, start: datetime, end: datetime) -> Row:
    return Row(name=crew.name, spans=crew.calendar.intervals(start, end))


def _booked_rows(booked: list[Booking], start: datetime, end: datetime) -> list[Row]:
    """One row for each engineer who is booked in that week."""
    spans: dict[str, list[Stretch]] = {}
    for one in booked:
        if one.state == BookingState.CONFIRMED and one.starts_at < end and one.ends_at > start:
            assert one.engineer is not None  # noqa: S101  a confirmed booking names somebody
            spans.setdefault(one.engineer.name, []).append((one.starts_at, one.ends_at))
    return [Row(name=f"Booked: {name}", spans=found) for name, found in sorted(spans.items())]


def _gap_rows(known: Roster, start: datetime, end: datetime) -> list[Row]:
    found = gaps(known.crews, start=start, end=end)
    return [Row(name="Nobody", spans=found, is_gap=True)] if found else []


def _gaps(
    known: Roster, promised: dict[str, Calendar], *, start: datetime, end: datetime
) -> list[dict[str, Any]]:
    """What nobody works in, and what a plan promises its dedicated team in while none is on; in order."""
    if not known.crews:
        return []
    dedicated = known.of_kind(Kind.DEDICATED)
    rows = [_gap(one, "Nobody is on") for one in gaps(known.crews, start=start, end=end)]
    for title, calendar in promised.items():
        lacking = uncovered(calendar, dedicated, start=start, end=end)
        rows += [_gap(one, f"No dedicated team for {title}") for one in lacking]
    return sorted(rows, key=lambda row: (row["start"], row["words"]))


def _gap(stretch: Stretch, words: str) -> dict[str, Any]:
    start, end = stretch
    return {
        "start": start,
        "end": end,
        "words": words,
        "length": duration(int((end - start).total_seconds())),
    }


def _crew(crew: Crew, at: datetime) -> dict[str, Any]:
    shift = shift_at(crew, at)
    following = None if shift else coming_on([crew], at)
    return {
        "crew": crew,
        "kind": CrewKind(crew.kind.value).label,
        "zone": ZoneInfo(crew.calendar.zone),
        "is_on": shift is not None,
        "until": shift.ends_at if shift else None,
        "next_at": following.starts_at if following else None,
    }
