"""Who should have a ticket now: the team that is on, its people in turn, and why (routing on request)."""

from __future__ import annotations

from django.http import HttpResponse

from accounts.models import Person
from escalation.queries import suggestion_for
from escalation.services import give_by_turn
from events.domain.errors import NotHere
from tickets.permissions import may_assign
from web.desk.acting import back_to, own_ticket
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest


@staff_page
def suggest(request: StaffRequest, key: str) -> HttpResponse:
    """Show everybody of the team that is on, in turn; whoever is chosen gets the ticket."""
    ticket = own_ticket(request, key)
    if request.method == "POST":
        asked = request.POST.get("person", "")
        person = Person.objects.filter(pk=int(asked)).first() if asked.isdecimal() else None
        if person is None:
            raise NotHere
        give_by_turn(actor=request.actor, at=request.at, ticket=ticket, person=person)
        return back_to(request, ticket, f"{ticket.key} goes to {person.name}.")
    found = suggestion_for(ticket, at=request.at)
    rows = [
        {
            "placing": one,
            "may_give": one.is_fit and may_assign(request.actor, ticket, assignee_id=one.candidate.person_id),
        }
        for one in found.placings
    ]
    context = {"ticket": ticket, "duty": found.duty, "rows": rows}
    return render_page(request, "desk/suggest.html", context, part="act")
