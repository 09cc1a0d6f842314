"""The form by which a client asks for an engineer at a weekend."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from contracts.models import Contract, Environment
from escalation.services.bookings import DETAIL_LIMIT, SUMMARY_LIMIT

LONGEST_HOURS = 24
#: What lies outside is a slip of the keyboard, and beyond what can be reckoned with.
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


class BookingForm(forms.Form):
    """What work is planned, when, and on which system; times on the client's clock."""

    contract = forms.ChoiceField(label="Under which contract?")
    summary = forms.CharField(
        label="What is planned, in one line",
        max_length=SUMMARY_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_at = forms.DateTimeField(
        label="Begins", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    hours = forms.IntegerField(label="For how many hours?", min_value=1, max_value=LONGEST_HOURS, initial=4)
    environment = forms.ChoiceField(label="Which system?", required=False)
    detail = forms.CharField(
        label="What the engineer should know",
        required=False,
        max_length=DETAIL_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        contracts: list[Contract],
        systems: list[Environment],
        zone: ZoneInfo,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer the contracts that have weekend engineers, and their systems; times are of that zone."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["starts_at"].help_text = f"On your company's clock, {zone.key}."
        self._offer("contract", [(str(one.pk), one.name) for one in contracts])
        if len(contracts) == 1:
            self.fields["contract"].widget = forms.HiddenInput()
            self.initial["contract"] = str(contracts[0].pk)
        named = [("", "None in particular"), *((str(one.pk), one.name) for one in systems)]
        self._offer("environment", named)
        if not systems:
            del self.fields["environment"]

    def clean_starts_at(self) -> datetime:
        """The beginning in the client's zone."""
        moment: datetime = self.cleaned_data["starts_at"]
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise forms.ValidationError("Choose a day within a year.")
        return moment.replace(tzinfo=self.zone)

    @property
    def ends_at(self) -> datetime:
        """The end, once the form is cleaned: that many hours of real time after the beginning."""
        begins: datetime = self.cleaned_data["starts_at"]
        length = timedelta(hours=self.cleaned_data["hours"])
        return datetime.fromtimestamp(begins.timestamp() + length.total_seconds(), tz=self.zone)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
