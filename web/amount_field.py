"""The form field for hours that are bought, approved or asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from hours.domain.amounts import HOW, MOST_MINUTES, parse_amount
from hours.domain.rounding import UnfitMinutesError
from web.wording.amounts import hmm

_ATTRIBUTES = {"class": "cd-hours", "autocomplete": "off", "data-cd-most": str(MOST_MINUTES)}


class AmountField(forms.CharField):
    """Hours as people write them (`20:00`, `20h`, `.75`), however many; cleans to whole minutes, or None."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Wear the class by which the page steps it in quarter hours."""
        kwargs.setdefault("help_text", HOW)
        kwargs.setdefault("widget", forms.TextInput(attrs=_ATTRIBUTES))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read the amount; what cannot be read is said with an example that can."""
        text = super().clean(value)
        try:
            return parse_amount(text) if text else None
        except UnfitMinutesError as unfit:
            raise forms.ValidationError(str(unfit)) from unfit

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Show minutes as hours; what was typed stays as it was."""
        return hmm(value) if isinstance(value, int) and value else value or ""
