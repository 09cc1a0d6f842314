"""What staff note when they follow up with a maker."""

from __future__ import annotations

from django import forms

from web.desk.forms.fields import DayInput


class FollowUpForm(forms.Form):
    """What was asked of the maker or heard from them, and by when to ask again."""

    note = forms.CharField(
        label="What was asked or heard",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stays with staff; tell the client in a reply.",
    )
    follow_up_on = forms.DateField(
        label="Ask again by",
        widget=DayInput(),
        help_text="On the client’s calendar. The client sees the day.",
    )
    vendor = forms.CharField(label="Maker or product team", required=False, max_length=120)
    reference = forms.CharField(label="Their reference", required=False, max_length=120)
