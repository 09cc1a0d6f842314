"""Business calendars: opening times in any zone, and exact sums of open time (S2 to S5, S15).

office = Calendar.from_dict({"tz": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:00"]]}})
due_at = office.add(opened_at, 4 * 3600)
"""

from contracts.domain.calendar.calendar import Calendar
from contracts.domain.calendar.errors import (
    BackwardRange,
    BadDate,
    BadWindow,
    CalendarError,
    FractionalAmount,
    NaiveDatetime,
    NeverOpens,
    OutOfReach,
    UnknownZone,
)
from contracts.domain.calendar.stretches import Kind, Stretch

__all__ = [
    "BackwardRange",
    "BadDate",
    "BadWindow",
    "Calendar",
    "CalendarError",
    "FractionalAmount",
    "Kind",
    "NaiveDatetime",
    "NeverOpens",
    "OutOfReach",
    "Stretch",
    "UnknownZone",
]
