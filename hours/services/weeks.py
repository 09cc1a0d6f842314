"""Handing a week in: its person says that all of its work is written down."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Person
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from hours import events, permissions
from hours.models import HandedWeek
from hours.queries.timesheet import timesheet
from hours.queries.weeks import handed_week, monday_of


@transaction.atomic
def hand_in_week(*, actor: Actor, at: datetime, week_of: date, zone: ZoneInfo) -> HandedWeek:
    """Hand in one's own week with its sums; what is logged for it later is seen as a change.

    Nothing is locked by it, for work that comes to mind late is work too (H5). Refused: a week that has not
    begun by the clock of the zone, one without any time, and one that stands as it was handed in.
    """
    if not permissions.may_keep_timesheet(actor) or actor.person_id is None:
        raise NotAllowed("Only who logs time hands weeks in.")
    monday = monday_of(week_of)
    if monday > at.astimezone(zone).date():
        raise Invalid("This week is still to come.")
    Person.objects.select_for_update().get(pk=actor.person_id)
    sheet = timesheet(actor.person_id, week_of=monday)
    if not sheet.total:
        raise Invalid("No time is logged in this week yet: write it down, then hand the week in.")
    last = handed_week(actor.person_id, monday=monday)
    if last is not None and (last.worked_minutes, last.billed_minutes) == (sheet.total, sheet.billed):
        raise Conflict("This week is handed in already, and nothing has changed since.")
    week = HandedWeek.objects.create(
        person_id=actor.person_id,
        monday=monday,
        number=last.number + 1 if last else 1,
        worked_minutes=sheet.total,
        billed_minutes=sheet.billed,
        at=at,
    )
    event = events.WeekHandedIn(
        client_id=None,
        subject_id=actor.person_id,
        monday=monday.isoformat(),
        worked_minutes=week.worked_minutes,
        billed_minutes=week.billed_minutes,
    )
    record(event, at=at, actor=actor)
    return week
