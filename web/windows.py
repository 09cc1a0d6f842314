"""Words about announced maintenance that every side shares."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.models import MaintenanceWindow
from contracts.queries.windows import overlaps_of
from web.drawing.month import Entry
from web.wording.times import moment, zone_name


def maintenance_entry(window: MaintenanceWindow, *, zone: ZoneInfo, address: str, whose: str = "") -> Entry:
    """A window as an entry of a calendar, on the day on which it begins there."""
    begins, ends = window.starts_at.astimezone(zone), window.ends_at.astimezone(zone)
    hours = f"{begins:%H:%M} to {ends:%H:%M} {zone_name(begins)}"
    return Entry(
        on=begins.date(),
        title=f"{whose}: {window.summary}" if whose else window.summary,
        text=f"maintenance of {window.environment.name}, {hours}",
        state="plan",
        address=address,
    )


def overlap_words(window: MaintenanceWindow, *, zone: ZoneInfo, now: datetime) -> str:
    """That a window shares time with others of its system, and which; empty where it does not."""
    living = MaintenanceWindow.objects.filter(
        environment_id=window.environment_id, ends_at__gt=window.starts_at, cancelled_at__isnull=True
    )
    others = overlaps_of(living).get(window.pk, [])

    def words(at: datetime) -> str:
        return moment(at, zone=zone, now=now)

    told = [f"{one.summary} ({words(one.starts_at)} to {words(one.ends_at)})" for one in others]
    return (
        f"It overlaps with {', and with '.join(told)}. Both stand; time in both counts once." if told else ""
    )
