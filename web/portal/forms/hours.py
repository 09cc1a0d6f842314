"""What a point of contact decides about hours."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from hours.models import OverageRequest
from web.amount_field import AmountField

APPROVED, DECLINED = "approved", "declined"


class DecisionForm(forms.Form):
    """Yes or no to work beyond the balance: for how many minutes, until when, and in which words (H5).

    An amount that is left out is all that was asked. Declining needs neither amount nor day, so what stands
    in those two is not read then.
    """

    decision = forms.ChoiceField(
        choices=[(APPROVED, "Approve"), (DECLINED, "Decline")],
        error_messages={"required": "Choose whether you approve or decline."},
    )
    minutes = AmountField(label="How much you approve", required=False, help_text="")
    expires_on = forms.DateField(
        label="Good until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    answer = forms.CharField(
        label="Your words", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        overage: OverageRequest,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        """Offer what was asked for, or what was `kept`; each request's form has its own ids on the page."""
        initial = {"minutes": overage.minutes, **(kept or {})}
        super().__init__(data, initial=initial, auto_id=f"ov{overage.pk}-%s")
        if self.data.get("decision") == DECLINED:
            for name in ("minutes", "expires_on"):
                self.fields[name].disabled = True

    @property
    def approves(self) -> bool:
        """Whether the answer, once cleaned, is yes."""
        return bool(self.cleaned_data["decision"] == APPROVED)
