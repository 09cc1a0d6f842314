"""Mails to many (P5, P6): one each, own products first, one click to end them, dead addresses left alone."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage as Parsed
from email.policy import default

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client as Browser
from icalendar import Calendar

from accounts.services import end_membership
from events.domain.actor import SYSTEM
from events.models import Record
from notify.figures import mailing_figures, turned_off, without_address
from notify.models import DeadAddress, Delivery
from notify.services import deliver_due, dispatch
from notify.services.claiming import claim_mail
from proactive.services import ItemWords, call_webinar_off, register, send_test
from tests.factories import MONDAY, Desk, actor_of, make_environment, make_ticket
from tests.factories.mailings import announced_webinar, draft_insight, mail_desk, post_all, sent_insight
from tests.notify.told import tell

ITEMS = (
    ItemWords(topic="news", title="On Confluence", body="Later", product="Confluence"),
    ItemWords(topic="news", title="For all", body="Between", link="https://example.com/all"),
    ItemWords(topic="app", title="On Jira", body="**First**", product="Jira"),
)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care that runs Jira."""
    desk = mail_desk()
    make_environment(desk.contract, product="Jira")
    return desk


def to(address: str, outbox: list[EmailMessage]) -> EmailMultiAlternatives:
    (mail,) = [mail for mail in outbox if mail.to == [address]]
    assert isinstance(mail, EmailMultiAlternatives)
    return mail


def file_in(mail: EmailMessage) -> tuple[str, Calendar]:
    """The calendar file of a mail as it leaves, with its method as the mail states it."""
    parsed = message_from_bytes(mail.message().as_bytes(), _class=Parsed, policy=default)
    (part,) = [part for part in parsed.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "event.ics"
    return str(part.get_param("method")), Calendar.from_ical(part.get_content())


def test_everybody_gets_one_mail_with_their_own_products_first(
    desk: Desk, outbox: list[EmailMessage]
) -> None:
    sent_insight(desk, *ITEMS)
    tell()
    tell()
    assert len(outbox) == 3
    mail = to(desk.poc.email, outbox)
    assert mail.body.index("On Jira") < mail.body.index("For all") < mail.body.index("On Confluence")
    assert "<strong>First</strong>" in str(mail.alternatives[0][0])


def test_a_mail_program_ends_insights_with_one_post_and_nothing_else(
    desk: Desk, outbox: list[EmailMessage]
) -> None:
    sent_insight(desk)
    tell()
    headers = to(desk.poc.email, outbox).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    program = Browser(enforce_csrf_checks=True)
    program.get(path)
    assert turned_off([desk.poc.pk], group="insights") == 0
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert turned_off([desk.poc.pk], group="insights") == 1
    second = sent_insight(desk)
    tell()
    assert (mailing_figures(second.pk).unwanted, len(outbox)) == (1, 5)


def test_dead_addresses_are_left_alone_and_counted(desk: Desk, outbox: list[EmailMessage]) -> None:
    DeadAddress.objects.create(address=desk.poc.email.lower(), since=MONDAY, reason="550 No such user")
    mailing = sent_insight(desk)
    tell()
    figures = mailing_figures(mailing.pk)
    assert (figures.made, figures.delivered, figures.suppressed, figures.bounced) == (3, 2, 1, 0)
    assert without_address([desk.poc.pk, desk.member.pk]) == 1
    assert not Record.objects.filter(kind="delivery.given_up").exists()


def test_who_left_the_client_meanwhile_gets_nothing(desk: Desk, outbox: list[EmailMessage]) -> None:
    sent_insight(desk)
    end_membership(actor=SYSTEM, at=MONDAY, membership=desk.poc.memberships.get())
    tell()
    assert desk.poc.email not in [address for mail in outbox for address in mail.to]


def test_a_mail_to_one_goes_before_mails_to_many(desk: Desk) -> None:
    sent_insight(desk)
    dispatch(at=MONDAY)
    later = MONDAY + timedelta(minutes=5)
    make_ticket(desk.contract, requester=desk.member, at=later)
    first = claim_mail(now=later)
    assert first is not None
    assert first.record.kind == "ticket.opened"


def test_handing_over_again_makes_no_second_mail(desk: Desk) -> None:
    sent_insight(desk)
    dispatch(at=MONDAY)
    Record.objects.update(dispatched_at=None)
    dispatch(at=MONDAY)
    assert Delivery.objects.filter(template="insight").count() == 3


def test_a_test_goes_to_oneself_alone(desk: Desk, outbox: list[EmailMessage]) -> None:
    mailing = draft_insight(desk)
    send_test(actor=actor_of(desk.csm), at=MONDAY, mailing=mailing)
    tell()
    assert [mail.to for mail in outbox] == [[desk.csm.email]]
    assert mailing_figures(mailing.pk).made == 0


def test_an_invitation_carries_a_file_that_calendars_read(desk: Desk, outbox: list[EmailMessage]) -> None:
    webinar = announced_webinar(desk)
    tell()
    method, calendar = file_in(to(desk.poc.email, outbox))
    (event,) = calendar.walk("VEVENT")
    assert (method, event["UID"]) == ("PUBLISH", f"webinar-{webinar.pk}@caredesk.localhost")
    assert event.decoded("DTSTART") == webinar.starts_at
    assert "LOCATION" not in event


def test_who_registered_gets_the_address_and_when_it_is_off_a_file_that_says_so(
    desk: Desk, outbox: list[EmailMessage]
) -> None:
    webinar = announced_webinar(desk)
    tell()
    outbox.clear()
    register(actor=actor_of(desk.poc), at=MONDAY, webinar=webinar, client_id=desk.client.pk)
    tell()
    _, calendar = file_in(outbox.pop())
    assert calendar.walk("VEVENT")[0]["LOCATION"] == "https://meet.example/room"
    call_webinar_off(actor=actor_of(desk.csm), at=MONDAY, webinar=webinar, reason="The host is ill.")
    post_all(MONDAY)
    tell()
    method, calendar = file_in(outbox.pop())
    (event,) = calendar.walk("VEVENT")
    assert (method, str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_ending_insights_keeps_reminders_of_what_one_registered_for(
    desk: Desk, outbox: list[EmailMessage]
) -> None:
    webinar = announced_webinar(desk)
    register(actor=actor_of(desk.poc), at=MONDAY, webinar=webinar, client_id=desk.client.pk)
    desk.poc.preferences.create(group="insights", channel="email", choice="off")
    soon = webinar.starts_at - timedelta(hours=1)
    post_all(soon)
    dispatch(at=soon)
    outbox.clear()
    Delivery.objects.exclude(template="webinar_reminder").delete()
    deliver_due(at=soon)
    assert outbox[0].subject == "In an hour: Automation that lasts"
