"""Opening windows as people write them, and as seconds of the date on which they start (S4)."""

import re
from collections import Counter
from collections.abc import Iterable

from contracts.domain.calendar.errors import BadWindow

DAY_SECONDS = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Window = tuple[int, int]
"""First second of a window and the second after its last, on the wall clock since 00:00 of its date."""

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00", re.ASCII)


def read_weekday(value: object) -> int:
    """Tell which day of the week is meant, Monday being 0."""
    if not isinstance(value, str) or value not in WEEKDAYS:
        raise BadWindow(f"{value!r} is no weekday: write one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(value)


def read_time(value: object) -> int:
    """Read a time of day, "00:00" to "24:00", as seconds of the wall clock since 00:00."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise BadWindow(f"{value!r} is no time of day: write hours and minutes as in 09:00, up to 24:00")
    if found[1] is None:
        return DAY_SECONDS
    return int(found[1]) * 3600 + int(found[2]) * 60


def write_time(second: int) -> str:
    """Write a time of day the way plan files and contracts do."""
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"


def read_windows(value: object, *, where: str) -> tuple[Window, ...]:
    """Read the windows of one date, in the order in which they open; an empty list is a closed day.

    An end before the start runs over midnight; windows may overlap. `where` names the place for the error.
    """
    if not isinstance(value, list | tuple):
        raise BadWindow(f'{where}: write a list of windows, as in [["09:00", "17:00"]], not {value!r}')
    return tuple(sorted({_read_window(pair, where=where) for pair in value}))


def _read_window(pair: object, *, where: str) -> Window:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise BadWindow(f'{where}: a window is a start and an end, as in ["09:00", "17:00"], not {pair!r}')
    try:
        start, end = read_time(pair[0]), read_time(pair[1])
    except BadWindow as error:
        raise BadWindow(f"{where}: {error}") from None
    if start == DAY_SECONDS:
        raise BadWindow(f"{where}: a window cannot start at 24:00; write 00:00 on the next day")
    if start == end:
        raise BadWindow(f"{where}: {pair[0]} to {pair[1]} has no length; a whole day is 00:00 to 24:00")
    return start, end if end > start else end + DAY_SECONDS


def write_windows(windows: Iterable[Window]) -> list[list[str]]:
    """Write windows the way they are read."""
    return [
        [write_time(start), write_time(end if end <= DAY_SECONDS else end - DAY_SECONDS)]
        for start, end in windows
    ]


def merge(pairs: Iterable[Window]) -> list[Window]:
    """Join stretches that touch or overlap; they come in the order of their starts."""
    merged: list[Window] = []
    last_end: int | None = None
    for start, end in pairs:
        if last_end is None or start > last_end:
            merged.append((start, end))
            last_end = end
        elif end > last_end:
            merged[-1] = (merged[-1][0], end)
            last_end = end
    return merged


def without(pairs: Iterable[Window], holes: Iterable[Window]) -> list[Window]:
    """Take holes out of stretches; both are joined and in order."""
    gaps = list(holes)
    left: list[Window] = []
    passed = 0
    for start, end in pairs:
        since = start
        while passed < len(gaps) and gaps[passed][0] < end:
            hole_start, hole_end = gaps[passed]
            if since < hole_start:
                left.append((since, hole_start))
            since = max(since, hole_end)
            if hole_end > end:
                break
            passed += 1
        if since < end:
            left.append((since, end))
    return left


def full_day(days: Iterable[tuple[Window, ...]]) -> int:
    """Tell the open seconds of a normal day: of the open days the commonest, the longer of equals."""
    lengths = Counter(sum(end - start for start, end in merge(windows)) for windows in days if windows)
    return max(lengths, key=lambda length: (lengths[length], length))
