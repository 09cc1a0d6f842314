"""The escalation path of a contract: a form a tier, set all at once (E1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from contracts.queries import contract_for
from escalation.models import Tier
from escalation.queries import path_of
from escalation.services import TierDetails, set_path
from web.fragments import render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import done, typed
from web.setup.forms.fields import StaffField, TeamField

MOST_TIERS = 6
MINUTE = 60


class TierForm(forms.Form):
    """One tier: its name, who answers, how to reach them, by when. Without a name there is no such tier."""

    label = forms.CharField(label="What it is called", max_length=120, required=False)
    person = StaffField(label="Who answers", required=False)
    deputy = StaffField(label="Deputy", required=False)
    team = TeamField(label="Or a team", required=False)
    reach = forms.CharField(label="How to reach them", max_length=200, required=False)
    minutes = forms.IntegerField(
        label="Answers within, in minutes of open time", min_value=1, max_value=20_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A tier that has a name needs somebody and a time."""
        filled = super().clean() or {}
        if filled.get("label"):
            if not filled.get("minutes"):
                self.add_error("minutes", "Say within how many minutes it answers.")
            if not (filled.get("person") or filled.get("team")):
                self.add_error("person", "Name somebody, or a team.")
        return filled


@setup_page
def path(request: StaffRequest, contract_id: int) -> HttpResponse:
    """Show the path as it is, and replace it as a whole; running escalations go on at their level."""
    found = contract_for(request.actor, contract_id)
    back = reverse("setup:contract_people", kwargs={"contract_id": found.pk})
    tiers = _forms(request, list(path_of(found)))
    unfit = [one for one in tiers if not one.is_valid()]
    if request.method == "POST" and not unfit:
        with refusals_in(tiers[0]):
            set_path(actor=request.actor, at=request.at, contract=found, tiers=_details(tiers))
            return done(request, "The path is set; running escalations go on at their tier.", back)
    has_errors = any(one.errors for one in tiers)
    context = {"contract": found, "tiers": tiers, "back": back, "has_errors": has_errors}
    return render_page(request, "setup/path.html", context, status=422 if has_errors else 200)


def _forms(request: StaffRequest, standing: Sequence[Tier]) -> list[TierForm]:
    known = {tier.level: tier for tier in standing}
    return [
        TierForm(typed(request), prefix=f"tier{level}", initial=_stated(known.get(level)))
        for level in range(1, MOST_TIERS + 1)
    ]


def _stated(tier: Tier | None) -> dict[str, Any]:
    if tier is None:
        return {}
    return {
        "label": tier.label,
        "person": tier.person_id,
        "deputy": tier.deputy_id,
        "team": tier.team_id,
        "reach": tier.reach,
        "minutes": tier.acknowledge_seconds // MINUTE,
    }


def _details(tiers: Sequence[TierForm]) -> list[TierDetails]:
    """The tiers that have a name, numbered from the first up without gaps."""
    named = [one.cleaned_data for one in tiers if one.cleaned_data["label"]]
    return [
        TierDetails(
            level=level,
            label=one["label"],
            acknowledge_seconds=one["minutes"] * MINUTE,
            person=one["person"],
            team=one["team"],
            deputy=one["deputy"],
            reach=one["reach"],
        )
        for level, one in enumerate(named, start=1)
    ]
