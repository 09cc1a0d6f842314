"""What a contact writes on a ticket."""

from __future__ import annotations

from django import forms

from escalation.domain.ladder import GROUNDS
from escalation.domain.questions import sounds_commercial
from web.files import FilesField

_GROUND_WORDS = {
    "wrong_urgency": "It has the wrong urgency",
    "late_response": "Answers come too late",
    "slow_resolution": "It takes too long",
    "other": "Something else",
}


class ReplyForm(forms.Form):
    """A reply with files; the one-time id lets a double click send it once."""

    body = forms.CharField(
        label="Your message", error_messages={"required": "Write a few words, or leave the page as it is."}
    )
    files = FilesField(  # type: ignore[assignment]
        required=False, widget=FilesField.widget(attrs={"multiple": True})
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)


class EscalationForm(forms.Form):
    """Why a contact calls for somebody higher (E2)."""

    ground = forms.ChoiceField(label="What is wrong?", choices=[(one, _GROUND_WORDS[one]) for one in GROUNDS])
    reason = forms.CharField(
        label="In your words",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The clocks, messages and earlier escalations are attached by themselves.",
    )
    is_meant = forms.BooleanField(required=False)

    @property
    def is_for_the_account_executive(self) -> bool:
        """Whether the cleaned words are about prices or contracts, and nobody said that they mean it (E4)."""
        told = self.cleaned_data
        return bool(told["ground"] == "other" and not told["is_meant"] and sounds_commercial(told["reason"]))


class UrgencyForm(forms.Form):
    """Another urgency, with the reason."""

    urgency = forms.ChoiceField()
    reason = forms.CharField(required=False, max_length=500)


class RatingForm(forms.Form):
    """How it went, 1 to 5."""

    rating = forms.TypedChoiceField(
        coerce=int, choices=[(n, str(n)) for n in range(1, 6)], widget=forms.RadioSelect
    )
    comment = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))


class TextForm(forms.Form):
    """A sentence or two that an act needs."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
