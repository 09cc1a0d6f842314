"""What pages of insights and events show of a mailing: whom it reaches, how far it is, what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from notify.figures import MailingFigures, mailing_figures, turned_off, without_address
from proactive.models import Mailing, MailingState
from proactive.queries.mailings import people_reached, reached_by_client
from web.requests import StaffRequest

_UNDER_WAY = (MailingState.SCHEDULED, MailingState.SENDING)
_SENT = (MailingState.SENDING, MailingState.SENT)


def mailing_context(request: StaffRequest, mailing: Mailing) -> dict[str, Any]:
    """Readers beforehand, progress while it goes out, figures from then on."""
    if mailing.state in _SENT:
        figures = mailing_figures(mailing.pk)
        return {"progress": _progress(mailing, figures), "tiles": _tiles(figures) if figures.made else []}
    return {"readers": _readers(request, mailing), "progress": _progress(mailing, None)}


def _readers(request: StaffRequest, mailing: Mailing) -> dict[str, Any]:
    """How many it would go to, and who would not get it; the clients only as far as the reader sees them."""
    on: date = request.at.astimezone(request.zone).date()
    people = [person for person, _ in people_reached(mailing, on=on)]
    off, dead = turned_off(people, group="insights"), without_address(people)
    return {
        "many": len(people),
        "off": off,
        "dead": dead,
        "clients": reached_by_client(request.actor, mailing, on=on),
    }


def _progress(mailing: Mailing, figures: MailingFigures | None) -> dict[str, Any]:
    """How many mails are settled, of how many; it moves until the last is."""
    settled = figures.made - figures.waiting if figures else 0
    most = max(mailing.wanted, figures.made if figures else 0)
    is_sending = mailing.state == MailingState.SENDING or bool(figures and figures.waiting)
    is_moving = mailing.state in _UNDER_WAY or is_sending
    return {"settled": settled, "most": most, "is_sending": is_sending, "is_moving": is_moving}


def _tiles(figures: MailingFigures) -> list[dict[str, Any]]:
    return [
        {"label": "Delivered", "number": figures.delivered, "of": f"of {figures.made}", "extra": "accepted"},
        {
            "label": "Came back",
            "number": figures.bounced + figures.doubtful,
            "extra": "refused, or without an answer",
            "tone": "down" if figures.bounced else "",
        },
        {"label": "Not tried", "number": figures.suppressed, "extra": "addresses that take no mail"},
        {"label": "Not wanted", "number": figures.unwanted, "extra": "turned off, or left meanwhile"},
    ]
