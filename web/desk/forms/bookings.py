"""What staff decide about a weekend engineer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import Person
from web.desk.forms.fields import offer

_CONFIRM, _DECLINE = "confirm", "decline"


class BookingDecisionForm(forms.Form):
    """Yes with a name, or no with a reason."""

    decision = forms.ChoiceField(
        label="This booking",
        widget=forms.RadioSelect,
        choices=[(_CONFIRM, "Confirm it: the engineer named below is there"), (_DECLINE, "Decline it")],
    )
    engineer = forms.ChoiceField(label="Who is there", required=False)
    answer = forms.CharField(
        label="A word to the client",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed when you decline: why, and what else is possible.",
    )

    def __init__(self, *args: Any, people: Iterable[Person], is_new: bool, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer who can be named; a confirmed booking can only be given to somebody else."""
        super().__init__(*args, **kwargs)
        offer(self, "engineer", [("", "Choose an engineer"), *((str(one.pk), one.name) for one in people)])
        if not is_new:
            self.fields["decision"].initial = _CONFIRM
            offer(self, "decision", [(_CONFIRM, "Somebody else is there: the engineer named below")])

    @property
    def confirms(self) -> bool:
        """Whether the answer, once cleaned, is yes."""
        return bool(self.cleaned_data["decision"] == _CONFIRM)

    def clean(self) -> dict[str, Any]:
        """A yes needs a name."""
        told = super().clean() or {}
        if told.get("decision") == _CONFIRM and not told.get("engineer") and "engineer" not in self.errors:
            self.add_error("engineer", "Say who is there.")
        return told
