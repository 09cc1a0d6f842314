"""The staff: who works here in which role, invitations, closed accounts, and the teams."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Invitation, Person, StaffRole, Team
from accounts.queries import open_invitations, staff, teams
from accounts.services import (
    add_team,
    change_staff_role,
    disable_person,
    enable_person,
    invite,
    set_team,
    withdraw_invitation,
)
from events.domain.errors import NotHere
from web.fragments import render_page
from web.gates import administrator_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed


class StaffForm(forms.Form):
    """Whom to invite to the staff, and as what."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(label="Work e-mail")
    role = forms.ChoiceField(choices=StaffRole.choices)


class TeamForm(forms.Form):
    """A team and who is in it."""

    name = forms.CharField(max_length=120)
    key = forms.SlugField(max_length=40, help_text="A short name for addresses and filters, such as emea.")
    region = forms.CharField(max_length=40, required=False)
    zone = forms.CharField(label="Time zone", initial="Europe/London", max_length=64)
    people = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, team: Team | None = None, **kwargs: object) -> None:
        """Offer the staff; of a team that stands, only its people are changed."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["people"].queryset = staff()  # type: ignore[attr-defined]
        if team is not None:
            for name in ("name", "key", "region", "zone"):
                del self.fields[name]
            self.initial["people"] = list(team.people.values_list("pk", flat=True))


@administrator_page
def people(request: StaffRequest) -> HttpResponse:
    """Show the staff, the teams and open invitations; somebody is invited from here."""
    form = StaffForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            invite(actor=request.actor, at=request.at, client=None, **form.cleaned_data)
            return done(request, f"{form.cleaned_data['email']} is invited; the link holds a day.", _back())
    context = {
        "people": list(Person.objects.exclude(staff_role="").prefetch_related("teams")),
        "invitations": list(open_invitations(None, at=request.at)),
        "teams": list(teams().prefetch_related("people")),
        "roles": StaffRole.choices,
        "form": form,
    }
    return render_page(request, "setup/people.html", context, status=422 if form.errors else 200)


@administrator_page
def set_role(request: StaffRequest, person_id: int) -> HttpResponse:
    """Give a member of staff another role."""
    role = posted(request).get("role", "")
    person = _person(person_id)
    changed = change_staff_role(actor=request.actor, at=request.at, person=person, staff_role=role)
    return done(request, f"{changed.name} is {changed.get_staff_role_display().lower()} now.", _back())


@administrator_page
def close(request: StaffRequest, person_id: int) -> HttpResponse:
    """Close an account: its sessions and keys end in the same moment."""
    posted(request)
    person = _person(person_id)
    if person.pk == request.actor.person_id:
        raise NotHere
    disable_person(actor=request.actor, at=request.at, person=person)
    return done(request, f"The account of {person.name} is closed.", _back())


@administrator_page
def reopen(request: StaffRequest, person_id: int) -> HttpResponse:
    """Open a closed account again."""
    posted(request)
    person = _person(person_id)
    enable_person(actor=request.actor, at=request.at, person=person)
    return done(request, f"{person.name} can sign in again.", _back())


@administrator_page
def withdraw(request: StaffRequest, invitation_id: int) -> HttpResponse:
    """Let an invitation to the staff open nothing any more."""
    posted(request)
    invitation = Invitation.objects.filter(client__isnull=True, pk=invitation_id).first()
    if invitation is None:
        raise NotHere
    withdraw_invitation(actor=request.actor, at=request.at, invitation=invitation)
    return done(request, f"The invitation of {invitation.email} is withdrawn.", _back())


@administrator_page
def new_team(request: StaffRequest) -> HttpResponse:
    """Make a team."""
    words = Words(
        title="A new team", verb="Make the team", said="The team stands.", back=_back(), where="People"
    )
    return act_page(
        request,
        TeamForm(typed(request)),
        words=words,
        act=lambda one: add_team(
            actor=request.actor, **{**one.cleaned_data, "people": list(one.cleaned_data["people"])}
        ),
    )


@administrator_page
def team(request: StaffRequest, team_id: int) -> HttpResponse:
    """Say who is in a team."""
    found = teams().filter(pk=team_id).first()
    if found is None:
        raise NotHere
    words = Words(
        title=found.name, verb="Save", said=f"{found.name} is made up anew.", back=_back(), where="People"
    )
    return act_page(
        request,
        TeamForm(typed(request), team=found),
        words=words,
        act=lambda one: set_team(actor=request.actor, team=found, people=list(one.cleaned_data["people"])),
    )


def _person(person_id: int) -> Person:
    found = Person.objects.exclude(staff_role="").filter(pk=person_id).first()
    if found is None:
        raise NotHere
    return found


def _back() -> str:
    return reverse("setup:people")
