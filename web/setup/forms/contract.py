"""What a contract states: on opening, and later."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms

from accounts.models import Client
from contracts.domain.plan import Plan
from contracts.models import BusinessCalendar, Contract
from contracts.services import ContractFacts
from hours.domain.amounts import HOW
from web.amount_field import AmountField
from web.setup.forms.fields import DayField, NumbersField, StaffField, TeamField, WordsField

SWITCHES = (
    ("escalate_first_response", "Escalate a missed first response by itself"),
    ("escalate_intervention", "Escalate a missed work start by itself"),
    ("escalate_status_update", "Escalate a missed status update by itself"),
    ("escalate_resolution", "Escalate a missed resolution by itself"),
)


class FactsForm(forms.Form):
    """Everything a contract states beside client, plan and dates; what the plan does not know is left out."""

    reference = forms.CharField(required=False, max_length=60, help_text="Your own number for it.")
    csm = StaffField(label="Client success manager", roles=("csm", "lead"), required=False)
    account_executive = StaffField(
        label="Account executive", roles=("account_executive", "administrator"), required=False
    )
    standard_team = TeamField(label="Team", required=False)
    dedicated_team = TeamField(label="Dedicated team", required=False)
    add_ons = forms.MultipleChoiceField(label="Add-ons", required=False, widget=forms.CheckboxSelectMultiple)
    hours_period = forms.ChoiceField(label="Hours are reserved by the", required=False)
    hours_per_period_minutes = AmountField(label="Hours in each period", required=False, help_text=HOW)
    rollover_periods = forms.IntegerField(
        label="Periods for which unused hours stay", required=False, min_value=0, max_value=60
    )
    overage_reauth_minutes = AmountField(
        label="Ask again after this much overage", required=False, help_text="Empty: never by itself."
    )
    currency = forms.CharField(min_length=3, max_length=3, initial="GBP")
    regions = WordsField(required=False, help_text="Divided by commas.")
    contact_domains = WordsField(
        label="Mail domains of the client",
        required=False,
        help_text="Such as acme.example, divided by commas.",
    )
    counted_channels = forms.MultipleChoiceField(
        label="Channels that count here although the plan exempts them",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    programme_counts = NumbersField(
        label="Planned services bought a year", required=False, help_text="One a line: name = number."
    )
    resolution_thresholds = NumbersField(
        label="Agreed resolution times, in seconds",
        required=False,
        help_text="One a line: urgency = seconds.",
    )
    switches = forms.MultipleChoiceField(
        label="What happens by itself",
        required=False,
        choices=SWITCHES,
        initial=[name for name, _ in SWITCHES],
        widget=forms.CheckboxSelectMultiple,
    )
    outcomes = WordsField(
        label="What the client wants to reach", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    restricts_engineers = forms.BooleanField(label="Only cleared engineers work for it", required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer what the plan knows, and drop what it does not."""
        super().__init__(*args, **kwargs)
        _offer(self, "add_ons", [(one.key, one.label) for one in plan.add_ons])
        _offer(self, "counted_channels", [(one, one) for one in plan.exempt_channels])
        _offer(self, "hours_period", [(one, one) for one in plan.hours.periods])
        if "hours_period" not in self.fields:
            for name in ("hours_per_period_minutes", "rollover_periods", "overage_reauth_minutes"):
                del self.fields[name]
        if not any(one.cadence.kind == "per_contract" for one in plan.proactive):
            del self.fields["programme_counts"]

    def facts(self) -> dict[str, Any]:
        """What was filled in, by the names of `ContractFacts`."""
        found = {
            one.name: self.cleaned_data[one.name] for one in fields(ContractFacts) if one.name in self.fields
        }
        chosen = found.get("switches", [])
        found["switches"] = {name: False for name, _ in SWITCHES if name not in chosen}
        for name in ("add_ons", "counted_channels"):
            if name in found:
                found[name] = tuple(found[name])
        for name in ("hours_per_period_minutes", "rollover_periods"):
            if name in found:
                found[name] = found[name] or 0
        return found


class OpeningForm(FactsForm):
    """A new contract under a plan that is chosen already."""

    name = forms.CharField(max_length=120)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False)
    calendar = forms.ModelChoiceField(
        label="Business hours", queryset=BusinessCalendar.objects.none(), empty_label=None
    )
    field_order = ("name", "starts_on", "ends_on", "calendar")

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the client's own calendars and the provider's."""
        super().__init__(*args, **kwargs)
        own = BusinessCalendar.objects.filter(client=client, versions__isnull=False)
        shared = BusinessCalendar.objects.filter(client__isnull=True, versions__isnull=False)
        offered: Any = self.fields["calendar"]
        offered.queryset = (own | shared).distinct().order_by("-client", "name")


class EndForm(forms.Form):
    """The last day of a contract."""

    ends_on = DayField(label="Last day")


def stated(contract: Contract) -> dict[str, Any]:
    """What a contract states now, as the form shows it first."""
    known = {one.name: getattr(contract, one.name) for one in fields(ContractFacts)}
    known["switches"] = [name for name, _ in SWITCHES if contract.switches.get(name, True)]
    return known


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Give a field its choices; a field with nothing to choose is left out."""
    if not choices:
        del form.fields[name]
        return
    offered: Any = form.fields[name]
    offered.choices = [("", "–"), *choices] if type(offered) is forms.ChoiceField else choices
