"""What staff type when they hand a ticket over."""

from __future__ import annotations

from django import forms

from web.desk.forms.fields import MomentField

_ROWS = {"rows": 3}


class BriefForm(forms.Form):
    """What the team that comes on has to know."""

    findings = forms.CharField(
        label="How things stand",
        widget=forms.Textarea(attrs=_ROWS),
        max_length=4000,
        help_text="What is known now.",
    )
    tried = forms.CharField(
        label="Tried and ruled out", required=False, widget=forms.Textarea(attrs=_ROWS), max_length=4000
    )
    next_steps = forms.CharField(label="What comes next", widget=forms.Textarea(attrs=_ROWS), max_length=4000)
    client_told = forms.CharField(
        label="What the client heard last",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    next_update_at = MomentField(
        label="When the client hears from us next", required=False, help_text="On your own clock."
    )
    awake = forms.CharField(
        label="Who is awake at the client",
        required=False,
        max_length=300,
        help_text="And how to reach them in the next hours.",
    )
