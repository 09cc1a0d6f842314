"""Delivery reports find the mail that they are about; an address that takes no mail is left alone (F10)."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from notify.addresses import bounce_address
from notify.models import DeadAddress, Delivery
from notify.services import deliver_due, dispatch, send_again
from tests.factories import MONDAY, Desk, actor_of, reply
from tests.intake.letters import answer_address, arrived, letter
from tickets.models import Ticket

LATER = MONDAY + timedelta(minutes=10)


@pytest.fixture
def sent(desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]) -> Delivery:
    """A mail to the member that their server took."""
    reply(ticket, desk.engineer)
    dispatch(at=MONDAY)
    deliver_due(at=MONDAY)
    return Delivery.objects.get(person=desk.member, template="reply_from_us")


def report(
    delivery: Delivery,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    words: str = "550 no such user",
    to: str = "",
) -> bytes:
    """What a mail server sends back about a mail."""
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nAuto-Submitted: auto-replied\r\n"
        f"To: {to or bounce_address(delivery_id=delivery.pk)}\r\n"
        f"Message-ID: <{status}.{action}@mx.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; x@y.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {words}\r\n\r\n--b--\r\n"
    ).encode()


def test_a_mail_that_came_back_is_failed_on_its_message(desk: Desk, sent: Delivery) -> None:
    mail = arrived(report(sent), at=LATER)
    sent.refresh_from_db()
    assert (mail.state, mail.delivery) == ("bounce", sent)
    assert (sent.state, sent.outcome) == ("failed", "5.1.1 550 no such user")
    assert sent.tries.latest("id").outcome == "failed"


def test_nothing_more_is_sent_to_an_address_that_takes_no_mail(
    desk: Desk, ticket: Ticket, sent: Delivery, mailoutbox: list[EmailMessage]
) -> None:
    arrived(report(sent), at=LATER)
    before = len(mailoutbox)
    reply(ticket, desk.engineer, at=LATER)
    dispatch(at=LATER)
    deliver_due(at=LATER)
    second = Delivery.objects.filter(person=desk.member, template="reply_from_us").latest("id")
    assert second.state == "failed"
    assert "came back on 02 Mar 2026. 5.1.1 550 no such user" in second.outcome
    assert [one.to for one in mailoutbox[before:]] == []


@pytest.mark.parametrize("way", ["a person sends again", "the address writes to us"])
def test_a_sign_of_life_opens_the_address_again(
    desk: Desk, ticket: Ticket, sent: Delivery, mailoutbox: list[EmailMessage], way: str
) -> None:
    arrived(report(sent), at=LATER)
    assert DeadAddress.objects.get().address == desk.member.email
    if way == "a person sends again":
        sent.refresh_from_db()
        send_again(actor=actor_of(desk.engineer), at=LATER, delivery=sent)
    else:
        arrived(letter(desk.member.email, to=answer_address(ticket, desk.member)), at=LATER)
    assert not DeadAddress.objects.exists()


def test_a_forged_sign_of_life_opens_nothing(desk: Desk, ticket: Ticket, sent: Delivery) -> None:
    arrived(report(sent), at=LATER)
    arrived(letter(desk.member.email, to=answer_address(ticket, desk.member), proof="fail"), at=LATER)
    assert DeadAddress.objects.exists()


@pytest.mark.parametrize(
    ("status", "is_dead"),
    [
        *((status, True) for status in ("5.1.1", "5.1.10", "5.0.0", "5.2.1", "5.4.4")),
        *((status, False) for status in ("5.2.2", "5.3.4", "5.6.0", "5.7.1")),
    ],
)
def test_only_what_speaks_against_the_address_closes_it(
    desk: Desk, sent: Delivery, status: str, is_dead: bool
) -> None:
    arrived(report(sent, status=status), at=LATER)
    sent.refresh_from_db()
    assert (sent.state, DeadAddress.objects.exists()) == ("failed", is_dead)


def test_a_delay_is_noted_and_fails_nothing(desk: Desk, sent: Delivery) -> None:
    arrived(report(sent, action="delayed", status="4.4.1"), at=LATER)
    sent.refresh_from_db()
    assert (sent.state, sent.tries.latest("id").outcome) == ("done", "later")


def test_a_report_on_somebody_elses_mail_is_set_aside(desk: Desk, sent: Delivery) -> None:
    for address in ("support@caredesk.localhost", bounce_address(delivery_id=sent.pk).replace("+", "+1")):
        mail = arrived(report(sent, to=address, words=address), at=LATER)
        assert (mail.state, mail.ground) == ("automatic", "foreign_report")
    sent.refresh_from_db()
    assert sent.state == "done"


def test_what_comes_to_a_return_address_and_is_no_report_waits(desk: Desk, sent: Delivery) -> None:
    address = bounce_address(delivery_id=sent.pk)
    assert arrived(letter("x@y.example", to=address)).ground == "unclear_report"
    away = letter("x@y.example", to=address, headers={"Auto-Submitted": "auto-replied"})
    assert arrived(away).state == "automatic"


def test_the_same_report_twice_fails_the_mail_once(desk: Desk, sent: Delivery) -> None:
    for words in ("550 no such user", "550 really no such user"):
        arrived(report(sent, words=words), at=LATER)
    assert DeadAddress.objects.count() == 1
