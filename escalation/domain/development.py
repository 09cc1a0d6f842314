"""When somebody asks a maker again about a fix (E5)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from contracts.domain.calendar import Calendar

#: How many days after the wait began the maker is first asked again, by the rank of the ticket.
FIRST_DAYS: Final = {1: 1, 2: 2, 3: 7, 4: 14}
#: A follow-up further away than this is a slip of the keyboard.
MOST_DAYS: Final = 365


def local_day(calendar: Calendar, at: datetime) -> date:
    """The date on the calendar's own wall at that moment."""
    return at.astimezone(ZoneInfo(calendar.zone)).date()


def end_of_day(calendar: Calendar, day: date) -> datetime:
    """The moment at which that date is over in the calendar's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(calendar.zone))


def first_follow_up(calendar: Calendar, *, rank: int, since: datetime) -> date:
    """The day by which the maker is first asked again: sooner the graver it is, and never a closed day."""
    day = local_day(calendar, since) + timedelta(days=FIRST_DAYS.get(rank, FIRST_DAYS[4]))
    begin = datetime.combine(day, time.min, tzinfo=ZoneInfo(calendar.zone))
    return local_day(calendar, calendar.next_open(begin))
