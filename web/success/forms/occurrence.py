"""What is typed about one delivery of planned work."""

from __future__ import annotations

from django import forms

from web.setup.forms.fields import StaffField


class DayForm(forms.Form):
    """A day for the work, and why it moves where it leaves its window."""

    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label="Why it moves", required=False, help_text="Needed outside its window; the client reads it."
    )


class ProofForm(forms.Form):
    """What shows that it was done."""

    proof = forms.CharField(
        label="What shows it", widget=forms.Textarea(attrs={"rows": 3}), help_text="A link or a sentence."
    )


class ReasonForm(forms.Form):
    """Why it is not done."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="The client reads this.")


class WaiverForm(forms.Form):
    """Who at the client gave it up, and why."""

    waived_by = forms.CharField(label="Who at the client said so", max_length=200)
    reason = forms.CharField(label="Why it is given up", widget=forms.Textarea(attrs={"rows": 2}))


class OwnerForm(forms.Form):
    """Who sees to it from now on."""

    owner = StaffField(label="Who sees to it")
