"""Everything else that can be done with a ticket: one list, for the menu and for its page without script."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse

from escalation.permissions import may_escalate
from slo.queries.terms import Standing
from tickets.domain.links import LinkKind
from tickets.models import Ticket
from tickets.permissions import may_work
from tickets.queries import links_of
from tickets.queries.relations import RelatedTicket
from web.desk.acting import own_ticket
from web.desk.agreement import offers_on
from web.desk.around import Around
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

_Offer = tuple[str, str, dict[str, str], str]

_OPEN: tuple[_Offer, ...] = (
    ("Mark it solved", "desk:move", {"to": "resolved"}, ""),
    ("Wait for the client", "desk:move", {"to": "waiting_on_client"}, ""),
    ("Ask for an approval", "desk:ask_approval", {}, ""),
    ("Propose another urgency", "desk:urgency", {}, "u"),
    ("Change the kind", "desk:kind", {}, ""),
    ("Plan it as a change", "desk:plan_change", {}, ""),
    ("Merge into another ticket", "desk:merge", {}, ""),
)
_ALWAYS: tuple[_Offer, ...] = (
    ("Tags", "desk:tags", {}, ""),
    ("Details and references", "desk:details", {}, ""),
    ("Log a call", "desk:log_call", {}, ""),
    ("Link with another ticket", "desk:link", {}, ""),
)


def acts_on(
    request: StaffRequest,
    ticket: Ticket,
    *,
    standing: Standing | None = None,
    near: Around | None = None,
) -> list[dict[str, str]]:
    """What this reader may do with the ticket besides writing, assigning and moving it."""
    if not may_work(request.actor, ticket):
        return []
    offered = [*(_OPEN if ticket.is_open else ()), *_ALWAYS]
    if ticket.is_open and may_escalate(request.actor, ticket):
        offered.append(("Escalate", "desk:escalate", {}, ""))
    if ticket.is_open:
        offered.append(("Whose turn is it?", "desk:suggest", {}, ""))
    if _has_children(links_of(request.actor, ticket, near.links if near else None)):
        offered.append(("One update to all below it", "desk:tell_children", {}, ""))
    records = near.clocks.records if near else None
    updates = offers_on(ticket, now=request.at, standing=standing, records=records)
    offered += [(label, name, {}, "") for label, name in updates]
    return [
        {"label": label, "address": reverse(name, kwargs={"key": ticket.key, **more}), "key": key}
        for label, name, more, key in offered
    ]


def _has_children(links: Sequence[RelatedTicket]) -> bool:
    return any(one.kind == LinkKind.PARENT and one.is_source and one.ticket.is_open for one in links)


@staff_page
def more(request: StaffRequest, key: str) -> HttpResponse:
    """Show the list as a page of its own."""
    ticket = own_ticket(request, key)
    return render_page(request, "desk/more.html", {"ticket": ticket, "acts": acts_on(request, ticket)})
