"""What is known of a system, and the maintenance announced for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from web.setup.forms.fields import DayField, WordsField


class EnvironmentForm(forms.Form):
    """A system that the client runs."""

    FACTS: ClassVar[tuple[str, ...]] = (
        "product",
        "version",
        "deployment",
        "is_production",
        "operating_system",
        "database",
        "plug_ins",
        "public_urls",
        "maintenance_ends_on",
        "is_supported",
    )
    name = forms.CharField(max_length=120)
    product = forms.CharField(max_length=80)
    version = forms.CharField(max_length=40, required=False)
    deployment = forms.CharField(max_length=40, required=False, help_text="Such as Data Center or Cloud.")
    is_production = forms.BooleanField(label="People work with it every day", required=False, initial=True)
    operating_system = forms.CharField(max_length=80, required=False)
    database = forms.CharField(max_length=80, required=False)
    plug_ins = WordsField(label="Plug-ins", required=False, help_text="Divided by commas.")
    public_urls = WordsField(label="Public addresses", required=False, help_text="Divided by commas.")
    maintenance_ends_on = DayField(label="The maker's maintenance ends on", required=False)
    is_supported = forms.BooleanField(label="The maker supports this version", required=False, initial=True)

    def __init__(self, *args: Any, is_known: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        """A system that is known keeps its name."""
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["name"]

    def facts(self) -> dict[str, Any]:
        """What was filled in, by the names of `EnvironmentFacts`."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class WindowForm(forms.Form):
    """When a system is worked on, what is done, and who was told; times on the client's clock."""

    starts_at = forms.DateTimeField(
        label="Begins", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(label="Ends", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    summary = forms.CharField(label="What is done", max_length=300)
    told = WordsField(
        label="Who was told", required=False, help_text="Names or addresses, divided by commas."
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        """Read moments in the client's zone, and say so."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["starts_at"].help_text = f"On the client's clock, {zone.key}."

    def clean_starts_at(self) -> datetime:
        """The beginning in the client's zone."""
        return self._there("starts_at")

    def clean_ends_at(self) -> datetime:
        """The end in the client's zone."""
        return self._there("ends_at")

    def _there(self, name: str) -> datetime:
        moment: datetime = self.cleaned_data[name]
        return moment.replace(tzinfo=self.zone)
