"""Who takes part, and who watches."""

import pytest

from accounts import services as accounts
from events.domain.actor import SYSTEM
from events.domain.errors import Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_contact, make_ticket, refused, reply
from tickets.models import Participant, Ticket, Watcher
from tickets.queries import followers_of, participants_of, watchers_of
from tickets.services import add_participant, remove_participant, unwatch, watch


@pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm"])
def test_a_contact_is_let_in_and_can_reply(desk: Desk, ticket: Ticket, role: str) -> None:
    by = actor_of(desk.person(role))
    for _ in range(2):
        add_participant(actor=by, at=MONDAY, ticket=ticket, person=desk.member)
    assert [row.person for row in participants_of(ticket)] == [desk.member]
    assert Record.objects.filter(kind="participant.added").count() == 1
    assert reply(ticket, desk.member).author == desk.member


def test_a_member_lets_colleagues_into_their_own_ticket(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member)
    colleague = make_contact(desk.client, "member")
    add_participant(actor=actor_of(desk.member), at=MONDAY, ticket=ticket, person=colleague)
    assert Participant.objects.get().person == colleague


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_who_only_reads_lets_nobody_in(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        add_participant(actor=actor_of(desk.person(role)), at=MONDAY, ticket=ticket, person=desk.member)


def test_only_contacts_of_the_client_take_part(desk: Desk, ticket: Ticket, other_desk: Desk) -> None:
    for stranger in (other_desk.poc, desk.engineer):
        with refused(Invalid, field="person"):
            add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=stranger)


def test_a_stranger_cannot_let_themselves_in(ticket: Ticket, other_desk: Desk) -> None:
    with refused(NotHere):
        add_participant(actor=actor_of(other_desk.poc), at=MONDAY, ticket=ticket, person=other_desk.poc)


def test_anybody_may_leave_and_sees_the_ticket_no_more(desk: Desk, ticket: Ticket) -> None:
    add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.member)
    remove_participant(actor=actor_of(desk.member), at=MONDAY, ticket=ticket, person=desk.member)
    assert Record.objects.filter(kind="participant.removed").count() == 1
    with refused(NotHere):
        reply(ticket, desk.member)


def test_removing_twice_changes_nothing(desk: Desk, ticket: Ticket) -> None:
    remove_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.member)
    assert not Record.objects.filter(kind="participant.removed").exists()


def test_followers_are_the_contacts_who_still_belong_to_the_client(desk: Desk, ticket: Ticket) -> None:
    add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.member)
    assert set(followers_of(ticket)) == {desk.poc, desk.member}
    accounts.end_membership(actor=SYSTEM, at=MONDAY, membership=desk.member.memberships.get())
    assert set(followers_of(ticket)) == {desk.poc}


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "account_executive", "administrator"])
def test_staff_watch_and_stop_watching(desk: Desk, ticket: Ticket, role: str) -> None:
    actor = actor_of(desk.person(role))
    for _ in range(2):
        watch(actor=actor, at=MONDAY, ticket=ticket)
    assert [row.person for row in watchers_of(ticket)] == [desk.person(role)]
    for _ in range(2):
        unwatch(actor=actor, at=MONDAY, ticket=ticket)
    assert not Watcher.objects.exists()
    assert Record.objects.filter(kind="ticket.details_changed").count() == 2


def test_contacts_do_not_watch(desk: Desk, ticket: Ticket) -> None:
    with refused(NotAllowed):
        watch(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket)
