"""What can be wrong with a calendar, or with what it is asked, each by its own name."""

# ruff: noqa: N818 (each name is the fault itself)


class CalendarError(ValueError):
    """A calendar cannot be read, or a question put to it has no answer; the message says how to mend it."""


class UnknownZone(CalendarError):
    """The zone is not a place of the tz database."""


class NeverOpens(CalendarError):
    """The calendar has no opening window at all, or none on the side of the moment that was asked for."""


class NaiveDatetime(CalendarError):
    """A moment came without its zone, or is no moment."""


class FractionalAmount(CalendarError):
    """An amount of open time is not a whole number of seconds."""


class BadWindow(CalendarError):
    """An opening window, or a span's opening or closing, is not written as weekday and hours."""


class BadDate(CalendarError):
    """A holiday or an override does not name a date of the calendar."""


class BackwardRange(CalendarError):
    """A range ends before it starts."""


class OutOfReach(CalendarError):
    """The moment asked for, or the answer, lies outside the years 10 to 9990."""
