"""Rights are read when a mail is sent, not when its row was made."""

import pytest
from django.core.mail import EmailMessage

from accounts.models import Assignment, Membership, Person, Role
from accounts.services import change_role, disable_person, end_duty, end_membership
from events.domain.actor import SYSTEM
from notify.models import Delivery, Notice
from notify.queries import notices_for, unread_count
from notify.services import deliver_due, dispatch, mark_all_read, mark_read
from tests.factories import MONDAY, actor_of, make_contact, make_ticket, reply
from tests.notify.told import Desk, clear, tell
from tickets import services
from tickets.models import Participant, Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def the_mail(reader: Person) -> Delivery:
    """The one mail in the outbox for that person."""
    return Delivery.objects.get(person=reader)


def test_somebody_who_left_the_client_gets_nothing(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.engineer)
    dispatch(at=MONDAY)
    end_membership(actor=SYSTEM, at=MONDAY, membership=Membership.objects.get(person=desk.member))
    deliver_due(at=MONDAY)
    assert mailoutbox == []
    assert the_mail(desk.member).state == "withdrawn"
    assert "no longer belongs" in the_mail(desk.member).outcome


def test_a_closed_account_gets_nothing(desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]) -> None:
    reply(ticket, desk.member)
    dispatch(at=MONDAY)
    disable_person(actor=SYSTEM, at=MONDAY, person=desk.engineer)
    deliver_due(at=MONDAY)
    assert mailoutbox == []
    assert the_mail(desk.engineer).state == "withdrawn"


def test_an_engineer_taken_off_the_client_gets_nothing(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.member)
    dispatch(at=MONDAY)
    end_duty(actor=SYSTEM, at=MONDAY, assignment=Assignment.objects.get(person=desk.engineer))
    deliver_due(at=MONDAY)
    assert mailoutbox == []


def test_a_member_taken_off_the_ticket_gets_nothing(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    other = make_contact(desk.client, "member")
    services.add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=other)
    clear()
    reply(ticket, desk.engineer)
    dispatch(at=MONDAY)
    Participant.objects.filter(person=other).delete()
    deliver_due(at=MONDAY)
    assert [mail.to for mail in mailoutbox] == [[desk.member.email]]
    assert the_mail(other).state == "withdrawn"


def test_who_is_no_point_of_contact_any_more_is_not_asked_to_decide(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    services.ask_approval(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        ticket=ticket,
        kind="exception",
        question="?",
        asked_of_role="poc",
    )
    dispatch(at=MONDAY)
    membership = Membership.objects.get(person=desk.poc)
    change_role(actor=SYSTEM, at=MONDAY, membership=membership, role=Role.OBSERVER)
    deliver_due(at=MONDAY)
    assert mailoutbox == []


def test_the_bell_shows_nothing_of_a_client_that_one_left(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    tell()
    assert notices_for(actor_of(desk.member)).count() == 1
    end_membership(actor=SYSTEM, at=MONDAY, membership=Membership.objects.get(person=desk.member))
    assert notices_for(actor_of(desk.member)).count() == 0


def test_nobody_reads_or_empties_the_bell_of_another(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)
    tell()
    notice = Notice.objects.get(person=desk.member)
    assert mark_read(actor=actor_of(desk.poc), at=MONDAY, notice_ids=[notice.pk]) == 0
    assert unread_count(desk.member.pk) == 1
    assert mark_read(actor=actor_of(desk.member), at=MONDAY, notice_ids=[notice.pk]) == 1
    assert unread_count(desk.member.pk) == 0


def test_an_integration_has_no_bell(desk: Desk) -> None:
    assert notices_for(SYSTEM).count() == 0
    assert mark_all_read(actor=SYSTEM, at=MONDAY) == 0
