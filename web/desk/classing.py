"""What sort of ticket it is: urgency, request type, details, tags."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from contracts.queries import effective_plan, environments_of
from tickets.models import Ticket
from tickets.services import change_details, propose_urgency, reclassify, set_tags
from web.desk.acting import Words, act_page, own_ticket, typed
from web.desk.forms.acts import DetailsForm, KindForm, TagsForm, UrgencyForm
from web.desk.forms.fields import offer
from web.gates import staff_page
from web.requests import StaffRequest


@staff_page
def urgency(request: StaffRequest, key: str) -> HttpResponse:
    """Propose another urgency to the client."""
    ticket = own_ticket(request, key)
    form = UrgencyForm(typed(request), plan=effective_plan(ticket.contract))
    words = Words(
        title="Propose another urgency",
        verb="Propose it",
        said="The proposal is with the client.",
        text="The client owns the urgency: it changes when they accept.",
    )
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: propose_urgency(
            actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data
        ),
    )


@staff_page
def kind(request: StaffRequest, key: str) -> HttpResponse:
    """Correct the request type."""
    ticket = own_ticket(request, key)
    form = KindForm(
        typed(request), plan=effective_plan(ticket.contract), initial={"request_type": ticket.request_type}
    )
    words = Words(title="Change the kind of request", verb="Change it", said="The kind is changed.")
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: reclassify(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data),
    )


@staff_page
def tags(request: StaffRequest, key: str) -> HttpResponse:
    """Set the tags."""
    ticket = own_ticket(request, key)
    form = TagsForm(typed(request), initial={"tags": ", ".join(ticket.tags)})
    words = Words(title="Tags", verb="Save tags", said="The tags are saved.", place="details")
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: set_tags(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data),
    )


@staff_page
def details(request: StaffRequest, key: str) -> HttpResponse:
    """Correct what the ticket says of itself."""
    ticket = own_ticket(request, key)
    systems = {str(one.pk): one for one in environments_of(ticket.contract)}
    form = DetailsForm(typed(request), initial=_initial(ticket))
    plan = effective_plan(ticket.contract)
    offer(form, "category", [("", "Not set"), *((one.key, one.label) for one in plan.services)])
    kept = "Not set" if ticket.environment_id is None else "As it is"
    offer(form, "environment", [("", kept), *((pk, one.name) for pk, one in systems.items())])
    words = Words(title="Details", verb="Save details", said="The details are saved.", place="details")

    def act(form: DetailsForm) -> object:
        given: dict[str, Any] = {
            **form.cleaned_data,
            "environment": systems.get(form.cleaned_data["environment"]),
        }
        return change_details(actor=request.actor, at=request.at, ticket=ticket, **given)

    return act_page(request, ticket, form, words=words, act=act)


def _initial(ticket: Ticket) -> dict[str, Any]:
    names = ("subject", "category", "external_reference", "vendor_reference")
    environment = str(ticket.environment_id or "")
    return {name: getattr(ticket, name) for name in names} | {"environment": environment}
