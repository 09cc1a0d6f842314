"""The time zones that a person or a client may live in."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones of the tz database, read from the machine's files once a process."""
    return frozenset(available_timezones())
