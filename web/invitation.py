"""The page behind an invitation's link: GET shows who invites where, POST joins.

The address is the secret: the page is never indexed or kept, and tells no other site where it was opened.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Person, Role, StaffRole
from accounts.queries import invitation_by_token
from accounts.services import accept_invitation
from events.domain.errors import Conflict
from web.personal.forms import offer_zones
from web.refusals import refusals_in


class JoinForm(forms.Form):
    """What a new account needs: a name, a password, a zone."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Choose a password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
        help_text="At least 12 characters; a sentence is good.",
    )
    zone = forms.ChoiceField(label="Time zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer every zone of the tz database."""
        super().__init__(*args, **kwargs)
        offer_zones(self.fields["zone"])


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation, and join by it when the form is sent; a used or wrong link is not here."""
    found = invitation_by_token(token, at=timezone.now())
    if found is None:
        return _guarded(render(request, "personal/invitation_gone.html", status=404))
    signed_in = request.user if request.user.is_authenticated else None
    form = _form(request, found)
    if request.method == "POST" and (signed_in or form.is_valid()):
        with refusals_in(form):
            return _guarded(_joined(request, token, form, signed_in))
    context = {
        "invitation": found,
        "role": _role(found),
        "form": form,
        "is_other": signed_in is not None and signed_in.email != found.email,
        "is_known": Person.objects.filter(email__iexact=found.email).exists(),
        "here": request.path,
    }
    status = 422 if form.errors else 200
    return _guarded(render(request, "personal/invitation.html", context, status=status))


def _form(request: HttpRequest, found: Invitation) -> JoinForm:
    zone = found.client.zone if found.client else "UTC"
    posted = request.POST if request.method == "POST" else None
    return JoinForm(posted, initial={"name": found.name, "zone": zone})


def _joined(request: HttpRequest, token: str, form: JoinForm, signed_in: Person | None) -> HttpResponse:
    if signed_in is not None:
        accept_invitation(at=timezone.now(), token=token, person=signed_in)
        messages.success(request, "You have joined.")
        return redirect("home")
    try:
        person = accept_invitation(at=timezone.now(), token=token, **form.cleaned_data)
    except Conflict as refusal:
        if refusal.code == "sign_in":
            return redirect(f"{reverse('account_login')}?next={request.path}")
        raise
    person.backend = "django.contrib.auth.backends.ModelBackend"
    record_authentication(request, person, method="password", email=person.email)
    response: HttpResponse = perform_login(request, person, redirect_url=reverse("home"))
    return response


def _role(found: Invitation) -> str:
    names: dict[str, str] = dict(Role.choices) if found.client else dict(StaffRole.choices)
    return names[found.role].lower()


def _guarded(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
