"""The form by which a client announces maintenance of its own."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms


class MaintenanceForm(forms.Form):
    """When a system is worked on, what is done, and who was told; times on the client's clock."""

    starts_at = forms.DateTimeField(
        label="Begins", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(label="Ends", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    summary = forms.CharField(label="What is done", max_length=300)
    told = forms.CharField(
        label="Who else was told", required=False, help_text="Names or addresses, divided by commas."
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        """Read moments in the client's zone, and say so."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["starts_at"].help_text = f"On your company's clock, {zone.key}."

    def clean_starts_at(self) -> datetime:
        """The beginning in the client's zone."""
        return self._there("starts_at")

    def clean_ends_at(self) -> datetime:
        """The end in the client's zone."""
        return self._there("ends_at")

    def clean_told(self) -> tuple[str, ...]:
        """The names, each once."""
        parts = (part.strip() for part in re.split(r"[,\n]", self.cleaned_data["told"]))
        return tuple(dict.fromkeys(part for part in parts if part))

    def _there(self, name: str) -> datetime:
        moment: datetime = self.cleaned_data[name]
        return moment.replace(tzinfo=self.zone)
