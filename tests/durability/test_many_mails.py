"""Many mails, some of them twice, shuffled, with kills in between: none is lost and none doubled (F19).

`MAILS=10000` in the environment makes it as many.
"""

import os
import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from intake.invariants import mail_came_to_something
from intake.models import ReceivedMail
from intake.services import fetch_mail, sort_mail
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, Desk, make_contact, make_desk, make_ticket
from tests.intake.dovecot import MailHost, mail_host
from tests.intake.letters import SERVER, answer_address, letter
from tickets.models import Message, Ticket

MAILS = int(os.environ.get("MAILS", "300"))
#: So many answers a contact, and no more than a person writes within an hour.
EACH = 20
KILLS = ("mail_fetched", "mail_stored", "mail_claimed", "mail_filed")


@pytest.fixture
def host(transactional_db: None, settings: Settings) -> Iterator[MailHost]:
    """A mailbox that we read, on a server that vouches for senders."""
    with mail_host() as running:
        settings.INBOUND_MAIL_URL, settings.INBOUND_MAIL_SERVERS = running.url, [SERVER]
        yield running


def written(desk: Desk) -> list[bytes]:
    """As many mails as wanted: a fifth of them new tickets, the rest answers to tickets that are there."""
    mails = []
    for number in range(MAILS):
        if number % EACH == 0:
            person = make_contact(desk.client)
            ticket = make_ticket(desk.contract, requester=person)
        is_new = number % EACH < 4
        to = "support@caredesk.localhost" if is_new else answer_address(ticket, person)
        mails.append(letter(person.email, to=to, subject=f"Case {number}", text=f"Words number {number}."))
    return mails


def test_none_is_lost_and_none_doubled(host: MailHost) -> None:
    desk, dice = make_desk(), random.Random(7)  # noqa: S311  no secret
    mails = written(desk)
    tickets = Ticket.objects.count()
    twice = [*mails, *dice.sample(mails, MAILS // 5)]
    dice.shuffle(twice)
    host.deliver(*twice)
    for step, point in enumerate(KILLS):
        sweep = "fetch_mail" if step < 2 else "sort_mail"
        at = MONDAY + timedelta(minutes=step)
        assert swept(f"intake.services.{sweep}", at=at, fail_point=point) == DIED
    at = MONDAY + timedelta(minutes=10)
    while host.unread():
        fetch_mail(at=at)
    while ReceivedMail.objects.filter(state="waiting").exists():
        sort_mail(at=at)
        at += timedelta(seconds=50)
    assert ReceivedMail.objects.count() == MAILS
    assert set(ReceivedMail.objects.values_list("state", flat=True)) == {"reply", "ticket"}
    assert Ticket.objects.count() - tickets == ReceivedMail.objects.filter(state="ticket").count()
    words = Message.objects.filter(body__startswith="Words number").values_list("body", flat=True)
    assert sorted(words) == sorted(f"Words number {number}." for number in range(MAILS))
    assert mail_came_to_something() == []
