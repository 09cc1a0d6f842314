"""How the list of tickets is narrowed and ordered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django_filters import rest_framework as filters
from rest_framework import serializers

from api.fields import LARGEST_ID, Instant
from api.pages import Order
from slo.models import Clock, ClockState
from tickets.domain.lifecycle import Status
from tickets.models import TicketQuerySet
from tickets.queries import found_by

ORDERS = {
    "next_due": Order(column="next_due_at", is_nullable=True),
    "updated": Order(column="updated_at", is_descending=True),
    "created": Order(column="opened_at", is_descending=True),
}


class _InstantField(forms.Field):
    """A moment by RFC 3339; a `+` that came as a blank is taken for what it was."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - Django's own signature
        """The moment, or the words on how to write it."""
        if value in self.empty_values:
            return None
        try:
            return Instant().to_internal_value(str(value).replace(" ", "+"))
        except serializers.ValidationError:
            raise forms.ValidationError("Write the moment like 2026-03-02T09:00:00Z.") from None


class InstantFilter(filters.IsoDateTimeFilter):  # type: ignore[misc] # the library carries no types
    """A moment with its offset."""

    field_class = _InstantField


class IdFilter(filters.NumberFilter):  # type: ignore[misc] # the library carries no types
    """The id of something."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the library's own
        """Ids are positive and fit in the database's column."""
        super().__init__(*args, min_value=1, max_value=LARGEST_ID, **kwargs)

    def get_max_validator(self) -> None:
        """The field's own limit stands."""


class TicketFilters(filters.FilterSet):  # type: ignore[misc] # the library carries no types
    """The filters of the list of tickets."""

    status = filters.ChoiceFilter(choices=Status.choices(), label="Where it stands.")
    urgency = filters.CharFilter(max_length=40, label="A code of the plan.")
    request_type = filters.CharFilter(max_length=40, label="A code of the plan.")
    client = filters.CharFilter(
        field_name="client__key", lookup_expr="iexact", max_length=10, label="Its key."
    )
    contract = IdFilter(field_name="contract_id", label="Its id.")
    assignee = IdFilter(field_name="assignee_id", label="The id of a person.")
    environment = IdFilter(field_name="environment_id", label="Its id.")
    external_reference = filters.CharFilter(max_length=120, label="The other side's number of it.")
    updated_after = InstantFilter(field_name="updated_at", lookup_expr="gt", label="Changed later than that.")
    clock_state = filters.ChoiceFilter(
        choices=[*ClockState.choices, ("at_risk", "At risk")],
        method="with_clock",
        label="Tickets with a clock in that state.",
    )
    q = filters.CharFilter(
        method="with_words",
        max_length=200,
        label="Words that all stand on the ticket or in its messages; beginnings of words are enough.",
    )
    order = filters.ChoiceFilter(
        choices=[(name, name) for name in ORDERS],
        method="as_it_is",
        label="`next_due`: the next due first; `updated` and `created`: the latest first.",
    )

    def with_clock(self, rows: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        """Tickets with a clock in that state."""
        clocks = Clock.objects.filter(ticket=OuterRef("pk"))
        if value == "at_risk":
            return rows.filter(Exists(clocks.filter(state="running", at_risk_at__isnull=False)))
        return rows.filter(Exists(clocks.filter(state=value)))

    def with_words(self, rows: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        """Tickets that the words are found in."""
        return found_by(self.request.user.actor, rows, value)

    def as_it_is(self, rows: TicketQuerySet, name: str, value: str) -> TicketQuerySet:
        """The rows; the page puts them in order."""
        return rows
