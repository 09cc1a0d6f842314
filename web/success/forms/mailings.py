"""What is typed about insights and events."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.models import Role
from proactive.domain.mailings import Audience
from proactive.models import Topic
from proactive.queries.mailings import installed_products, mailing_plans
from proactive.services import ItemWords, WebinarWords


class AudienceForm(forms.Form):
    """Whom a mailing goes to; what is left open narrows nothing."""

    plans = forms.MultipleChoiceField(
        label="Plans", required=False, widget=forms.CheckboxSelectMultiple, help_text="None chosen means all."
    )
    products = forms.MultipleChoiceField(
        label="Clients that run",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen means all.",
    )
    roles = forms.MultipleChoiceField(
        label="Contacts who are",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Role.choices,
        help_text="None chosen means all.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the plans and products that some client has."""
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {name: self.fields[name] for name in ("plans", "products")}
        offered["plans"].choices = mailing_plans()
        offered["products"].choices = [(one, one) for one in installed_products()]

    def audience(self) -> Audience:
        """What was chosen, as the services take it."""
        given = self.cleaned_data
        return Audience(**{name: tuple(given[name]) for name in ("plans", "products", "roles")})


class InsightForm(AudienceForm):
    """An insight's title, opening words and readers."""

    title = forms.CharField(max_length=200, help_text="The subject of the mail.")
    intro = forms.CharField(
        label="Opening words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown. Above the items.",
    )
    field_order = ("title", "intro", "plans", "products", "roles")


class ItemForm(forms.Form):
    """One piece of an insight."""

    topic = forms.ChoiceField(label="What it is", choices=Topic.choices)
    product = forms.CharField(
        label="About which product",
        required=False,
        max_length=80,
        help_text="Whoever runs it reads this first. Empty for all.",
    )
    title = forms.CharField(max_length=200)
    body = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 6}), help_text="Markdown.")
    link = forms.URLField(label="Where to read more", required=False, assume_scheme="https")

    def words(self) -> ItemWords:
        """What was typed, as the service takes it."""
        return ItemWords(**self.cleaned_data)


class MomentForm(forms.Form):
    """When a mailing goes out."""

    send_at = forms.DateTimeField(
        label="Send it on", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        """Read the moment on the clock of whoever writes, and say so."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["send_at"].help_text = f"From 7:00 to 19:00, Monday to Friday, {zone.key} time."

    def clean_send_at(self) -> datetime:
        """The moment in that zone."""
        moment: datetime = self.cleaned_data["send_at"]
        return moment.replace(tzinfo=self.zone)


class WebinarForm(AudienceForm):
    """An event: what, who, when, where, and whom it is for."""

    title = forms.CharField(max_length=200)
    description = forms.CharField(
        label="What it is about", widget=forms.Textarea(attrs={"rows": 6}), help_text="Markdown."
    )
    host = forms.CharField(label="Who holds it", max_length=200)
    starts_at = forms.DateTimeField(
        label="Begins",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=480, initial=60)
    address = forms.URLField(
        label="Where people take part",
        required=False,
        assume_scheme="https",
        help_text="Only who registered reads it.",
    )
    seats = forms.IntegerField(
        label="Seats", required=False, min_value=1, max_value=100_000, help_text="Empty for no limit."
    )
    field_order = ("title", "description", "host", "starts_at", "minutes", "address", "seats")

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:  # noqa: ANN401
        """Read the hour on the clock of whoever writes, and say so."""
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["starts_at"].help_text = f"On your clock, {zone.key}. Everybody reads it on theirs."

    def clean_starts_at(self) -> datetime:
        """The hour in that zone."""
        moment: datetime = self.cleaned_data["starts_at"]
        return moment.replace(tzinfo=self.zone)

    def words(self) -> WebinarWords:
        """What was typed, as the service takes it."""
        names = ("title", "description", "host", "starts_at", "minutes", "address", "seats")
        return WebinarWords(**{name: self.cleaned_data[name] for name in names})


class CallOffForm(forms.Form):
    """Why an event does not take place."""

    reason = forms.CharField(
        label="Why it is called off", max_length=300, help_text="Who registered reads this."
    )
