"""When a team works and as what: region, week, holidays, and whether it gives tickets by turn (E6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Team
from accounts.queries import teams
from accounts.services import change_team
from escalation.models import CrewKind
from escalation.queries import hours_of
from escalation.services import set_team_hours
from events.domain.errors import NotHere
from web.gates import administrator_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, typed
from web.setup.forms.calendar import DAYS, ClosingsField, WindowsField
from web.setup.forms.fields import WordsField


class TeamHoursForm(forms.Form):
    """A team's region and hours; always on, or windows by weekday."""

    name = forms.CharField(max_length=120)
    region = forms.CharField(
        max_length=40, required=False, help_text="Contracts name the regions that serve them by this word."
    )
    works_as = forms.ChoiceField(label="Works as", choices=CrewKind.choices)
    zone = forms.CharField(label="Time zone", max_length=64, help_text="Such as Australia/Sydney.")
    is_always_on = forms.BooleanField(label="On day and night, all week", required=False)
    country = forms.CharField(
        label="Public holidays of", required=False, max_length=2, help_text="The country's code, such as AU."
    )
    holiday_region = forms.CharField(
        label="Region of the holidays",
        required=False,
        max_length=8,
        help_text="Where they differ, such as NSW.",
    )
    closings = ClosingsField(
        label="Off on other days",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line: the date, then why, such as 2026-12-24 Christmas Eve.",
    )
    products = WordsField(
        label="Works on these products only",
        required=False,
        max_length=1000,
        help_text="With commas between them; empty means all of them.",
    )
    gives_by_turn = forms.BooleanField(label="New tickets go to a person at once, by turn", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Add a field a weekday."""
        super().__init__(*args, **kwargs)
        for day, label in DAYS:
            self.fields[day] = WindowsField(label=label, required=False)
        self.fields["mon"].help_text = "Such as 08:00-18:00; 22:00-06:00 runs over midnight."
        self.order_fields(("name", "region", "works_as", "zone", "is_always_on", *(day for day, _ in DAYS)))

    def clean(self) -> dict[str, Any]:
        """Hours need at least one window, unless the team is always on."""
        filled = super().clean() or {}
        if not filled.get("is_always_on") and not any(filled.get(day) for day, _ in DAYS):
            self.add_error("mon", "Give at least one day its hours, or say that the team is always on.")
        return filled

    def content(self) -> dict[str, object]:
        """The hours as `Calendar.from_dict` takes them."""
        filled = self.cleaned_data
        if filled["is_always_on"]:
            return {"always": True}
        return {"tz": filled["zone"], "weekly": {day: filled[day] for day, _ in DAYS if filled[day]}}


@administrator_page
def team_hours(request: StaffRequest, team_id: int) -> HttpResponse:
    """Say when a team works and as what; handoffs and routing go by it from now on."""
    found = teams().filter(pk=team_id).first()
    if found is None:
        raise NotHere
    words = Words(
        title=f"Hours of {found.name}",
        verb="Save",
        said="The hours are set; routing and handoffs go by them from now on.",
        back=reverse("setup:people"),
        where="People",
        text="A shift is a stretch of hours without a break; an hour before it ends, briefs are due.",
    )
    form = TeamHoursForm(typed(request), initial=_standing(found))
    return act_page(request, form, words=words, act=lambda one: _save(request, found, one))


def _save(request: StaffRequest, team: Team, form: TeamHoursForm) -> None:
    filled = form.cleaned_data
    set_team_hours(
        actor=request.actor,
        at=request.at,
        team=team,
        works_as=filled["works_as"],
        content=form.content(),
        country=filled["country"].upper(),
        holiday_region=filled["holiday_region"].upper(),
        closings=filled["closings"],
        products=filled["products"],
        gives_by_turn=filled["gives_by_turn"],
    )
    change_team(
        actor=request.actor, team=team, name=filled["name"], region=filled["region"], zone=filled["zone"]
    )


def _standing(team: Team) -> dict[str, Any]:
    """What the team's hours say now; office hours in its zone for one that has none."""
    hours = hours_of(team)
    about = {"name": team.name, "region": team.region, "zone": team.zone}
    if hours is None:
        return {**about, "works_as": CrewKind.STANDARD, **{day: [["09:00", "17:00"]] for day, _ in DAYS[:5]}}
    weekly = hours.content.get("weekly", {})
    return {
        **about,
        "zone": hours.content.get("tz", team.zone),
        "works_as": hours.kind,
        "is_always_on": bool(hours.content.get("always")),
        "country": hours.country,
        "holiday_region": hours.holiday_region,
        "closings": hours.closings,
        "products": hours.products,
        "gives_by_turn": hours.gives_by_turn,
        **{day: weekly.get(day, []) for day, _ in DAYS},
    }
