"""Named calendars: one TOML file each, giving weekly windows, an always-open clock or a span over zones.

The public holidays of a calendar are a country and a region here; which dates those are is looked up when the
calendar is loaded, so that a file need not be edited every year.
"""

from __future__ import annotations

from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, StringConstraints, model_validator

from contracts.reading.tables import Key, Table, Text

BUSINESS = "business"
"""The name by which plans mean the contract's own calendar; no file bears it."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError(f"unknown time zone {name!r}") from fault
    return name


Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Zone = Annotated[str, AfterValidator(_zone)]
Windows = list[list[Clock]]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class HolidayTable(Table):
    """`[holidays]`: a country by its two letters, a region of it, and further dates of one's own."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    region: Text | None = None
    dates: dict[IsoDate, Text] = {}


class SpanTable(Table):
    """`[span]`: weekday, time and zone at which the week opens, and at which it closes."""

    opens: list[str]
    closes: list[str]

    @model_validator(mode="after")
    def _three_parts(self) -> Self:
        for edge in (self.opens, self.closes):
            if len(edge) != 3 or edge[0] not in WEEKDAYS:
                raise ValueError('an edge is written ["mon", "10:00", "Australia/Sydney"]')
            _zone(edge[2])
        return self


class NamedCalendar(Table):
    """A whole calendar file."""

    key: Key
    label: Text
    always: bool = False
    tz: Zone | None = None
    weekly: dict[str, Windows] | None = None
    span: SpanTable | None = None
    local_holidays: bool = False
    holidays: HolidayTable | None = None
    overrides: dict[IsoDate, Windows] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = [self.always, self.weekly is not None, self.span is not None]
        if kinds.count(True) != 1:
            raise ValueError("give exactly one of always, weekly and span")
        if (self.weekly is not None) != (self.tz is not None):
            raise ValueError("tz belongs to weekly windows: give both or neither")
        if self.local_holidays and self.span is None:
            raise ValueError("local_holidays belongs to a span: weekly windows have holidays of their own")
        for day in self.weekly or {}:
            if day not in WEEKDAYS:
                raise ValueError(f"unknown weekday {day!r}; weekdays are {', '.join(WEEKDAYS)}")
        return self

    @property
    def has_days(self) -> bool:
        """Whether one can count business days here: only weekly windows have days."""
        return self.weekly is not None

    def definition(self, *, holidays: dict[str, str]) -> dict[str, Any]:
        """The calendar as `Calendar.from_dict` takes it, with the dates and names of its holidays."""
        if self.always:
            return {"always": True}
        if self.span is not None:
            week = {"span": {"opens": list(self.span.opens), "closes": list(self.span.closes)}}
            return {**week, "local_holidays": {}} if self.local_holidays else week
        own = self.holidays.dates if self.holidays else {}
        return {
            "tz": self.tz,
            "weekly": self.weekly,
            "holidays": dict(sorted({**holidays, **own}.items())),
            "overrides": self.overrides,
        }
