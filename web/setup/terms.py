"""What is agreed beyond the plan, and the move to another version of it, each shown as a difference first."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpResponse

from contracts.models import PlanVersion
from contracts.queries import contract_for, plan_of_version, version_difference
from contracts.services import amend, move_to_version
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, typed
from web.setup.contract import address_of
from web.wording.amendments import change_in_words


class ValueField(forms.CharField):
    """A value as the plan writes it: a number, a word, true or false, or a whole table in JSON."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401  Django's own signature
        """Read JSON; what is none is taken as text."""
        text = super().clean(value)
        try:
            return json.loads(text)
        except ValueError:
            return text


class AmendForm(forms.Form):
    """One place of the plan, what is to stand there, and who agreed why."""

    path = forms.CharField(
        label="Where in the plan",
        max_length=200,
        help_text="As the plan says it: close_after_days, targets.first_response.incident.critical.",
    )
    value = ValueField(
        label="What is to stand there",
        help_text='Such as 14, true, or {"seconds": 1800} for a target.',
    )
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    agreed_by_client = forms.CharField(label="Who agreed for the client", max_length=200)


@setup_page
def amend_contract(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Agree to something beyond the plan."""
    found = contract_for(request.actor, contract_id)
    words = Words(
        title="Amend the contract",
        verb="Agree",
        said="The amendment holds from now on.",
        back=address_of(found),
        where=found.name,
        text="It overlays the plan for this contract alone. Clocks of open tickets are worked out anew.",
    )
    return act_page(
        request,
        AmendForm(typed(request)),
        words=words,
        act=lambda one: amend(actor=request.actor, at=request.at, contract=found, **one.cleaned_data),
    )


@setup_page
def move(request: StaffRequest, contract_id: int, version_id: int) -> HttpResponse:
    """Show what a move to another version of the plan would change, and move on request."""
    found = contract_for(request.actor, contract_id)
    version = PlanVersion.objects.filter(pk=version_id, key=found.plan_version.key).defer("body").first()
    if version is None:
        raise NotHere
    if request.method == "POST":
        move_to_version(actor=request.actor, at=request.at, contract=found, version=version)
        return done(request, f"The contract is on version {version.number} now.", address_of(found))
    plan = plan_of_version(version)
    changes = [change_in_words(plan, one) for one in version_difference(found.plan_version, version)]
    return render_page(
        request, "setup/move.html", {"contract": found, "version": version, "changes": changes}
    )
