"""The client's people: who belongs to it in which role; points of contact invite and remove."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.permissions import may_manage_people
from accounts.queries import contacts_of
from accounts.services import change_role, end_membership, invite
from events.domain.errors import Invalid, NotHere
from web.fragments import go_to, render_page
from web.gates import portal_page
from web.refusals import refusals_in
from web.requests import PortalRequest


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(label="Work e-mail")
    role = forms.ChoiceField(
        choices=Role.choices, help_text="Points of contact decide, members take part, observers read."
    )


@portal_page
def people(request: PortalRequest) -> HttpResponse:
    """Show the client's people; a point of contact invites from here."""
    manages = may_manage_people(request.actor, request.client)
    form = InviteForm(request.POST or None, initial={"role": Role.MEMBER})
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            invite(actor=request.actor, at=request.at, client=request.client, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['email']} is invited; the link holds for a day.")
            return _back(request)
    context = {
        "members": list(contacts_of(request.client)),
        "form": form,
        "manages": manages,
        "roles": Role.choices,
    }
    return render_page(request, "portal/people.html", context, status=422 if form.errors else 200)


@portal_page
def set_role(request: PortalRequest, person_id: int) -> HttpResponse:
    """Give a colleague another role."""
    membership = _membership(request, person_id)
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise Invalid("Choose one of the roles.")
    change_role(actor=request.actor, at=request.at, membership=membership, role=Role(role))
    messages.success(request, f"{membership.person.name} is {Role(role).label.lower()} now.")
    return _back(request)


@portal_page
def remove(request: PortalRequest, person_id: int) -> HttpResponse:
    """Let a colleague leave the client."""
    membership = _membership(request, person_id)
    end_membership(actor=request.actor, at=request.at, membership=membership)
    messages.success(request, f"{membership.person.name} no longer belongs to {request.client.name} here.")
    return _back(request)


def _membership(request: PortalRequest, person_id: int) -> Membership:
    if request.method != "POST":
        raise NotHere
    found = contacts_of(request.client).filter(person_id=person_id).first()
    if found is None:
        raise NotHere
    return found


def _back(request: PortalRequest) -> HttpResponse:
    return go_to(request, reverse("portal:people", kwargs={"client": request.client.slug}))
