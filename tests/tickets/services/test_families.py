"""One update to a parent and all below it, and what stays on a ticket that is merged (domain.md §4)."""

from __future__ import annotations

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_ticket, refused, reply
from tickets.domain.history import client_facts
from tickets.models import Message, Ticket
from tickets.queries import manifest_of
from tickets.services import ask_approval, change_status, link_tickets, merge_ticket, tell_family


@pytest.fixture
def children(desk: Desk, ticket: Ticket) -> list[Ticket]:
    """Two open tickets below the ticket, and one that was withdrawn."""
    by = actor_of(desk.engineer)
    below = [make_ticket(desk.contract, requester=desk.member) for _ in range(3)]
    for one in below:
        link_tickets(actor=by, at=MONDAY, source=ticket, target=one, kind="parent")
    change_status(actor=by, at=MONDAY, ticket=below[2], to="cancelled")
    return below[:2]


def tell(desk: Desk, ticket: Ticket, body: str = "The node is back.", who: str = "engineer") -> list[Message]:
    """One update to the family."""
    actor = actor_of(desk.person(who))
    return tell_family(actor=actor, at=MONDAY, ticket=ticket, body=body, submission_id="once")


def test_an_update_reaches_the_parent_and_every_open_child(
    desk: Desk, ticket: Ticket, children: list[Ticket]
) -> None:
    told = tell(desk, ticket)
    assert {one.ticket_id for one in told} == {ticket.pk, *(one.pk for one in children)}
    assert {one.visibility for one in told} == {"public"}
    assert tell(desk, ticket) == told, "a double click sends once"


@pytest.mark.parametrize("who", ["poc", "account_executive"])
def test_only_those_who_work_on_it_tell_a_family(
    desk: Desk, ticket: Ticket, children: list[Ticket], who: str
) -> None:
    with refused(NotAllowed):
        tell(desk, ticket, who=who)


def test_all_hear_of_it_or_none(desk: Desk, ticket: Ticket, children: list[Ticket]) -> None:
    with refused(Invalid):
        tell(desk, ticket, body=" ")


def test_without_an_open_child_there_is_nothing_to_tell(desk: Desk, ticket: Ticket) -> None:
    with refused(Conflict):
        tell(desk, ticket)


def test_a_merge_says_what_stays_on_the_ticket(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, "We look into it.")
    ask_approval(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        kind="other",
        question="So?",
        asked_of_role="poc",
    )
    before = manifest_of(ticket).facts()
    assert before == {"messages": 2, "files": 0, "people": 1, "approvals": 1}
    other = make_ticket(desk.contract, requester=desk.member)
    merge_ticket(actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, into=other)
    told = Record.objects.get(kind="ticket.merged").data
    assert {name: told[name] for name in before} == before == manifest_of(ticket).facts()
    assert "messages" not in client_facts("ticket.merged", told), "notes count among them"
