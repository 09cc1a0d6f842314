"""Incoming mail that a person has to look at: the list of it, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from intake.models import ReceivedMail, State
from intake.permissions import may_decide
from intake.queries import failing_mailboxes, held_count, mail_for, visible_to
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

SHOWN = 50
_VIEWS = {
    "": ("To decide", (State.HELD,)),
    "aside": ("Set aside", (State.AUTOMATIC,)),
    "done": ("Filed", (State.REPLY, State.TICKET, State.BOUNCE)),
    "discarded": ("Discarded", (State.DISCARDED,)),
}


@staff_page
def mail(request: StaffRequest) -> HttpResponse:
    """Show the mails that wait for a decision, the oldest first; the others by what became of them."""
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in _VIEWS else ""
    _, states = _VIEWS[chosen]
    found = visible_to(request.actor).filter(state__in=states).select_related("client", "ticket", "hint")
    place = request.GET.get("after", "")
    number = int(place[:18]) if place.isdecimal() else 0
    if chosen:
        rows = (found.filter(pk__lt=number) if number else found).order_by("-pk")
    else:
        rows = found.filter(pk__gt=number).order_by("pk")
    page = list(rows[: SHOWN + 1])
    more = f"?show={chosen}&after={page[SHOWN - 1].pk}" if len(page) > SHOWN else ""
    context = {
        "mails": page[:SHOWN],
        "more": more,
        "views": _views(request, chosen),
        "chosen": chosen,
        "failing": list(failing_mailboxes()),
    }
    return render_page(request, "desk/mail.html", context)


@staff_page
def one_mail(request: StaffRequest, mail_id: int) -> HttpResponse:
    """Show one mail as plain words, why it waits, and what can be decided."""
    found = mail_for(request.actor, mail_id)
    is_open = found.state in (State.HELD, State.AUTOMATIC) and may_decide(request.actor, found)
    return render_page(request, "desk/one_mail.html", {"mail": found, "is_open": is_open, **_facts(found)})


def _facts(found: ReceivedMail) -> dict[str, Any]:
    name = f"{found.sender_name} <{found.sender}>" if found.sender_name else found.sender
    pairs = [
        {"label": "From", "value": name or "Nobody is named"},
        {"label": "Known as", "value": found.person.name if found.person else "Nobody we know"},
        {"label": "Client", "value": found.client.name if found.client else "Not known"},
        {"label": "Came to", "value": found.mailbox.name},
    ]
    return {"pairs": pairs}


def _views(request: StaffRequest, chosen: str) -> list[dict[str, Any]]:
    waiting = held_count(request.actor)
    return [
        {
            "label": label,
            "address": f"?show={name}" if name else "?",
            "is_current": name == chosen,
            "count": None if name else waiting,
            "is_hot": bool(waiting),
        }
        for name, (label, _) in _VIEWS.items()
    ]
