"""What is typed about licences and talks with makers."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from proactive.models.vendors import VendorTopic
from proactive.services import LicenceCount, VendorWords


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


class RenewalForm(forms.Form):
    """When the licences renew."""

    renewal_on = _day("They renew on")
    title = forms.CharField(label="Title", required=False, max_length=200)


class CountForm(forms.Form):
    """What is counted of one product."""

    product = forms.CharField(label="Product", max_length=120)
    entitled = forms.IntegerField(label="Bought", min_value=0, max_value=1_000_000)
    used = forms.IntegerField(label="Given out", min_value=0, max_value=1_000_000)
    active = forms.IntegerField(label="Used in the last 90 days", min_value=0, max_value=1_000_000)
    note = forms.CharField(
        label="What could be done", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def count(self) -> LicenceCount:
        """What was typed, as the service takes it."""
        return LicenceCount(**self.cleaned_data)


class VerdictForm(forms.Form):
    """What a licence review comes to."""

    summary = forms.CharField(
        label="What it comes to",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Markdown. Publishing is final.",
    )


class VendorForm(forms.Form):
    """What is wanted of which maker."""

    topic = forms.ChoiceField(label="What it is about", choices=VendorTopic.choices)
    vendor = forms.CharField(label="Vendor", max_length=120)
    subject = forms.CharField(label="What is wanted, in one line", max_length=200)
    detail = forms.CharField(label="More on it", required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def words(self) -> VendorWords:
        """What was typed, as the service takes it."""
        return VendorWords(**self.cleaned_data)


class FollowUpForm(forms.Form):
    """What was asked or heard."""

    note = forms.CharField(
        label="What was asked or heard",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The client reads this.",
    )
    follow_up_on = _day("Ask again on", required=False)
    reference = forms.CharField(label="The vendor’s reference", required=False, max_length=120)


class QuoteForm(forms.Form):
    """What the maker asks for."""

    amount = forms.DecimalField(
        label="Amount", min_value=Decimal(0), max_digits=12, decimal_places=2, help_text="Net, as 1234.50."
    )
    currency = forms.CharField(label="Currency", min_length=3, max_length=3, initial="EUR")
    valid_until = _day("Valid until")
    note = forms.CharField(label="A word on it", required=False, max_length=1000)


class OutcomeForm(forms.Form):
    """What came of the matter."""

    outcome = forms.CharField(label="What came of it", widget=forms.Textarea(attrs={"rows": 3}))
