"""Which staff work for a client: who serves it, who sees to its success, who keeps the account."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from accounts.models import Assignment, Duty
from accounts.queries import client_for
from accounts.services import assign_duty, end_duty
from events.domain.errors import NotHere
from web.gates import setup_page
from web.requests import StaffRequest
from web.setup.acting import Words, act_page, done, posted, typed
from web.setup.clients import address_of
from web.setup.forms.fields import StaffField


class DutyForm(forms.Form):
    """Who does what for the client."""

    person = StaffField(empty_label="Choose somebody")
    duty = forms.TypedChoiceField(label="As", choices=Duty.choices, coerce=Duty)


@setup_page
def assign(request: StaffRequest, client: str) -> HttpResponse:
    """Let a member of staff work for the client."""
    found = client_for(request.actor, slug=client)
    words = Words(
        title="Who works for them",
        verb="Add",
        said="They see the client from now on.",
        back=address_of(found),
        where=found.name,
    )
    return act_page(
        request,
        DutyForm(typed(request)),
        words=words,
        act=lambda one: assign_duty(actor=request.actor, at=request.at, client=found, **one.cleaned_data),
    )


@setup_page
def end(request: StaffRequest, client: str, assignment_id: int) -> HttpResponse:
    """Take the client away from a member of staff."""
    posted(request)
    found = client_for(request.actor, slug=client)
    assignment = Assignment.objects.filter(client=found, pk=assignment_id).select_related("person").first()
    if assignment is None:
        raise NotHere
    end_duty(actor=request.actor, at=request.at, assignment=assignment)
    return done(request, f"{assignment.person.name} no longer works for {found.name}.", address_of(found))
