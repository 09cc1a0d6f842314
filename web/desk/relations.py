"""With whom and with what a ticket is connected: links, merging, splitting, people, approvals."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Sum
from django.http import HttpResponse

from accounts.models import Person
from accounts.queries import contacts_of
from events.domain.errors import Invalid, NotHere
from hours.queries import entries_of
from tickets.models import Message, Ticket
from tickets.queries import children_of, links_of, manifest_of, participants_of, ticket_for
from tickets.services import (
    add_participant,
    ask_approval,
    link_tickets,
    merge_ticket,
    remove_participant,
    split_ticket,
    tell_family,
    unlink_tickets,
)
from web.desk.acting import Words, act_page, back_to, own_ticket, posted, typed
from web.desk.forms.acts import ApprovalForm, FamilyForm, LinkForm, MergeForm, PersonForm, SplitForm
from web.desk.forms.fields import offer
from web.gates import staff_page
from web.requests import StaffRequest
from web.wording.amounts import hmm

_ROLES = (
    ("poc", "A point of contact of the client"),
    ("lead", "A lead of ours"),
    ("csm", "The client success manager"),
    ("account_executive", "The account executive"),
)


@staff_page
def link(request: StaffRequest, key: str) -> HttpResponse:
    """Relate the ticket to another one of its client."""
    ticket = own_ticket(request, key)
    words = Words(title="Link it with another ticket", verb="Link them", said="Linked.", place="details")
    return act_page(
        request,
        ticket,
        LinkForm(typed(request)),
        words=words,
        act=lambda form: link_tickets(
            actor=request.actor,
            at=request.at,
            source=ticket,
            target=_other(request, form.cleaned_data["key"]),
            kind=form.cleaned_data["kind"],
        ),
    )


@staff_page
def unlink(request: StaffRequest, key: str, link_id: int) -> HttpResponse:
    """Take a relation away."""
    posted(request)
    ticket = own_ticket(request, key)
    if all(one.link_id != link_id for one in links_of(request.actor, ticket)):
        raise NotHere
    found = ticket.links_out.filter(pk=link_id).first() or ticket.links_in.get(pk=link_id)
    unlink_tickets(actor=request.actor, at=request.at, link=found)
    return back_to(request, ticket, "The link is gone.", place="details")


@staff_page
def merge(request: StaffRequest, key: str) -> HttpResponse:
    """Let the ticket go on in another one."""
    ticket = own_ticket(request, key)
    words = Words(
        title="Merge it into another ticket",
        verb=f"Merge {ticket.key}",
        said=f"{ticket.key} goes on there.",
        text="This ticket is withdrawn with its clocks; its people take part in the other one. "
        f"{_stays(ticket)} This cannot be undone.",
        is_danger=True,
    )
    return act_page(
        request,
        ticket,
        MergeForm(typed(request)),
        words=words,
        act=lambda form: merge_ticket(
            actor=request.actor, at=request.at, ticket=ticket, into=_other(request, form.cleaned_data["key"])
        ),
    )


@staff_page
def tell_children(request: StaffRequest, key: str) -> HttpResponse:
    """Write one public update on the ticket and on every open ticket below it."""
    ticket = own_ticket(request, key)
    children = list(children_of(request.actor, ticket).open().order_by("id"))
    words = Words(
        title="One update to all of them",
        verb=f"Send to {len(children) + 1} tickets",
        said=f"{len(children) + 1} tickets have your update.",
        text=f"The clients read it on {ticket.key} and on {', '.join(one.key for one in children)}."
        if children
        else f"{ticket.key} has no open ticket below it.",
    )
    form = FamilyForm(typed(request), initial={"submission_id": uuid4().hex})
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: tell_family(actor=request.actor, at=request.at, ticket=ticket, **form.cleaned_data),
    )


def _stays(ticket: Ticket) -> str:
    """What stays on a merged ticket, in numbers: nothing of it is lost or counted twice."""
    held = manifest_of(ticket)
    minutes = entries_of(ticket).aggregate(sum=Sum("worked_minutes"))["sum"] or 0
    return (
        f"{held.messages} messages, {held.files} files, {held.approvals} approvals and {hmm(minutes)} of "
        f"logged time stay on {ticket.key}, and can be read there."
    )


@staff_page
def split(request: StaffRequest, key: str, message_id: int) -> HttpResponse:
    """Open a second ticket from a message that speaks of something else."""
    ticket = own_ticket(request, key)
    message = _message(ticket, message_id)
    words = Words(
        title="Split this message off",
        verb="Open the new ticket",
        said="The message has a ticket of its own.",
        text=f"“{message.body[:200]}”",
    )
    return act_page(
        request,
        ticket,
        SplitForm(typed(request)),
        words=words,
        act=lambda form: split_ticket(
            actor=request.actor, at=request.at, message=message, subject=form.cleaned_data["subject"]
        ),
    )


@staff_page
def add_person(request: StaffRequest, key: str) -> HttpResponse:
    """Let another contact of the client read and reply."""
    ticket = own_ticket(request, key)
    people = _contacts(ticket)
    known = {row.person_id for row in participants_of(ticket)} | {ticket.requester_id}
    form = PersonForm(typed(request), people=[one for one in people if one.pk not in known])
    words = Words(title="Add somebody", verb="Add", said="They read this ticket now.", place="people")
    return act_page(
        request,
        ticket,
        form,
        words=words,
        act=lambda form: add_participant(
            actor=request.actor,
            at=request.at,
            ticket=ticket,
            person=next(one for one in people if str(one.pk) == form.cleaned_data["person"]),
        ),
    )


@staff_page
def remove_person(request: StaffRequest, key: str, person_id: int) -> HttpResponse:
    """Take a contact off the ticket."""
    posted(request)
    ticket = own_ticket(request, key)
    row = participants_of(ticket).filter(person_id=person_id).first()
    if row is None:
        raise NotHere
    remove_participant(actor=request.actor, at=request.at, ticket=ticket, person=row.person)
    return back_to(request, ticket, f"{row.person.name} no longer takes part.", place="people")


@staff_page
def ask(request: StaffRequest, key: str) -> HttpResponse:
    """Ask somebody to decide something."""
    ticket = own_ticket(request, key)
    people = {f"p{one.pk}": one for one in _contacts(ticket)}
    form = ApprovalForm(typed(request))
    offer(form, "asked_of", [*_ROLES, *((name, one.name) for name, one in people.items())])
    words = Words(title="Ask for an approval", verb="Ask", said="Asked.")

    def act(form: ApprovalForm) -> object:
        asked = form.cleaned_data["asked_of"]
        return ask_approval(
            actor=request.actor,
            at=request.at,
            ticket=ticket,
            kind=form.cleaned_data["kind"],
            question=form.cleaned_data["question"],
            asked_of=people.get(asked),
            asked_of_role="" if asked in people else asked,
        )

    return act_page(request, ticket, form, words=words, act=act)


def _other(request: StaffRequest, key: str) -> Ticket:
    """The ticket that somebody typed the number of; one that they do not see is told as a typing slip."""
    try:
        return ticket_for(request.actor, key=key.strip())
    except NotHere:
        words = f"There is no ticket {key.strip().upper()[:24]}."
        raise Invalid(words, fields={"key": words}) from None


def _message(ticket: Ticket, message_id: int) -> Message:
    message = ticket.messages.public().filter(pk=message_id, redacted_at__isnull=True).first()
    if message is None:
        raise NotHere
    return message


def _contacts(ticket: Ticket) -> list[Person]:
    return [row.person for row in contacts_of(ticket.client)]
