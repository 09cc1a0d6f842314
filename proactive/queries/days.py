"""Which day it is for a contract, and which of its days are open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar
from contracts.models import Contract
from contracts.queries import calendars_of


def today_on(calendar: Calendar, at: datetime) -> date:
    """The date on the calendar's own wall at that moment."""
    return at.astimezone(ZoneInfo(calendar.zone)).date()


def end_of(day: date, calendar: Calendar) -> datetime:
    """The moment at which that date is over in the calendar's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(calendar.zone))


def today_of(contract: Contract, at: datetime) -> date:
    """The date at the contract's client at that moment."""
    return today_on(calendars_of(contract)["business"], at)
