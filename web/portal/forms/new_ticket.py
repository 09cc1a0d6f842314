"""The form of a new ticket: what the plan lets one choose, and what one has to tell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Person
from contracts.domain.plan import Plan
from contracts.models import Contract, Environment
from web.drawing.cards import Card
from web.files import FilesField


class NewTicketForm(forms.Form):
    """A ticket as a contact files it; the choices are those of the contract's plan."""

    request_type = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    subject = forms.CharField(max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    urgency = forms.ChoiceField(
        label="How urgent is it?",
        widget=forms.RadioSelect,
        help_text="Choose by what it does to your work. You can change it later.",
    )
    category = forms.ChoiceField(label="Which service is it about?", required=False)
    environment = forms.ModelChoiceField(
        label="Which system?",
        queryset=Environment.objects.none(),
        required=False,
        empty_label="I am not sure",
    )
    description = forms.CharField(
        label="Tell us what you need",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Helpful: what should happen, for whom, and by when. Never write passwords here.",
    )
    files = FilesField(  # type: ignore[assignment]
        required=False,
        widget=FilesField.widget(attrs={"multiple": True}),
        help_text="Screenshots and logs help most.",
    )
    participants = forms.ModelMultipleChoiceField(
        label="Colleagues who should follow",
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They can read and reply.",
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        contract: Contract,
        plan: Plan,
        colleagues: QuerySet[Person],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Fill the choices from the contract's plan and environments, and the client's other people."""
        super().__init__(*args, **kwargs)
        _offer(
            self,
            "request_type",
            [(one.code, Card(one.label, hint=one.description)) for one in plan.request_types],
        )
        _offer(self, "urgency", [(one.code, Card(one.label, hint=one.description)) for one in plan.urgencies])
        _offer(self, "category", [("", "I am not sure"), *_services(plan)])
        environments = Environment.objects.filter(contract=contract, retired_at__isnull=True)
        self._field("environment").queryset = environments
        self._field("participants").queryset = colleagues

    def _field(self, name: str) -> Any:  # noqa: ANN401  narrower than Django's own type
        return self.fields[name]


def _offer(form: NewTicketForm, name: str, choices: list[tuple[str, Any]]) -> None:
    form._field(name).choices = choices


def _services(plan: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in plan.services:
        groups.setdefault(service.group, []).append((service.key, service.label))
    return list(groups.items())
