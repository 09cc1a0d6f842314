"""Fields of the desk's own: amounts of work, and moments on the reader's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from hours.domain.amounts import HOW, parse_minutes
from hours.domain.rounding import UnfitMinutesError


class MinutesField(forms.CharField):
    """An amount of work as people write it (`0:45`, `45m`, `.75`); cleans to whole minutes, or None."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Wear the class by which the page steps it in quarter hours."""
        kwargs.setdefault("help_text", HOW)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "cd-hours", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the amount; what cannot be read is said with an example that can."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_minutes(text)
        except UnfitMinutesError as unfit:
            raise ValidationError(str(unfit)) from unfit


class DayInput(forms.DateInput):
    """The browser's own input for days, which reads and writes them in one form whatever the language."""

    def __init__(self) -> None:
        """Write days as that input wants them."""
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A day and time as the reader's clock shows them; `zone` is set by the form."""

    zone = ZoneInfo("UTC")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Use the browser's own input for days and times."""
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the moment in the reader's zone."""
        moment = super().clean(value)
        return moment.replace(tzinfo=self.zone) if isinstance(moment, datetime) else None

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show a moment as the input wants it."""
        return f"{value.astimezone(self.zone):%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value


def offer(form: forms.BaseForm, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field of choices what it offers."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]
