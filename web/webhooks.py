"""What both sides show of webhooks: the form of one, and a page of what was sent there."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Client
from contracts.models import Interconnection
from contracts.queries import interconnections_visible_to
from events.domain.actor import Actor
from notify.models import Delivery, Endpoint
from notify.payloads import PUBLIC_FACTS
from notify.queries import deliveries_to

SHOWN = 50


class EndpointForm(forms.Form):
    """Where to send, and which events."""

    url = forms.CharField(label="Address", max_length=500, help_text="Begins with https://.")
    label = forms.CharField(label="Name", max_length=120, required=False)
    kinds = forms.MultipleChoiceField(
        label="Events",
        choices=[(kind, kind) for kind in PUBLIC_FACTS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing chosen: all of them.",
    )


class NewEndpointForm(EndpointForm):
    """A new one; it may belong to an interconnection, and then hears of nothing that came by it."""

    interconnection = forms.ModelChoiceField(
        queryset=Interconnection.objects.none(), required=False, empty_label="None"
    )
    field_order = ("url", "label", "interconnection", "kinds")

    def __init__(self, *args: object, actor: Actor, client: Client, **kwargs: object) -> None:
        """Offer the client's interconnections that are in force."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = interconnections_visible_to(actor).filter(client=client, ended_at__isnull=True)
        self.fields["interconnection"].queryset = found.exclude(in_force_at__isnull=True)  # type: ignore[attr-defined]


class SuspendForm(forms.Form):
    """Why nothing is sent for now."""

    reason = forms.CharField(max_length=200)


def sent_there(endpoint: Endpoint, *, before: str) -> dict[str, Any]:
    """A page of deliveries with their attempts, the newest first, and the way to the older ones."""
    sent = deliveries_to(endpoint).prefetch_related("tries")
    if before.isdecimal():
        sent = sent.filter(id__lt=int(before[:18]))
    found: list[Delivery] = list(sent[: SHOWN + 1])
    more = f"?before={found[SHOWN - 1].pk}" if len(found) > SHOWN else ""
    return {"deliveries": found[:SHOWN], "more": more}
