"""Time zones as stretches of one offset each, so that wall clocks become plain arithmetic (S4)."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from contracts.domain.calendar.errors import UnknownZone
from contracts.domain.calendar.windows import DAY_SECONDS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# No zone has ever changed its offset twice within four days; a look once a day finds every change.
_LOOK_SECONDS = DAY_SECONDS

# Names under which a machine may hold a zone that is no place, or whose seconds are not those of UTC.
_NO_PLACES = ("localtime", "Factory", "posixrules", "posix/", "right/")

OffsetStretch = tuple[int, int, int]
"""From and to, in epoch seconds, and the seconds by which the wall clock is then ahead of UTC."""


def find_zone(name: object) -> ZoneInfo:
    """Look up a place of the tz database by its name, as in Europe/Berlin."""
    mend = "write a name of the tz database, as in Europe/Berlin"
    if not isinstance(name, str) or name.startswith(_NO_PLACES):
        raise UnknownZone(f"{name!r} is no time zone: {mend}")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(f"{name!r} is not known as a time zone: {mend}") from None


def offset_at(*, zone: ZoneInfo, second: int) -> int:
    """Tell by how many seconds the zone's wall clock is ahead of UTC at an epoch second."""
    ahead = datetime.fromtimestamp(second, zone).utcoffset()
    return ahead.days * DAY_SECONDS + ahead.seconds if ahead is not None else 0


@lru_cache(maxsize=2048)
def offset_stretches(zone: ZoneInfo, start: int, end: int) -> tuple[OffsetStretch, ...]:
    """Cut the epoch seconds from start to end where the zone changes its offset."""
    stretches: list[OffsetStretch] = []
    since, before, offset = start, start, offset_at(zone=zone, second=start)
    for look in (*range(start + _LOOK_SECONDS, end, _LOOK_SECONDS), end):
        found = offset_at(zone=zone, second=look)
        if found != offset:
            change = _change_between(zone=zone, before=before, after=look, offset=offset)
            stretches.append((since, change, offset))
            since, offset = change, found
        before = look
    if since < end:
        stretches.append((since, end, offset))
    return tuple(stretches)


def _change_between(*, zone: ZoneInfo, before: int, after: int, offset: int) -> int:
    """Find the first second of the new offset between a look before and a look after the change."""
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(zone=zone, second=middle) == offset:
            before = middle
        else:
            after = middle
    return after


def first_showing(*, zone: ZoneInfo, day: int, second: int) -> int:
    """Find the first epoch second at which the zone's wall clock shows a time of a date, or has passed it.

    `day` counts days since 1970-01-01. A skipped time gives the moment of the skip, a repeated one its first.
    """
    wall = datetime(1970, 1, 1) + timedelta(days=day, seconds=second)  # noqa: DTZ001 (a wall clock has no zone)
    late = _epoch_second(wall.replace(tzinfo=zone, fold=0))
    if late + offset_at(zone=zone, second=late) == day * DAY_SECONDS + second:
        return late
    early = _epoch_second(wall.replace(tzinfo=zone, fold=1))
    return _change_between(zone=zone, before=early, after=late, offset=offset_at(zone=zone, second=early))


def _epoch_second(at: datetime) -> int:
    gone = at - EPOCH
    return gone.days * DAY_SECONDS + gone.seconds
