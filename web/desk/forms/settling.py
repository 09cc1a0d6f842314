"""What staff type when they settle what waits about hours."""

from __future__ import annotations

from typing import Any

from django import forms

from hours.models import TimeEntry
from web.desk.forms.fields import MinutesField
from web.wording.amounts import hmm

KEEP, REWRITE, TAKE_BACK = "keep", "rewrite", "take_back"
_CONFIRM, _DECLINE = "confirm", "decline"


class AnswerForm(forms.Form):
    """The answer to a question about an entry, and whether the entry is corrected with it."""

    answer = forms.CharField(
        label="Your answer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The client reads it; with a correction it is the reason that stands beside it.",
    )
    correction = forms.ChoiceField(
        label="The entry",
        widget=forms.RadioSelect,
        initial=KEEP,
        choices=[
            (KEEP, "It is right and stays"),
            (REWRITE, "Correct the time"),
            (TAKE_BACK, "Take it back"),
        ],
    )
    minutes = MinutesField(
        label="Time it really took", required=False, help_text="Only where you correct the time."
    )

    def __init__(self, *args: Any, entry: TimeEntry, corrects: bool, **kwargs: Any) -> None:  # noqa: ANN401
        """Start from the entry's own time; where the reader cannot correct it, it is only answered."""
        super().__init__(*args, **kwargs)
        self.fields["minutes"].initial = hmm(entry.worked_minutes)
        if not corrects:
            del self.fields["correction"], self.fields["minutes"]

    def clean(self) -> dict[str, Any]:
        """Ask for the time where the entry is written anew."""
        told = super().clean() or {}
        if told.get("correction") == REWRITE and not told.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", "Say how long it really took.")
        return told


class OrderForm(forms.Form):
    """Yes or no to an order of a pack."""

    decision = forms.ChoiceField(
        label="This order",
        widget=forms.RadioSelect,
        choices=[
            (_CONFIRM, "Confirm it: the hours are in the balance at once"),
            (_DECLINE, "Decline it"),
        ],
    )
    answer = forms.CharField(
        label="A word to the client",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def confirms(self) -> bool:
        """Whether the answer, once cleaned, is yes."""
        return bool(self.cleaned_data["decision"] == _CONFIRM)
