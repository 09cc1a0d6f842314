"""What the account executive writes to a client."""

from __future__ import annotations

from django import forms

from escalation.services.questions import TEXT_LIMIT


class CommercialAnswerForm(forms.Form):
    """The answer to a commercial question."""

    text = forms.CharField(
        label="Your answer",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The client reads it in the portal and gets it by mail.",
    )
