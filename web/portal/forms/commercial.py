"""What a contact asks the account executive."""

from __future__ import annotations

from typing import Any

from django import forms

from contracts.models import Contract
from escalation.models import QuestionTopic
from escalation.services.questions import SUBJECT_LIMIT, TEXT_LIMIT


class CommercialForm(forms.Form):
    """A commercial question; the contract is asked for only where there are several."""

    topic = forms.ChoiceField(label="What is it about?", choices=QuestionTopic.choices)
    contract = forms.ChoiceField(label="Which contract?", required=False)
    subject = forms.CharField(label="Your question in one line", max_length=SUBJECT_LIMIT)
    text = forms.CharField(
        label="What we should know", max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )
    ticket = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, contracts: list[Contract], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the client's contracts; one alone is taken by itself."""
        super().__init__(*args, **kwargs)
        offered = [("", "None in particular"), *((str(one.pk), one.name) for one in contracts)]
        self.fields["contract"].choices = offered  # type: ignore[attr-defined]
        if len(contracts) < 2:
            del self.fields["contract"]


class AskAgainForm(forms.Form):
    """Something more on a question."""

    text = forms.CharField(
        label="Ask back, or add something", max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
