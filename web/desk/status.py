"""Moving a ticket: which moves are open now, and what each has to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse

from accounts.models import Person
from accounts.queries import contacts_of
from events.domain.errors import NotHere
from tickets import permissions
from tickets.domain.lifecycle import MOVES, STAFF_WORDS, Status
from tickets.models import Ticket
from tickets.services import change_status
from web.desk.acting import Words, act_page, own_ticket, typed
from web.desk.forms.acts import (
    MoveForm,
    ReasonForm,
    ResolveForm,
    ScheduleForm,
    WaitForClientForm,
    WaitForVendorForm,
)
from web.fragments import render_page
from web.gates import staff_page
from web.requests import StaffRequest

_WORDS: dict[Status, tuple[str, str, str]] = {
    Status.IN_PROGRESS: ("Work on it", "Start work", ""),
    Status.WAITING_ON_CLIENT: ("Wait for the client", "Wait for the client", ""),
    Status.WAITING_ON_VENDOR: ("Wait for the maker", "Wait for the maker", "Clocks run on meanwhile."),
    Status.SCHEDULED: ("Plan it for later", "Plan it", "Clocks run on meanwhile."),
    Status.RESOLVED: ("Mark it solved", "Send summary and solve", ""),
    Status.CLOSED: (
        "Close it",
        "Close it for good",
        "Say who confirmed. A closed ticket is never opened again.",
    ),
    Status.CANCELLED: ("Withdraw it", "Withdraw it for good", "A withdrawn ticket is never opened again."),
}


def moves_of(ticket: Ticket) -> tuple[Status, ...]:
    """Where the ticket may go from where it stands."""
    return MOVES[Status(ticket.status)]


@staff_page
def status(request: StaffRequest, key: str) -> HttpResponse:
    """Show the moves that are open."""
    ticket = own_ticket(request, key)
    moves = [{"to": to.value, "label": _WORDS[to][0]} for to in moves_of(ticket)]
    may = permissions.may_work(request.actor, ticket)
    context = {"ticket": ticket, "moves": moves if may else []}
    return render_page(request, "desk/status.html", context, part="act")


@staff_page
def move(request: StaffRequest, key: str, to: str) -> HttpResponse:
    """Move the ticket to that status, asking for what the status has to know."""
    ticket = own_ticket(request, key)
    if to not in list(Status) or Status(to) not in _WORDS:
        raise NotHere
    target = Status(to)
    title, verb, text = _WORDS[target]
    people = [row.person for row in contacts_of(ticket.client)]
    form = _form(request, ticket, target, people)
    words = Words(
        title=title,
        verb=verb,
        text=text,
        said=f"{ticket.key} is now: {STAFF_WORDS[target].lower()}.",
        is_danger=target in (Status.CANCELLED, Status.CLOSED),
    )
    return act_page(request, ticket, form, words=words, act=_act(request, ticket, target, people))


def _form(request: StaffRequest, ticket: Ticket, to: Status, people: list[Person]) -> Form:
    data = typed(request)
    if to == Status.WAITING_ON_CLIENT:
        initial = {"waiting_on": str(ticket.requester_id or "")}
        return WaitForClientForm(data, people=people, initial=initial)
    if to == Status.WAITING_ON_VENDOR:
        return WaitForVendorForm(data, initial={"vendor_reference": ticket.vendor_reference})
    if to == Status.SCHEDULED:
        form = ScheduleForm(data)
        form.fields["scheduled_at"].zone = request.zone  # type: ignore[attr-defined]
        return form
    kinds = {Status.RESOLVED: ResolveForm, Status.CLOSED: ReasonForm}
    return kinds.get(to, MoveForm)(data)


def _act(request: StaffRequest, ticket: Ticket, to: Status, people: list[Person]) -> Callable[[Form], object]:
    def act(form: Form) -> object:
        facts: dict[str, Any] = dict(form.cleaned_data)
        if "waiting_on" in facts:
            asked = facts["waiting_on"]
            facts["waiting_on"] = next(one for one in people if str(one.pk) == asked)
        return change_status(actor=request.actor, at=request.at, ticket=ticket, to=to, **facts)

    return act
