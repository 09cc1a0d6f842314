"""What staff type on documents that are owed and on planned changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tickets.domain.checklists import STAGES, Template
from tickets.domain.texts import BODY_LIMIT
from web.desk.forms.fields import offer


class DocumentForm(forms.Form):
    """The text of a document, in Markdown."""

    body = forms.CharField(
        label="The document",
        max_length=BODY_LIMIT,
        error_messages={"required": "Write the document first."},
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Markdown. What happened, why, what was done, and what keeps it from happening again.",
    )


class ChangeForm(forms.Form):
    """Which template a planned change follows."""

    template = forms.ChoiceField(label="What kind of change is it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, templates: Iterable[Template], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the templates that the ticket does not follow yet."""
        super().__init__(*args, **kwargs)
        offer(self, "template", [(one.key, f"{one.title}: {one.summary}") for one in templates])


class StepForm(forms.Form):
    """A step of one's own."""

    stage = forms.ChoiceField(label="Stage", choices=list(STAGES.items()))
    label = forms.CharField(label="What is to do", max_length=200)
