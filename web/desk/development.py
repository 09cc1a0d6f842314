"""Tickets that wait for a maker's fix: the queue, and following one up (E5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from escalation.models import Development
from escalation.queries import development_of, development_queue
from escalation.services import FollowUp, follow_up_development
from events.domain.errors import Conflict, NotHere
from slo.queries.terms import standings_of
from tickets.models import Ticket
from tickets.permissions import may_work
from web.desk.acting import Words, act_page, own_ticket, typed
from web.desk.forms.development import FollowUpForm
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

SHOWN = 200


@staff_page
def development(request: StaffRequest) -> HttpResponse:
    """Show what waits for a fix, in the order of the queue; what is late says so."""
    if not request.actor.sees_internal_notes:
        raise NotHere
    found = list(development_queue(request.actor)[:SHOWN])
    labels = _urgencies(found)
    rows = [_row(request, place, one, labels) for place, one in enumerate(found, start=1)]
    late = sum(row["is_late"] for row in rows)
    return render_page(request, "desk/development.html", {"rows": rows, "late": late})


@staff_page
def follow_up(request: StaffRequest, key: str) -> HttpResponse:
    """Note what the maker was asked or said, and by when to ask again."""
    ticket = own_ticket(request, key)
    row = development_of(ticket)
    if row is None:
        raise Conflict(f"{ticket.key} does not wait for a maker; set it to waiting on vendor first.")
    words = Words(
        title="Follow up with the maker",
        verb="Note it",
        said=f"{ticket.key}: it is noted.",
        text="Whoever owns the ticket is told when the day has passed and nobody asked.",
        place="details",
    )
    return act_page(
        request,
        ticket,
        FollowUpForm(typed(request), initial=_initial(ticket, row)),
        words=words,
        act=lambda form: follow_up_development(
            actor=request.actor, at=request.at, ticket=ticket, step=FollowUp(**form.cleaned_data)
        ),
    )


def _initial(ticket: Ticket, row: Development) -> dict[str, Any]:
    return {"vendor": row.vendor, "reference": ticket.vendor_reference}


def _urgencies(found: Sequence[Development]) -> dict[tuple[int, str], str]:
    """The plans' own words for urgencies, by contract and code."""
    plans = standings_of({one.ticket.contract_id for one in found})
    return {
        (contract_id, step.code): step.label
        for contract_id, standing in plans.items()
        for step in standing.plan.urgencies
    }


def _row(
    request: StaffRequest, place: int, one: Development, labels: Mapping[tuple[int, str], str]
) -> dict[str, Any]:
    return {
        "place": place,
        "one": one,
        "urgency": labels.get((one.ticket.contract_id, one.ticket.urgency), one.ticket.urgency),
        "is_late": one.overdue_at <= request.at,
        "may_work": may_work(request.actor, one.ticket),
    }
