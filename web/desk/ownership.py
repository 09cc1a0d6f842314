"""Who owns a ticket, and who watches it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from accounts.models import Duty, Person, Team
from accounts.queries import staff, teams
from contracts.queries import cleared_people
from tickets.models import Ticket
from tickets.permissions import may_assign
from tickets.services import assign as assign_ticket
from tickets.services import unwatch as stop_watching
from tickets.services import watch as start_watching
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.forms.acts import AssignForm
from web.desk.forms.fields import offer
from web.gates import staff_page
from web.requests import StaffRequest


def assignable_to(ticket: Ticket) -> QuerySet[Person]:
    """Who may own the ticket: engineers and success managers of the client, leads, cleared where needed."""
    theirs = Q(assignments__client_id=ticket.client_id, assignments__duty__in=(Duty.SERVES, Duty.SUCCESS))
    found = staff().filter(Q(staff_role__in=("lead", "administrator")) | theirs).distinct()
    cleared = cleared_people(ticket.contract)
    return found if cleared is None else found.filter(pk__in=cleared.values("pk"))


@staff_page
def assign(request: StaffRequest, key: str) -> HttpResponse:
    """Give the ticket to somebody or to a team; who only takes tickets is offered themselves."""
    ticket = own_ticket(request, key)
    people = {str(one.pk): one for one in assignable_to(ticket)}
    queues = {str(one.pk): one for one in teams()}
    owners = _owners(request, ticket, people)
    form = AssignForm(typed(request), initial=_initial(request, ticket, owners))
    offer(form, "assignee", owners)
    offer(form, "team", [("", "As it is"), *((pk, one.name) for pk, one in queues.items())])
    words = Words(title="Who owns it?", verb="Assign", said=f"{ticket.key} has a new owner.")
    return act_page(
        request, ticket, form, words=words, act=lambda form: _assign(request, ticket, form, people, queues)
    )


@staff_page
def take(request: StaffRequest, key: str) -> HttpResponse:
    """Take the ticket for oneself."""
    posted(request)
    ticket = own_ticket(request, key)
    assign_ticket(actor=request.actor, at=request.at, ticket=ticket, assignee=request.user)
    return back_to(request, ticket, f"{ticket.key} is yours.")


@staff_page
def watch(request: StaffRequest, key: str) -> HttpResponse:
    """Hear of the ticket without owning it."""
    posted(request)
    ticket = own_ticket(request, key)
    start_watching(actor=request.actor, at=request.at, ticket=ticket)
    return back_to(request, ticket, f"You watch {ticket.key}.", place="people")


@staff_page
def unwatch(request: StaffRequest, key: str) -> HttpResponse:
    """No longer hear of the ticket."""
    posted(request)
    ticket = own_ticket(request, key)
    stop_watching(actor=request.actor, at=request.at, ticket=ticket)
    return back_to(request, ticket, f"You no longer watch {ticket.key}.", place="people")


def _initial(request: StaffRequest, ticket: Ticket, owners: list[tuple[str, str]]) -> dict[str, object]:
    """The present owner where the reader may leave it so, else the reader."""
    present = str(ticket.assignee_id or "")
    return {"assignee": present if present in dict(owners) and present else str(request.actor.person_id)}


def _owners(request: StaffRequest, ticket: Ticket, people: dict[str, Person]) -> list[tuple[str, str]]:
    offered = [
        (pk, _name(request, one))
        for pk, one in people.items()
        if may_assign(request.actor, ticket, assignee_id=one.pk)
    ]
    may_release = may_assign(request.actor, ticket, assignee_id=None)
    return [("", "Nobody: back to the queue"), *offered] if may_release else offered


def _name(request: StaffRequest, person: Person) -> str:
    if person.pk == request.actor.person_id:
        return f"{person.name} (you)"
    is_away = person.away_until is not None and person.away_until > request.at
    return f"{person.name} (away)" if is_away else person.name


def _assign(
    request: StaffRequest,
    ticket: Ticket,
    form: AssignForm,
    people: dict[str, Person],
    queues: dict[str, Team],
) -> object:
    return assign_ticket(
        actor=request.actor,
        at=request.at,
        ticket=ticket,
        assignee=people.get(form.cleaned_data["assignee"]),
        team=queues.get(form.cleaned_data["team"]),
        reason=form.cleaned_data["reason"],
    )
