"""What somebody asks when they ask "what if"."""

from __future__ import annotations

from typing import Any

from django import forms

OTHER_HOURS = "other"
Choices = list[tuple[str, str]]


class ReplayForm(forms.Form):
    """A contract, how far back, and what would have been otherwise: its plan, its support hours, or both."""

    contract = forms.ChoiceField(label="Contract")
    days = forms.IntegerField(label="Tickets of the last days", min_value=1, max_value=1100, initial=90)
    plan = forms.ChoiceField(label="Plan", required=False)
    hours = forms.ChoiceField(label="Support hours", required=False)
    opens = forms.TimeField(
        label="Open from", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label="Open to",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="On the contract's clock; its holidays stay.",
    )
    weekends = forms.BooleanField(label="Saturdays and Sundays too", required=False)

    def offer(self, *, contracts: Choices, plans: Choices, calendars: list[str]) -> None:
        """Fill the lists."""
        offered: dict[str, Choices] = {
            "contract": contracts,
            "plan": [("", "As it is"), *plans],
            "hours": [
                ("", "As they are"),
                *((name, name) for name in calendars),
                (OTHER_HOURS, "Other hours, as below"),
            ],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something must be otherwise, and other hours need their two ends."""
        asked: dict[str, Any] = super().clean() or {}
        is_own = asked.get("hours") == OTHER_HOURS
        if not asked.get("plan") and not asked.get("hours") and not self.errors:
            self.add_error("plan", "Choose another plan or other support hours.")
        for name in ("opens", "closes"):
            if is_own and not asked.get(name) and name not in self.errors:
                self.add_error(name, "Say when support is open.")
        if is_own and asked.get("opens") and asked.get("opens") == asked.get("closes"):
            self.add_error("closes", "Choose another time than the opening.")
        return asked
