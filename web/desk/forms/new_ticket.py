"""The form by which staff file a ticket for a contact: what came by phone, mail or in passing."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person
from contracts.domain.plan import Plan, Service
from contracts.models import Contract
from contracts.queries import environments_of
from web.desk.forms.fields import offer
from web.drawing.cards import Card
from web.files import FilesField

_CHANNELS = (("phone", "By phone"), ("email", "By mail"), ("chat", "In a chat, or otherwise"))


class FiledForForm(forms.Form):
    """A ticket as staff take it down; the choices are those of the contract's plan."""

    requester = forms.ChoiceField(label="For whom")
    channel = forms.ChoiceField(label="How it reached us", choices=_CHANNELS)
    request_type = forms.ChoiceField(label="What is it?")
    subject = forms.CharField(max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    urgency = forms.ChoiceField(
        label="How urgent is it for them?",
        widget=forms.RadioSelect,
        help_text="As the contact says it; the client owns the urgency.",
    )
    category = forms.ChoiceField(label="Which service is it about?", required=False)
    environment = forms.ChoiceField(label="Which system?", required=False)
    description = forms.CharField(label="What they need", widget=forms.Textarea(attrs={"rows": 6}))
    external_reference = forms.CharField(label="Their own number for it", required=False, max_length=120)
    files = FilesField(  # type: ignore[assignment]
        required=False, widget=FilesField.widget(attrs={"multiple": True})
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        contract: Contract,
        plan: Plan,
        people: list[Person],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Fill the choices from the contract's plan, systems and people."""
        super().__init__(*args, **kwargs)
        self.systems = {str(one.pk): one for one in environments_of(contract)}
        self.people = {str(one.pk): one for one in people}
        offer(self, "requester", [(pk, one.name) for pk, one in self.people.items()])
        offer(self, "request_type", [(one.code, one.label) for one in plan.request_types])
        offer(self, "urgency", [(one.code, Card(one.label, hint=one.description)) for one in plan.urgencies])
        offer(self, "category", [("", "Not known"), *_grouped(plan.services)])
        offer(self, "environment", [("", "Not known"), *((pk, one.name) for pk, one in self.systems.items())])

    def facts(self) -> dict[str, Any]:
        """What was typed, with the people and systems themselves in place of their ids."""
        typed = dict(self.cleaned_data)
        typed["requester"] = self.people[typed["requester"]]
        typed["environment"] = self.systems.get(typed["environment"])
        return typed


def _grouped(services: tuple[Service, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for service in services:
        groups.setdefault(service.group, []).append((service.key, service.label))
    return list(groups.items())
