"""The picture of who is on round the sun, on the reader's clock, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from escalation.domain.coverage import Crew
from escalation.domain.relay import Ring
from web.drawing.shifts import Shift, Shifts, shifts_of
from web.wording.times import zone_name

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sun:
    """One day's shifts as a drawing and as rows of text."""

    chart: Shifts
    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sun_of(ring: Ring, *, zone: ZoneInfo, now: datetime) -> Sun:
    """The reader's day, with every crew that is on in it."""
    today = now.astimezone(zone).date()
    midnight = datetime.combine(today, time(), zone)
    end = datetime.combine(today + _DAY, time(), zone)
    shown = [crew for crew in ring.crews if crew.calendar.intervals(midnight, end)]
    shifts = [_shift(crew, midnight, end) for crew in shown]
    name = zone_name(now.astimezone(zone))
    rows = tuple(
        (crew.name, _spans(shift, zone), shift.hours) for crew, shift in zip(shown, shifts, strict=True)
    )
    words = ". ".join(f"{crew}: {spans}" for crew, spans, _ in rows) or "Nobody is on"
    chart = shifts_of(
        shifts,
        element_id="sun",
        title=f"Shifts of the regions on {today:%A} {today.day} {today:%B}, {name}",
        words=f"{words}. It is {now.astimezone(zone):%H:%M}.",
        midnight=midnight,
        now=now,
    )
    return Sun(
        chart=chart,
        heading=f"{today:%a} {today.day} {today:%b} ({name})",
        heads=("Team", f"On your clock ({name})", "On its own clock"),
        rows=rows,
    )


def _shift(crew: Crew, midnight: datetime, end: datetime) -> Shift:
    """The crew's spans, also what began the day before, so that the picture shows the true beginning."""
    spans = [
        (start, stop)
        for start, stop in crew.calendar.intervals(midnight - 3 * _DAY, end + 3 * _DAY)
        if stop > midnight and start < end
    ]
    own = ZoneInfo(crew.calendar.zone)
    hours = _hours(spans[0], own) if spans else ""
    return Shift(region=crew.name, spans=tuple(spans), hours=hours)


def _spans(shift: Shift, zone: ZoneInfo) -> str:
    return ", ".join(
        f"{start.astimezone(zone):%H:%M}–{stop.astimezone(zone):%H:%M}" for start, stop in shift.spans
    )


def _hours(span: tuple[datetime, datetime], zone: ZoneInfo) -> str:
    """A shift on its own clock; one longer than a day names its weekdays."""
    start, stop = (one.astimezone(zone) for one in span)
    shape = "%a %H:%M" if span[1] - span[0] > _DAY else "%H:%M"
    return f"{start:{shape}}–{stop:{shape}}"
