"""What is typed for a service review."""

from __future__ import annotations

from django import forms

from proactive.models.reviews import Side
from proactive.services import ActionWords


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class PeriodForm(forms.Form):
    """The period that is looked at, and what the review is called."""

    from_on = _day("From")
    to_on = _day("To", "The last day that counts.")
    title = forms.CharField(
        label="Title", required=False, max_length=200, help_text="Left empty it is named after the service."
    )


class AgendaForm(forms.Form):
    """Title and agenda."""

    title = forms.CharField(label="Title", max_length=200)
    agenda = forms.CharField(
        label="Agenda", required=False, widget=forms.Textarea(attrs={"rows": 6}), help_text="Markdown."
    )


class MinutesForm(forms.Form):
    """What the meeting was."""

    held_on = _day("Held on")
    attendees = forms.CharField(label="Who took part", max_length=500)
    minutes = forms.CharField(
        label="Minutes",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Markdown. The client reads them at once, and they stay.",
    )


class ActionForm(forms.Form):
    """What one side takes on."""

    text = forms.CharField(label="What is to be done", max_length=300)
    side = forms.ChoiceField(label="Whose it is", choices=Side.choices)
    owner = forms.CharField(label="Who sees to it", max_length=200)
    due_on = _day("Until")

    def words(self) -> ActionWords:
        """What was typed, as the service takes it."""
        return ActionWords(**self.cleaned_data)
