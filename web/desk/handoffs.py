"""Handoffs: the board round the sun, writing a brief, taking a ticket over or sending it back (E7)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from escalation.models import Handoff
from escalation.queries import brief_beginning, handoff_for
from escalation.services import Brief, send_back, take_over
from escalation.services import write_brief as store_brief
from events.domain.errors import NotHere
from tickets.models import Ticket
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.board import board_of
from web.desk.forms.acts import ReasonForm
from web.desk.forms.handoff import BriefForm
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest


@staff_page
def handoffs(request: StaffRequest) -> HttpResponse:
    """Show who is on round the sun, what is to be handed over, and what waits to be taken."""
    return render_page(request, "desk/handoffs.html", board_of(request))


@staff_page
def write_brief(request: StaffRequest, key: str) -> HttpResponse:
    """Write what the team that comes on has to know."""
    ticket = own_ticket(request, key)
    form = BriefForm(typed(request), initial=brief_beginning(request.actor, ticket, at=request.at))
    form.fields["next_update_at"].zone = request.zone  # type: ignore[attr-defined]
    words = Words(
        title="Write the brief",
        verb="Hand over",
        said=f"The brief of {ticket.key} is written.",
        text="The team that comes on reads it and takes the ticket over, or sends it back with a question.",
        place="handoff",
    )
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda one: store_brief(
            actor=request.actor, at=request.at, ticket=ticket, brief=Brief(**one.cleaned_data)
        ),
    )


@staff_page
def take(request: StaffRequest, key: str, handoff_id: int) -> HttpResponse:
    """Take a ticket over by its brief."""
    posted(request)
    ticket, handoff = _own(request, key, handoff_id)
    take_over(actor=request.actor, at=request.at, handoff=handoff)
    return back_to(request, ticket, f"{ticket.key} is yours now.", place="handoff")


@staff_page
def decline(request: StaffRequest, key: str, handoff_id: int) -> HttpResponse:
    """Send a handoff back with what is missing."""
    ticket, handoff = _own(request, key, handoff_id)
    words = Words(
        title="Send it back",
        verb="Send back",
        said=f"{ticket.key} stays where it is until the brief is written anew.",
        text="The team that goes off reads what is missing and writes the brief anew.",
        place="handoff",
    )
    return act_page(
        request,
        ticket,
        ReasonForm(typed(request)),
        words=words,
        act=lambda one: send_back(actor=request.actor, at=request.at, handoff=handoff, **one.cleaned_data),
    )


def _own(request: StaffRequest, key: str, handoff_id: int) -> tuple[Ticket, Handoff]:
    ticket = own_ticket(request, key)
    handoff = handoff_for(request.actor, handoff_id=handoff_id)
    if handoff.ticket_id != ticket.pk:
        raise NotHere
    return ticket, handoff


def address_of(name: str, handoff: Handoff) -> str:
    """Where an act on a handoff is."""
    places: dict[str, Any] = {"key": handoff.ticket.key, "handoff_id": handoff.pk}
    return reverse(name, kwargs=places)
