"""Mails of a ticket that did not arrive, sent again because a person asks for it."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse

from events.domain.errors import NotHere
from notify.queries import delivery_for
from notify.services import send_again as repeat
from web.desk.acting import Words, act_page, own_ticket, typed
from web.gates import staff_page
from web.requests import StaffRequest


@staff_page
def send_again(request: StaffRequest, key: str, delivery_id: int) -> HttpResponse:
    """Ask first, then let the mail go out once more: somebody may get it twice."""
    ticket = own_ticket(request, key)
    delivery = delivery_for(request.actor, delivery_id)
    if delivery.ticket_id != ticket.pk:
        raise NotHere
    who = delivery.person.name if delivery.person else delivery.target
    words = Words(
        title=f"Send the mail to {who} again?",
        verb="Send it again",
        said=f"The mail to {who} goes out again.",
        text=f"{delivery.get_state_display()}. {delivery.outcome}",
    )
    return act_page(
        request,
        ticket,
        Form(typed(request)),
        words=words,
        act=lambda _form: repeat(actor=request.actor, at=request.at, delivery=delivery),
    )
