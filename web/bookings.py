"""Words about booked weekend engineers that every side shares."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from escalation.models import Booking
from web.drawing.month import Entry
from web.wording.times import zone_name


def booking_entry(booking: Booking, *, zone: ZoneInfo, address: str, whose: str = "") -> Entry:
    """A booking as an entry of a calendar, on the day on which the work begins there."""
    begins, ends = booking.starts_at.astimezone(zone), booking.ends_at.astimezone(zone)
    who = booking.engineer.name if booking.engineer else "engineer asked for"
    title = f"{whose}: {booking.summary}" if whose else booking.summary
    return Entry(
        on=begins.date(),
        title=title,
        text=f"{who}, {begins:%H:%M} to {ends:%H:%M} {zone_name(begins)}",
        state="plan",
        address=address,
    )
