"""What staff decide about a mail that waits."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person
from contracts.domain.plan import Plan
from intake.models import ReceivedMail
from web.desk.forms.fields import offer

NOTE, SENDER = "note", "sender"


class FileMailForm(forms.Form):
    """On which ticket a mail belongs, and in whose words it stands there."""

    key = forms.CharField(
        label="Ticket", max_length=24, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    words = forms.ChoiceField(label="How does it stand there?", widget=forms.RadioSelect, initial=NOTE)

    def __init__(self, *args: Any, mail: ReceivedMail, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the sender's own words only where we know the sender as a contact."""
        super().__init__(*args, **kwargs)
        ways = [(NOTE, "As an internal note of mine, which the client does not see")]
        if mail.person is not None and not mail.person.works_here:
            ways.append((SENDER, f"As the public message of {mail.person.name}, for whom I vouch"))
        offer(self, "words", ways)


class MailTicketForm(forms.Form):
    """The ticket that is made of a mail; its text is the mail's own."""

    requester = forms.ChoiceField(label="For whom")
    subject = forms.CharField(max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    request_type = forms.ChoiceField(label="What is it?")
    urgency = forms.ChoiceField(
        label="How urgent is it for them?", help_text="As the mail says it; the client owns the urgency."
    )

    def __init__(self, *args: Any, plan: Plan, people: list[Person], **kwargs: Any) -> None:  # noqa: ANN401
        """Fill the choices from the contract's plan and people."""
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        offer(self, "requester", [(pk, f"{one.name} ({one.email})") for pk, one in self.people.items()])
        offer(self, "request_type", [(one.code, one.label) for one in plan.request_types])
        offer(self, "urgency", [(one.code, one.label) for one in plan.urgencies])

    def facts(self) -> dict[str, Any]:
        """What was chosen, with the person in place of the number."""
        return {**self.cleaned_data, "requester": self.people[self.cleaned_data["requester"]]}


class DiscardForm(forms.Form):
    """Why nothing comes of a mail."""

    reason = forms.CharField(label="Why does nothing come of it?", max_length=200)
