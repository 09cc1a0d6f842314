"""What staff type when they act on a ticket."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Person
from contracts.domain.plan import Plan
from escalation.domain.ladder import GROUNDS, OUTCOMES
from tickets.domain.lifecycle import STAFF_WORDS, Status
from tickets.domain.links import WORDS, LinkKind
from web.desk.forms.fields import MinutesField, MomentField, offer

_ROWS_3 = {"rows": 3}
_GROUND_WORDS = {
    "wrong_urgency": "It has the wrong urgency",
    "late_response": "Answers come too late",
    "slow_resolution": "It takes too long",
    "other": "Something else",
}
#: Every ground in words; the last is the system's own, and nobody chooses it.
GROUND_WORDS = {**_GROUND_WORDS, "handoff": "A handoff was not taken in time"}
_OUTCOME_WORDS = {
    "upheld": "The client was right",
    "partly_upheld": "The client was right in part",
    "not_upheld": "There was nothing to mend",
}
_APPROVALS = (
    ("golden_rule", "What a golden rule asks for"),
    ("exception", "An exception: work that the plan leaves out"),
    ("change_request", "A change request: work under an order of its own"),
    ("unsupported", "Work on an unsupported version"),
    ("on_site", "Work on site"),
    ("other", "Something else"),
)


class AssignForm(forms.Form):
    """Who owns the ticket, and in whose queue it stands."""

    assignee = forms.ChoiceField(label="Owner", required=False)
    team = forms.ChoiceField(label="Team", required=False)
    reason = forms.CharField(label="Why", required=False, max_length=300)


class ReasonForm(forms.Form):
    """A sentence that says why."""

    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs=_ROWS_3), max_length=2000)


class MoveForm(forms.Form):
    """A move in the ticket's life that needs nothing but, perhaps, a reason."""

    reason = forms.CharField(
        label="Why", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class WaitForClientForm(forms.Form):
    """Whom we ask, and what."""

    waiting_on = forms.ChoiceField(label="Who has to answer")
    waiting_for = forms.CharField(
        label="The question",
        max_length=300,
        widget=forms.Textarea(attrs=_ROWS_3),
        help_text="The client reads it on the ticket. Where the plan says so, clocks pause until the answer.",
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the client's people."""
        super().__init__(*args, **kwargs)
        offer(self, "waiting_on", [(str(one.pk), one.name) for one in people])


class WaitForVendorForm(forms.Form):
    """What the maker has to do, and the number under which they do it."""

    waiting_for = forms.CharField(label="What we wait for", required=False, max_length=300)
    vendor_reference = forms.CharField(label="Their reference", required=False, max_length=120)


class ScheduleForm(forms.Form):
    """When the work is planned."""

    scheduled_at = MomentField(label="When", help_text="On your own clock.")


class ResolveForm(forms.Form):
    """The last word on a ticket, which the client reads."""

    summary = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The client gets this as a public message, and confirms or takes the ticket up again.",
    )


class UrgencyForm(forms.Form):
    """Another urgency, put to the client."""

    urgency = forms.ChoiceField(label="Which urgency")
    reason = forms.CharField(
        label="Why", widget=forms.Textarea(attrs=_ROWS_3), help_text="The client decides by these words."
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the plan's urgencies."""
        super().__init__(*args, **kwargs)
        offer(self, "urgency", [(one.code, one.label) for one in plan.urgencies])


class KindForm(forms.Form):
    """Another request type, with the reason."""

    request_type = forms.ChoiceField(label="What kind of request it is")
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs=_ROWS_3))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the plan's kinds."""
        super().__init__(*args, **kwargs)
        offer(self, "request_type", [(one.code, one.label) for one in plan.request_types])


class DetailsForm(forms.Form):
    """What else the ticket says of itself."""

    subject = forms.CharField(max_length=250)
    category = forms.ChoiceField(label="Service", required=False)
    environment = forms.ChoiceField(label="System", required=False)
    external_reference = forms.CharField(label="The client's reference", required=False, max_length=120)
    vendor_reference = forms.CharField(label="The maker's reference", required=False, max_length=120)


class TagsForm(forms.Form):
    """All tags of a ticket."""

    tags = forms.CharField(
        required=False, max_length=1000, help_text="With commas between them; leave it empty to remove all."
    )

    def clean_tags(self) -> list[str]:
        """Give the tags one by one."""
        return [one.strip() for one in self.cleaned_data["tags"].split(",") if one.strip()]


class LinkForm(forms.Form):
    """How this ticket relates to another."""

    kind = forms.ChoiceField(
        label="This ticket",
        choices=[
            (kind, WORDS[kind])
            for kind in (LinkKind.RELATES, LinkKind.BLOCKS, LinkKind.DUPLICATES, LinkKind.PARENT)
        ],
    )
    key = forms.CharField(label="The other ticket", max_length=24, help_text="Its number, such as ACME-42.")


class MergeForm(forms.Form):
    """Into which ticket this one goes."""

    key = forms.CharField(
        label="The ticket that stays", max_length=24, help_text="Its number, such as ACME-42."
    )


class FamilyForm(forms.Form):
    """One update for a ticket and all below it; the one-time id lets a double click send once."""

    body = forms.CharField(
        label="The update", widget=forms.Textarea(attrs={"rows": 6}), help_text="Each client reads it."
    )
    submission_id = forms.CharField(widget=forms.HiddenInput, max_length=40)


class SplitForm(forms.Form):
    """What the new ticket is about."""

    subject = forms.CharField(label="Subject of the new ticket", max_length=250)


class ApprovalForm(forms.Form):
    """What is to be decided, and by whom."""

    kind = forms.ChoiceField(label="What for", choices=_APPROVALS)
    question = forms.CharField(label="The question", widget=forms.Textarea(attrs=_ROWS_3), max_length=5000)
    asked_of = forms.ChoiceField(label="Who decides")


class PersonForm(forms.Form):
    """One of the client's people."""

    person = forms.ChoiceField(label="Who")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer those who do not take part yet."""
        super().__init__(*args, **kwargs)
        offer(self, "person", [(str(one.pk), one.name) for one in people])


class CallForm(forms.Form):
    """A conversation by voice."""

    people = forms.CharField(label="Who took part", max_length=300)
    minutes = MinutesField(label="How long it took")
    body = forms.CharField(label="What was agreed", widget=forms.Textarea(attrs={"rows": 5}))
    is_internal = forms.BooleanField(
        label="Keep it as an internal note; the client does not see it", required=False
    )


class EscalateForm(forms.Form):
    """Why somebody higher is called."""

    ground = forms.ChoiceField(label="What is wrong", choices=[(one, _GROUND_WORDS[one]) for one in GROUNDS])
    reason = forms.CharField(label="In your words", required=False, widget=forms.Textarea(attrs=_ROWS_3))


class OutcomeForm(forms.Form):
    """What came of an escalation."""

    outcome = forms.ChoiceField(
        label="What came of it", choices=[(one, _OUTCOME_WORDS[one]) for one in OUTCOMES]
    )
    text = forms.CharField(
        label="In your words", widget=forms.Textarea(attrs=_ROWS_3), help_text="The client reads this."
    )


def status_choices(moves: tuple[Status, ...]) -> list[tuple[str, str]]:
    """The moves that are open, in the staff's words."""
    return [(status.value, STAFF_WORDS[status]) for status in moves]
