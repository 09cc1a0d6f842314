"""The style guide: every component in every state on one page, for development and for tests of the look."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from web import styleguide_samples as samples
from web.drawing.cards import Card


class SampleForm(forms.Form):
    """One field of each kind."""

    subject = forms.CharField(label="Subject", help_text="A few words that say what is wrong.")
    body = forms.CharField(label="What happens", widget=forms.Textarea(attrs={"rows": 3}))
    urgency = forms.ChoiceField(
        label="How urgent is it?",
        widget=forms.RadioSelect,
        choices=[
            ("1", Card("Critical", hint="Nobody can work; there is no way round it.")),
            ("3", Card("Medium", hint="Some work is slowed down.")),
        ],
    )
    system = forms.ChoiceField(label="System", choices=[("jira", "Jira, production"), ("wiki", "Wiki")])
    people = forms.MultipleChoiceField(
        label="Who else should see it?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("bram", "Bram de Wit"), ("priya", "Priya Raman")],
    )
    files = forms.FileField(label="Files", required=False)  # type: ignore[assignment]  # named as it is posted
    spent = forms.CharField(label="Time spent", help_text="0:45, 45m or .75")
    agreed = forms.BooleanField(label="I have spoken with my colleagues", help_text="Only for critical ones.")


class SampleComposerForm(forms.Form):
    """The fields of a composer."""

    body = forms.CharField()
    after = forms.ChoiceField(choices=[("in_progress", "Working"), ("resolved", "Solved")])
    files = forms.FileField(required=False)  # type: ignore[assignment]  # named as it is posted


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components from plain samples, reading no rows; `?side=portal` in the portal's density."""
    side = "portal" if request.GET.get("side") == "portal" else "staff"
    return render(request, "styleguide.html", {"side": side, **_forms(), **samples.everything()})


def _forms() -> dict[str, forms.Form]:
    typed = {"subject": "", "spent": "45 mins ish", "urgency": "", "system": "jira"}
    return {
        "form": SampleForm(prefix="new", initial={"urgency": "3", "spent": "0:45"}),
        "bad_form": SampleForm({f"bad-{name}": value for name, value in typed.items()}, prefix="bad"),
        "composer": SampleComposerForm(auto_id="composer_%s"),
        "reply": SampleComposerForm(auto_id="reply_%s"),
    }
