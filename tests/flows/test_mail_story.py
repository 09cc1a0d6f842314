"""The story by mail alone: filed, answered and answered again, over a real IMAP and a real SMTP server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from intake.models import ReceivedMail
from intake.services import fetch_mail, sort_mail
from notify.services import deliver_due, dispatch
from slo.models import Clock
from tests.factories import MONDAY, Desk, make_desk, reply
from tests.intake.dovecot import MailHost, mail_host
from tests.intake.letters import SERVER, letter
from tests.notify.servers import MailSink, mail_server
from tickets.models import Message, Ticket


@pytest.fixture
def sink(transactional_db: None) -> Iterator[MailSink]:
    """A mail server that takes what we send."""
    with mail_server() as running:
        yield running


@pytest.fixture
def host(sink: MailSink, settings: Settings) -> Iterator[MailHost]:
    """A mailbox that we read, on a server that vouches for senders."""
    with mail_host() as running:
        settings.INBOUND_MAIL_URL, settings.INBOUND_MAIL_SERVERS = running.url, [SERVER]
        yield running


def taken_in(*, at: datetime) -> None:
    """Fetch, sort, and tell everybody about it."""
    fetch_mail(at=at)
    sort_mail(at=at + timedelta(seconds=20))
    for _ in range(2):
        dispatch(at=at + timedelta(seconds=30))
        deliver_due(at=at + timedelta(seconds=30))


def last_to(sink: MailSink, address: str) -> EmailMessage:
    """The last mail that somebody got."""
    return next(taken.mail for taken in reversed(sink.taken) if taken.to == [address])


def answer_to(mail: EmailMessage, sender: str, words: str) -> bytes:
    """What a mail program sends when somebody answers: to the reply address, in the thread, quoting all."""
    body = mail.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
    return letter(
        sender,
        to=str(mail["Reply-To"]),
        subject=f"Re: {mail['Subject']}",
        text=f"{words}\n\nOn Mon, 2 Mar 2026 at 10:00, Caredesk wrote:\n{quoted}\n",
        headers={"In-Reply-To": str(mail["Message-ID"]), "References": str(mail["References"])},
    )


def test_a_ticket_lives_by_mail_from_its_first_word_to_the_third_answer(
    host: MailHost, sink: MailSink
) -> None:
    desk = make_desk(plan="idalko-premium")
    member, engineer = desk.member, desk.engineer
    host.deliver(letter(member.email, subject="The board is slow", files=[("trace.log", b"slow")]))
    taken_in(at=MONDAY)
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.channel) == (member, "email")
    assert last_to(sink, member.email)["Auto-Submitted"] == "auto-replied"

    reply(ticket, engineer, "Since when?", at=MONDAY + timedelta(minutes=5))
    taken_in(at=MONDAY + timedelta(minutes=6))
    question = last_to(sink, member.email)
    assert question.get_content_type() == "multipart/alternative"
    assert question["Auto-Submitted"] is None

    host.deliver(answer_to(question, member.email, "Since Friday."))
    taken_in(at=MONDAY + timedelta(minutes=10))
    answer = Message.objects.latest("id")
    assert (answer.author, answer.visibility, answer.body) == (member, "public", "Since Friday.")
    assert "> Since when?" in answer.quoted

    host.deliver(answer_to(last_to(sink, engineer.email), engineer.email, "We found it."))
    taken_in(at=MONDAY + timedelta(minutes=15))
    found = Message.objects.latest("id")
    assert (found.author_kind, found.body, found.visibility) == ("staff", "We found it.", "public")
    assert "We found it." in str(last_to(sink, member.email).get_body(("plain",)))
    assert set(ReceivedMail.objects.values_list("state", flat=True)) == {"ticket", "reply"}


def test_an_answer_by_mail_meets_the_first_response(host: MailHost, sink: MailSink) -> None:
    desk: Desk = make_desk(plan="idalko-premium")
    host.deliver(letter(desk.member.email))
    taken_in(at=MONDAY)
    host.deliver(answer_to(last_to(sink, desk.engineer.email), desk.engineer.email, "We look into it."))
    taken_in(at=MONDAY + timedelta(minutes=9))
    clock = Clock.objects.get(objective="first_response")
    mail = ReceivedMail.objects.latest("id")
    assert (clock.state, clock.met_at) == ("met", mail.received_at)
