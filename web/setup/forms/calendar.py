"""Business hours as people write them, and the calendar that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.models import CalendarVersion

DAYS = (
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
)
_WINDOW = re.compile(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})")


class WindowsField(forms.CharField):
    """The hours of a day, such as `09:00-12:30, 13:30-17:00`; cleans to pairs. Empty: closed."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the windows."""
        pairs = []
        for part in filter(None, (part.strip() for part in (super().clean(value) or "").split(","))):
            match = _WINDOW.fullmatch(part)
            if match is None:
                raise ValidationError(f"Write hours like 09:00-17:00, not “{part}”.")
            pairs.append([time.zfill(5) for time in match.groups()])
        return pairs

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show pairs as they are written."""
        return ", ".join(f"{start}-{end}" for start, end in value) if isinstance(value, list) else value


class ClosingsField(forms.CharField):
    """Days on which the client itself is closed, one a line: the date, then why."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the lines into a mapping of dates to reasons."""
        closings: dict[str, str] = {}
        for line in filter(None, map(str.strip, (super().clean(value) or "").splitlines())):
            day, _, reason = line.partition(" ")
            try:
                closings[date.fromisoformat(day).isoformat()] = reason.strip()
            except ValueError as error:
                raise ValidationError(
                    f"Begin each line with a date like 2026-12-24, not “{line}”."
                ) from error
        return closings

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show a mapping as lines."""
        if isinstance(value, dict):
            return "\n".join(f"{day} {reason}".strip() for day, reason in value.items())
        return value


class CalendarForm(forms.Form):
    """A calendar's zone, week, public holidays and own closings."""

    name = forms.CharField(max_length=120, initial="Business hours")
    content = forms.CharField(label="Time zone", max_length=64, help_text="Such as Europe/Berlin.")
    country = forms.CharField(
        label="Public holidays of", required=False, max_length=2, help_text="The country's code, such as DE."
    )
    region = forms.CharField(
        label="Region", required=False, max_length=8, help_text="Where holidays differ, such as BY."
    )
    closings = ClosingsField(
        label="Closed on other days",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line: the date, then why, such as 2026-12-24 Christmas Eve.",
    )
    field_order = ("name", "content", *(day for day, _ in DAYS))

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        """Add a field a weekday; a calendar that is known keeps its name."""
        super().__init__(*args, **kwargs)
        for day, label in DAYS:
            self.fields[day] = WindowsField(label=label, required=False)
        self.fields["mon"].help_text = "Such as 09:00-12:30, 13:30-17:00. Empty: closed."
        if is_known:
            del self.fields["name"]
        self.order_fields(self.field_order)

    def spec(self, former: Mapping[str, Any] | None) -> dict[str, Any]:
        """The calendar's content; days with hours of their own stay as they were."""
        filled = self.cleaned_data
        kept = former or {}
        return {
            "tz": filled["content"],
            "weekly": {day: filled[day] for day, _ in DAYS if filled[day]},
            "holidays": kept.get("holidays", {}),
            "overrides": kept.get("overrides", {}),
        }


def standing(version: CalendarVersion) -> dict[str, Any]:
    """What a calendar says now, as the form shows it first."""
    weekly = version.content.get("weekly", {})
    return {
        "content": version.content.get("tz", ""),
        "country": version.country,
        "region": version.region,
        "closings": version.closings,
        **{day: weekly.get(day, []) for day, _ in DAYS},
    }


def kept_of(version: CalendarVersion) -> dict[str, Any]:
    """What an edit leaves as it is: hours of single days, and holidays that no country gives."""
    holidays = version.content.get("holidays", {})
    named = holidays if isinstance(holidays, dict) else dict.fromkeys(holidays, "")
    own = {} if version.country else {day: name for day, name in named.items() if day not in version.closings}
    return {"overrides": version.content.get("overrides", {}), "holidays": own}
