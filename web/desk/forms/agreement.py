"""What staff write down when a client agreed to another interval of updates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from web.desk.forms.fields import MomentField

_UNITS = (("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days"))
_NOTE = forms.Textarea(attrs={"rows": 2})


class AgreementForm(forms.Form):
    """How often from now on, who said so for the client, and until when."""

    interval = forms.IntegerField(label="An update every", min_value=1, max_value=9999)
    unit = forms.ChoiceField(label="Unit", choices=_UNITS, initial="hours")
    agreed_with = forms.CharField(label="Who agreed for the client", max_length=120)
    until = MomentField(
        label="Until", required=False, help_text="On your own clock; leave it empty until further notice."
    )
    note = forms.CharField(label="In your words", required=False, max_length=500, widget=_NOTE)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        """Read moments on the reader's clock."""
        super().__init__(*args, **kwargs)
        self.fields["until"].zone = zone  # type: ignore[attr-defined]

    def agreed(self) -> dict[str, Any]:
        """What was agreed, with the interval as a span."""
        given = dict(self.cleaned_data)
        unit = given.pop("unit")
        return {**given, "interval": timedelta(**{unit: given["interval"]})}


class EndForm(forms.Form):
    """Why the plan's own interval holds again."""

    note = forms.CharField(label="In your words", required=False, max_length=500, widget=_NOTE)
