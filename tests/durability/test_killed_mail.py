"""The intake of mail is killed at each point: every mail comes to something, once, at its first receipt."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from intake.invariants import mail_came_to_something
from intake.models import ReceivedMail
from intake.services import fetch_mail, sort_mail
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, Desk, make_desk
from tests.intake.dovecot import MailHost, mail_host
from tests.intake.letters import SERVER, letter, received
from tickets.models import Attachment, Message, Ticket

LATER = MONDAY + timedelta(minutes=1)
FETCH, SORT = "intake.services.fetch_mail", "intake.services.sort_mail"


@pytest.fixture
def desk(transactional_db: None, settings: Settings) -> Desk:
    """A client, and a mail server of ours that vouches for its people."""
    settings.INBOUND_MAIL_SERVERS = [SERVER]
    return make_desk()


@pytest.fixture
def host(desk: Desk, settings: Settings) -> Iterator[MailHost]:
    """A mailbox with three unread mails of a contact."""
    with mail_host() as running:
        settings.INBOUND_MAIL_URL = running.url
        running.deliver(*(letter(desk.member.email, subject=f"Case {n}") for n in range(3)))
        yield running


@pytest.mark.parametrize("point", ["mail_fetched", "mail_stored"])
def test_killed_while_fetching_no_mail_is_lost_or_doubled(host: MailHost, point: str) -> None:
    assert swept(FETCH, at=MONDAY, fail_point=point) == DIED
    kept = list(ReceivedMail.objects.values_list("received_at", flat=True))
    assert (len(kept), host.unread()) == (1 if point == "mail_stored" else 0, 3)
    fetch_mail(at=LATER)
    assert (ReceivedMail.objects.count(), host.unread()) == (3, 0)
    before = ReceivedMail.objects.filter(received_at__lt=LATER)
    assert list(before.values_list("received_at", flat=True)) == kept
    sort_mail(at=LATER + timedelta(minutes=1))
    assert Ticket.objects.count() == 3


@pytest.mark.parametrize("point", ["mail_claimed", "mail_filed"])
def test_killed_while_sorting_the_mail_is_sorted_later_and_once(desk: Desk, point: str) -> None:
    mail = received(letter(desk.member.email, files=[("a.log", b"a")]), at=MONDAY)
    assert swept(SORT, at=MONDAY, fail_point=point) == DIED
    assert (Ticket.objects.count(), Message.objects.count()) == (0, 0)
    assert sort_mail(at=MONDAY + timedelta(seconds=30)) == 0
    for minutes in (1, 2):
        sort_mail(at=MONDAY + timedelta(minutes=minutes))
    mail.refresh_from_db()
    assert (mail.state, Ticket.objects.get().opened_at) == ("ticket", MONDAY)
    assert Attachment.objects.filter(message__isnull=False).count() == 1
    assert mail_came_to_something() == []


def test_a_mail_that_kills_every_worker_waits_for_a_person_and_the_others_go_on(desk: Desk) -> None:
    poison = received(letter(desk.member.email, subject="Poison"), at=MONDAY)
    now = MONDAY
    for _ in range(5):
        assert swept(SORT, at=now, fail_point="mail_claimed") == DIED
        now += timedelta(minutes=1)
    other = received(letter(desk.poc.email, subject="Good"), at=now)
    assert swept(SORT, at=now) == 0
    for mail in (poison, other):
        mail.refresh_from_db()
    assert (poison.state, poison.ground, other.state) == ("held", "unreadable", "ticket")
    assert "5 tries" in poison.detail


def test_a_mail_whose_file_is_gone_waits_with_the_reason(desk: Desk, settings: Settings) -> None:
    mail = received(letter(desk.member.email), at=MONDAY)
    (settings.MEDIA_ROOT / mail.path).unlink()
    for minutes in range(7):
        sort_mail(at=MONDAY + timedelta(minutes=minutes))
    mail.refresh_from_db()
    assert (mail.state, mail.ground) == ("held", "unreadable")
    assert "FileNotFoundError" in mail.detail
