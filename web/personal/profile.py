"""Reading and saving what a person settles for themselves, the same on both sides."""

from __future__ import annotations

from typing import Any

from accounts.services import change_person
from notify.queries import preferences_of
from notify.routing import MAIL
from notify.services import set_preference
from web.personal.forms import MailsForm, ProfileForm
from web.refusals import refusals_in
from web.requests import PageRequest


def profile_forms(request: PageRequest) -> tuple[ProfileForm, MailsForm]:
    """The two forms of the profile page, filled from what was posted or from what stands."""
    posted = request.POST.get("part") if request.method == "POST" else None
    chosen = preferences_of(request.user)
    mails = {group: choice for (group, channel), choice in chosen.items() if channel == MAIL}
    about = {"name": request.user.name, "phone": request.user.phone, "zone": request.user.zone}
    return (
        ProfileForm(request.POST if posted == "about" else None, initial=about),
        MailsForm(
            request.POST if posted == "mails" else None, initial=mails, is_staff=request.actor.is_staff
        ),
    )


def save_profile(request: PageRequest, about: ProfileForm, mails: MailsForm) -> bool:
    """Save the form that was posted; whether anything was saved."""
    if about.is_bound and about.is_valid():
        with refusals_in(about):
            change_person(actor=request.actor, at=request.at, person=request.user, **about.cleaned_data)
            return True
    if mails.is_bound and mails.is_valid():
        _save_mails(request, mails.cleaned_data)
        return True
    return False


def _save_mails(request: PageRequest, chosen: dict[str, Any]) -> None:
    for group, choice in chosen.items():
        set_preference(actor=request.actor, group=group, channel=MAIL, choice=choice)
