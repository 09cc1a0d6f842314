"""Asking for what a plan delivers on request, within its ceiling (P1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from contracts.domain.calendar import Calendar
from contracts.queries import calendars_of
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive import permissions
from proactive.domain.recurrence import is_open_day, may_ask_again
from proactive.events import OccurrenceRequested
from proactive.models import Occurrence, Programme
from proactive.queries import asked_days, cadence_of
from proactive.queries.days import today_on
from proactive.services.telling import tell

#: How far a wished day may be moved to find an open one.
_FARTHEST = 31


@transaction.atomic
def ask_for(*, actor: Actor, at: datetime, programme: Programme, on: date) -> Occurrence:
    """Ask for a service that is delivered on request, at most as often as the plan allows a quarter.

    `on` is the wished day in the contract's zone; where that is closed it is due on the next open
    day. The quarter that counts is that of the wished day. Repeating it within the quarter is a `Conflict`.
    """
    row = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("contract__calendar")
        .filter(id=programme.pk, ended_at__isnull=True)
        .first()
    )
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    if not permissions.may_ask(actor, row.client_id):
        raise NotAllowed("A point of contact asks for this.")
    if row.cadence_kind != "on_request":
        raise Invalid("This service is delivered without asking.")
    calendar = calendars_of(row.contract)["business"]
    _require_day_within(row, on, today=today_on(calendar, at))
    if not may_ask_again(cadence_of(row), asked_on=on, earlier=asked_days(row)):
        raise Conflict("This was asked for in that quarter already; the next is from the next quarter on.")
    due = _open_day_from(on, calendar)
    made = Occurrence.objects.create(
        client_id=row.client_id,
        programme=row,
        window_first_on=min(on, today_on(calendar, at)),
        window_last_on=due,
        due_on=due,
        deadline_on=due,
        requested_on=on,
        owner_id=row.owner_id,
    )
    tell(OccurrenceRequested, made, actor=actor, at=at)
    return made


def _require_day_within(programme: Programme, on: date, *, today: date) -> None:
    contract = programme.contract
    if on < today:
        raise Invalid("That day has passed.", fields={"on": "Choose a day that is still to come."})
    if on < contract.starts_on or (contract.ends_on is not None and on > contract.ends_on):
        raise Invalid("The contract does not run then.", fields={"on": "Choose a day within the contract."})


def _open_day_from(on: date, calendar: Calendar) -> date:
    days = (on + timedelta(days=count) for count in range(_FARTHEST))
    return next((day for day in days if is_open_day(day, calendar=calendar)), on)
