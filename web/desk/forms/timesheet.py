"""What staff type into their timesheet."""

from __future__ import annotations

from django import forms

from web.desk.forms.fields import MinutesField


class SheetForm(forms.Form):
    """One entry: a ticket by its number, the day, the time, and what was done."""

    ticket = forms.CharField(
        label="Ticket",
        max_length=24,
        help_text="Its number, such as ACME-42.",
        widget=forms.TextInput(attrs={"list": "own-tickets", "autocomplete": "off"}),
    )
    minutes = MinutesField(label="Time spent")
    note = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="The client reads this in the hours list.",
    )
    worked_on = forms.DateField(widget=forms.HiddenInput)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
