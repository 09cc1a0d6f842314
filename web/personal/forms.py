"""What a person fills in about themselves."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.domain.zones import known_zones
from notify.routing import ALWAYS_AT_ONCE, GROUPS

_MAIL_CHOICES = (("on", "At once"), ("digest", "Once a day"), ("off", "Not by mail"))

#: What only those who work on tickets are told; contacts are not asked about it.
_OF_STAFF = frozenset({"queue", "watching", "clocks", "escalations", "handoffs"})


def offer_zones(field: forms.Field) -> None:
    """Let a choice field offer every zone of the tz database."""
    zones = [*sorted(zone for zone in known_zones() if "/" in zone), "UTC"]
    chosen: Any = field
    chosen.choices = [(zone, zone.replace("_", " ")) for zone in zones]


class ProfileForm(forms.Form):
    """Name, phone and zone."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    zone = forms.ChoiceField(label="Time zone", help_text="Mails tell times in this zone.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer every zone of the tz database."""
        super().__init__(*args, **kwargs)
        offer_zones(self.fields["zone"])


class MailsForm(forms.Form):
    """For each group of events, whether and how mails come."""

    def __init__(self, *args: Any, is_staff: bool = True, **kwargs: Any) -> None:  # noqa: ANN401
        """One choice a group; what waits for a decision always comes at once and is not offered."""
        super().__init__(*args, **kwargs)
        left_out = ALWAYS_AT_ONCE if is_staff else ALWAYS_AT_ONCE | _OF_STAFF
        for group, label in GROUPS.items():
            if group not in left_out:
                self.fields[group] = forms.ChoiceField(label=label, choices=_MAIL_CHOICES)
