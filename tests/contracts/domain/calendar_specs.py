"""Calendars that the tests of several files speak of."""

from collections.abc import Iterable
from datetime import UTC, datetime

from contracts.domain.calendar import Calendar

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVERY_DAY = (*WORKDAYS, "sat", "sun")
PREMIER = {
    "span": {"opens": ["mon", "10:00", "Australia/Sydney"], "closes": ["fri", "17:00", "America/Los_Angeles"]}
}


def each(days: Iterable[str], *windows: list[str]) -> dict[str, list[list[str]]]:
    """Give each of these days the same windows."""
    return {day: list(windows) for day in days}


def office(zone: str = "UTC", **more: object) -> Calendar:
    """Build Monday to Friday, 09:00 to 17:00."""
    return Calendar.from_dict({"tz": zone, "weekly": each(WORKDAYS, ["09:00", "17:00"]), **more})


def daily(zone: str, *windows: list[str], **more: object) -> Calendar:
    """Build the same windows for every day of the week."""
    return Calendar.from_dict({"tz": zone, "weekly": each(EVERY_DAY, *windows), **more})


def utc(text: str) -> datetime:
    """Read a moment in UTC, as in 2026-03-02 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
