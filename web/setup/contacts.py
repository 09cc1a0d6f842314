"""A client's people as its account executive sets them up: invited, given another role, removed."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Client, Invitation, Membership, Role
from accounts.queries import client_for, contacts_of, open_invitations
from accounts.services import change_role, end_membership, invite, withdraw_invitation
from events.domain.errors import Invalid, NotHere
from web.fragments import render_page
from web.gates import setup_page
from web.refusals import refusals_in
from web.requests import StaffRequest
from web.setup.acting import done, posted, typed


class ContactForm(forms.Form):
    """Whom to invite to the client, and as what."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(label="Work e-mail")
    role = forms.ChoiceField(
        choices=Role.choices, help_text="Points of contact decide, members take part, observers read."
    )


@setup_page
def contacts(request: StaffRequest, client: str) -> HttpResponse:
    """Show the client's people and open invitations; somebody is invited from here."""
    found = client_for(request.actor, slug=client)
    form = ContactForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            invite(actor=request.actor, at=request.at, client=found, **form.cleaned_data)
            return done(
                request, f"{form.cleaned_data['email']} is invited; the link holds a day.", _back(found)
            )
    context = {
        "one": found,
        "members": list(contacts_of(found)),
        "invitations": list(open_invitations(found, at=request.at)),
        "form": form,
        "roles": Role.choices,
    }
    return render_page(request, "setup/contacts.html", context, status=422 if form.errors else 200)


@setup_page
def set_role(request: StaffRequest, client: str, person_id: int) -> HttpResponse:
    """Give a contact another role."""
    membership = _membership(request, client, person_id)
    role = posted(request).get("role", "")
    if role not in Role.values:
        raise Invalid("Choose one of the roles.")
    change_role(actor=request.actor, at=request.at, membership=membership, role=Role(role))
    said = f"{membership.person.name} is {Role(role).label.lower()} now."
    return done(request, said, _back(membership.client))


@setup_page
def remove(request: StaffRequest, client: str, person_id: int) -> HttpResponse:
    """Let a contact leave the client."""
    posted(request)
    membership = _membership(request, client, person_id)
    end_membership(actor=request.actor, at=request.at, membership=membership)
    return done(request, f"{membership.person.name} belongs to it no longer.", _back(membership.client))


@setup_page
def withdraw(request: StaffRequest, client: str, invitation_id: int) -> HttpResponse:
    """Let an invitation open nothing any more."""
    posted(request)
    found = client_for(request.actor, slug=client)
    invitation = Invitation.objects.filter(client=found, pk=invitation_id).first()
    if invitation is None:
        raise NotHere
    withdraw_invitation(actor=request.actor, at=request.at, invitation=invitation)
    return done(request, f"The invitation of {invitation.email} is withdrawn.", _back(found))


def _membership(request: StaffRequest, client: str, person_id: int) -> Membership:
    found = client_for(request.actor, slug=client)
    membership = contacts_of(found).select_related("client").filter(person_id=person_id).first()
    if membership is None:
        raise NotHere
    return membership


def _back(client: Client) -> str:
    return reverse("setup:contacts", kwargs={"client": client.slug})
