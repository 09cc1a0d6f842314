"""What is typed for a health assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from contracts.models import Contract, Environment
from contracts.queries import environments_of
from proactive.domain.assessing import Outcome, Severity
from proactive.models import AssessedEnvironment, Assessment, Check
from proactive.services import Answer, FindingWords

_OUTCOMES = [("", "Not looked at yet"), *Outcome.choices()]


class ScopeForm(forms.Form):
    """Which environments are looked at, and what the assessment is called."""

    environments = forms.ModelMultipleChoiceField(
        queryset=Environment.objects.none(), widget=forms.CheckboxSelectMultiple, label="Environments"
    )
    title = forms.CharField(
        label="Title", required=False, max_length=200, help_text="Left empty it is named after the service."
    )

    def offer(self, contract: Contract) -> None:
        """Offer the environments that the contract covers now."""
        field = self.fields["environments"]
        field.queryset = environments_of(contract)  # type: ignore[attr-defined]


class SummaryForm(forms.Form):
    """Title and summary."""

    title = forms.CharField(label="Title", max_length=200)
    summary = forms.CharField(
        label="Summary",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What the reader should take away; Markdown.",
    )


class ChecksForm(forms.Form):
    """What each point of one environment showed."""

    def ask(self, checks: Iterable[Check]) -> None:
        """Make an outcome and a note for each point."""
        for check in checks:
            self.fields[f"outcome-{check.pk}"] = forms.ChoiceField(
                label=f"{check.topic}: {check.text}", choices=_OUTCOMES, required=False, initial=check.outcome
            )
            self.fields[f"note-{check.pk}"] = forms.CharField(
                label="Note", required=False, initial=check.note, max_length=2000
            )

    def answers(self) -> Mapping[int, Answer]:
        """What was answered, by the ids of the points."""
        typed: dict[str, Any] = self.cleaned_data
        ids = [int(name.partition("-")[2]) for name in self.fields if name.startswith("outcome-")]
        return {one: Answer(outcome=typed[f"outcome-{one}"], note=typed[f"note-{one}"]) for one in ids}


class FindingForm(forms.Form):
    """A finding: how grave it is, what was seen and what should be done."""

    title = forms.CharField(label="What was found, in one line", max_length=200)
    severity = forms.ChoiceField(label="How grave it is", choices=Severity.choices(), initial="medium")
    place = forms.ModelChoiceField(
        queryset=AssessedEnvironment.objects.none(),
        label="Environment",
        required=False,
        empty_label="All of them",
    )
    topic = forms.CharField(label="Topic", required=False, max_length=80)
    detail = forms.CharField(
        label="What was seen", widget=forms.Textarea(attrs={"rows": 5}), help_text="Markdown."
    )
    recommendation = forms.CharField(label="What we advise", widget=forms.Textarea(attrs={"rows": 4}))

    def offer(self, assessment: Assessment) -> None:
        """Offer the environments of the scope."""
        self.fields["place"].queryset = assessment.places.all()  # type: ignore[attr-defined]

    def words(self) -> FindingWords:
        """What was typed, as the service takes it."""
        return FindingWords(**self.cleaned_data)


class SettleForm(forms.Form):
    """How a finding was put right."""

    note = forms.CharField(label="How it was put right", widget=forms.Textarea(attrs={"rows": 3}))
