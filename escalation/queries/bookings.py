"""Reading bookings of weekend engineers; members have no part in them (E8)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from accounts.models import Assignment, Duty, Person
from accounts.queries import staff
from contracts.models import Contract
from contracts.queries import calendars_of, cleared_people, effective_plan
from escalation.domain.bookings import earliest_start, whole_minute
from escalation.models import Booking, BookingState
from events.domain.actor import Actor
from events.domain.errors import NotHere

_READERS = ("poc", "observer")
_ALIVE = (BookingState.ASKED, BookingState.CONFIRMED)


def bookings_visible_to(actor: Actor) -> QuerySet[Booking]:
    """The bookings that the actor may read, by their beginning."""
    rows = Booking.objects.select_related("client", "contract", "environment", "engineer", "decided_by")
    if actor.contract_id is not None:
        rows = rows.filter(contract_id=actor.contract_id)
    if actor.sees_every_client:
        return rows
    read_at = [client_id for client_id, role in actor.roles.items() if role in _READERS]
    return rows.filter(Q(client_id__in=actor.client_ids) | Q(client_id__in=read_at))


def booking_for(
    actor: Actor, *, booking_id: int, client_id: int | None = None, lock: bool = False
) -> Booking:
    """One booking, of that client where one is named, if the actor may read it; else `NotHere`."""
    rows = bookings_visible_to(actor).filter(pk=booking_id)
    if client_id is not None:
        rows = rows.filter(client_id=client_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotHere
    return found


def bookings_between(actor: Actor, *, start: datetime, end: datetime) -> QuerySet[Booking]:
    """What is asked for or confirmed and touches that time."""
    return bookings_visible_to(actor).filter(state__in=_ALIVE, starts_at__lt=end, ends_at__gt=start)


def bookings_to_decide(actor: Actor) -> QuerySet[Booking]:
    """What waits for a yes or no, the first to begin first; for those who decide."""
    if actor.staff_role not in ("lead", "csm", "administrator"):
        return Booking.objects.none()
    return bookings_visible_to(actor).filter(state=BookingState.ASKED)


def bookable_people(contract: Contract) -> QuerySet[Person]:
    """The leads and the client's engineers, the cleared ones alone where the contract asks for that."""
    serving = Assignment.objects.filter(client=contract.client_id, duty=Duty.SERVES).values("person_id")
    people = staff().filter(Q(staff_role="lead") | Q(staff_role="engineer", pk__in=serving))
    cleared = cleared_people(contract)
    return people if cleared is None else people.filter(pk__in=cleared.values("pk"))


def first_bookable(contract: Contract, *, at: datetime) -> datetime | None:
    """The first start at a weekend that can be asked for now; None where the plan has no such bookings."""
    coverage = effective_plan(contract).coverage
    if coverage.booking_notice_days is None:
        return None
    calendars = calendars_of(contract)
    return whole_minute(
        earliest_start(
            calendars.get(coverage.dedicated_calendar),
            asked_at=at,
            notice_days=coverage.booking_notice_days,
            zone=ZoneInfo(calendars["business"].zone),
        )
    )
