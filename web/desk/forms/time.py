"""What staff type when they log time."""

from __future__ import annotations

from typing import Any

from django import forms

from hours.domain.activities import label
from web.amount_field import AmountField
from web.desk.forms.fields import DayInput, MinutesField, offer


class EntryForm(forms.Form):
    """A piece of work on a ticket; the one-time key lets a double click log once."""

    minutes = MinutesField(label="Time spent")
    note = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="The client reads this in the hours list.",
    )
    worked_on = forms.DateField(label="Day", widget=DayInput, help_text="As the client’s calendar has it.")
    activity = forms.ChoiceField(label="Kind of work")
    on_site = forms.BooleanField(
        label="I was on site",
        required=False,
        help_text="Needs the client’s recorded agreement on the ticket; work is remote otherwise.",
    )
    emergency_reason = forms.CharField(
        label="Why it could not wait for approval",
        required=False,
        max_length=300,
        help_text="Only for work beyond the hours that are left.",
    )
    not_billed_reason = forms.CharField(label="Not billed, because", required=False, max_length=300)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        activities: list[str],
        may_waive: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer the plan's kinds of work; only leads waive the bill."""
        super().__init__(*args, **kwargs)
        offer(self, "activity", [(one, label(one)) for one in activities])
        if not may_waive:
            del self.fields["not_billed_reason"]


class EstimateForm(forms.Form):
    """How long the work may take, to be held against the balance before it begins (H6)."""

    estimate = AmountField(label="How long may it take?", required=False)


class CorrectionForm(forms.Form):
    """What was wrong with an entry; what is left as it is stays so."""

    minutes = MinutesField(label="Time spent")
    worked_on = forms.DateField(label="Day", widget=DayInput)
    note = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    activity = forms.ChoiceField(label="Kind of work")
    reason = forms.CharField(label="Why it is corrected", max_length=300)

    def __init__(self, *args: Any, activities: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the plan's kinds of work."""
        super().__init__(*args, **kwargs)
        offer(self, "activity", [(one, label(one)) for one in activities])


class OverageForm(forms.Form):
    """How much more work the client is asked to approve, and for what."""

    minutes = AmountField(label="How much more")
    text = forms.CharField(
        label="What for",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A point of contact decides by these words.",
    )
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
