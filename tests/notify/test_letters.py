"""What mails say, to whom in which zone, and what they never say."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from accounts.services import invite
from notify.letters import written
from notify.models import Delivery
from notify.routing import ADDRESSED, ROUTES
from notify.services import deliver_due
from slo.events import ClockAtRisk, ClockMissed
from tests.factories import MONDAY, actor_of, make_ticket, reply
from tests.notify.test_routing import CLOCK
from tests.notify.told import Desk, clear, happened, tell, ticket_facts
from tickets import services
from tickets.models import Ticket

TEMPLATES = sorted(
    {route.template for routes in ROUTES.values() for route in routes if route.template}
    | {template for template, _ in ADDRESSED.values()}
    | {"digest"}
)
FULL: dict[str, Any] = {
    "news": "ACME-1: news",
    "who": "Ruth Okafor",
    "reader": "Bram",
    "is_staff": True,
    "client": "Acme <b>Ltd</b>",
    "link": "https://desk.example/x",
    "settings_link": "https://desk.example/settings/mail",
    "why": "you filed the ticket",
    "fact": {"reason": "because", "percent": 90, "url": "https://x", "title": "Health check", "level": 2},
    "ticket": {"key": "ACME-1", "subject": "<i>Board</i>", "urgency": "High", "request_type": "Incident"},
    "message": {
        "author": "Ruth",
        "at": "Mon 2 Mar, 09:00 GMT",
        "body": "*Found* <script>",
        "files": ["a.png"],
    },
    "title": "Health assessment",
    "contract": "Total Care",
    "on": "Thu 1 Oct 2026",
    "lines": [{"news": "ACME-1: news", "link": "https://desk.example/x"}],
}


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the member, told already."""
    made = make_ticket(desk.contract, requester=desk.member)
    clear()
    return made


def mail_to(address: str, mails: list[EmailMessage]) -> EmailMessage:
    """The one mail that went to that address."""
    found = [mail for mail in mails if mail.to == [address]]
    assert len(found) == 1
    return found[0]


def html_of(mail: EmailMessage) -> str:
    """The HTML form of a mail."""
    assert isinstance(mail, EmailMultiAlternatives)
    return str(mail.alternatives[0][0])


class Words(HTMLParser):
    """The words of a page, without its head."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, text: str) -> None:
        """Keep what is read."""
        self.words += text.split()


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_has_a_subject_a_text_and_an_html_form(template: str) -> None:
    subject = written(f"emails/{template}/subject.txt", FULL, is_html=False)
    text = written(f"emails/{template}/body.txt", FULL, is_html=False)
    html = written(f"emails/{template}/body.html", FULL, is_html=True)
    assert subject.count("\n") == 1
    assert len(subject) > 5
    assert "https://desk.example/x" in text
    assert "https://desk.example/x" in html


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_mail_lets_markup_of_others_through(template: str) -> None:
    html = written(f"emails/{template}/body.html", FULL, is_html=True)
    assert "<script>" not in html
    assert "<i>Board" not in html
    assert "<b>Ltd" not in html
    assert "<img" not in html


@pytest.mark.parametrize("template", sorted(set(TEMPLATES) - {"digest"}))
def test_both_forms_say_the_same_words(template: str) -> None:
    facts = {**FULL, "client": "Acme", "message": {**FULL["message"], "body": "Found"}}
    facts["ticket"] = {**FULL["ticket"], "subject": "Board"}
    page = Words()
    page.feed(written(f"emails/{template}/body.html", facts, is_html=True))
    text = written(f"emails/{template}/body.txt", facts, is_html=False)
    news = set(re.findall(r"[A-Za-z]{4,}", text.split("Choose")[0]))
    assert news <= set(re.findall(r"[A-Za-z]{4,}", " ".join(page.words)))


def test_no_template_folder_is_left_without_a_row() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "emails"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == set(TEMPLATES)


def test_a_subject_starts_with_the_key_and_tells_the_news(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.engineer)
    tell()
    assert mail_to(desk.member.email, mailoutbox).subject == f"ACME-1: {desk.engineer.name} answered"


def test_contacts_read_their_companys_zone_and_staff_their_own(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    type(desk.client).objects.update(zone="Asia/Kolkata")
    reply(ticket, desk.engineer)
    reply(ticket, desk.member)
    tell()
    assert "14:30 IST" in mail_to(desk.member.email, mailoutbox).body
    assert "09:00 UTC" in mail_to(desk.engineer.email, mailoutbox).body


def test_a_receipt_says_until_when_we_answer(desk: Desk, mailoutbox: list[EmailMessage]) -> None:
    make_ticket(desk.contract, requester=desk.member)
    tell()
    body = mail_to(desk.member.email, mailoutbox).body
    assert "You hear from us by Mon 2 Mar, 09:30 GMT." in body
    assert body.splitlines()[0].startswith("Reply above this line")


def test_no_word_of_an_internal_note_reaches_a_contact(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    actor = actor_of(desk.engineer)
    services.post_message(actor=actor, at=MONDAY, ticket=ticket, body="CANARY", visibility="internal")
    services.watch(actor=actor_of(desk.csm), at=MONDAY, ticket=ticket)
    reply(ticket, desk.engineer, "Public.")
    services.change_status(actor=actor, at=MONDAY, ticket=ticket, to="resolved", summary="Done.")
    tell()
    outside = [mail for mail in mailoutbox if mail.to[0].endswith("acme.example")]
    assert len(outside) >= 2
    assert not any("CANARY" in mail.body + html_of(mail) for mail in outside)


def test_a_redacted_message_is_mailed_as_its_mark(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    said = reply(ticket, desk.engineer, "SECRET")
    services.redact_message(actor=actor_of(desk.administrator), at=MONDAY, message=said, reason="A password.")
    tell()
    body = mail_to(desk.member.email, mailoutbox).body
    assert "SECRET" not in body
    assert "taken away" in body


def test_a_human_reply_is_not_marked_automatic_and_a_receipt_is(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member)
    reply(ticket, desk.engineer)
    tell()
    receipt, answer = (mail for mail in mailoutbox if mail.to == [desk.member.email])
    assert receipt.extra_headers["Auto-Submitted"] == "auto-replied"
    assert "Auto-Submitted" not in answer.extra_headers


def test_a_late_clock_names_the_objective_and_the_moment(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    happened(ClockMissed(**ticket_facts(ticket, **CLOCK), missed_at=CLOCK["due_at"]))
    tell()
    subject = mail_to(desk.engineer.email, mailoutbox).subject
    assert subject == "ACME-1: first response late, was due Mon 2 Mar, 09:30 UTC"


def test_a_warning_is_not_sent_once_its_clock_was_met(
    desk: Desk, ticket: Ticket, mailoutbox: list[EmailMessage]
) -> None:
    reply(ticket, desk.engineer)
    clear()
    happened(ClockAtRisk(**ticket_facts(ticket, **CLOCK), at_risk_at=CLOCK["due_at"]))
    tell()
    assert mailoutbox == []
    assert Delivery.objects.get(record__kind="clock.at_risk").state == "withdrawn"


def test_an_invitation_is_mailed_to_its_address_with_a_token_that_no_row_holds(
    desk: Desk, mailoutbox: list[EmailMessage]
) -> None:
    invite(
        actor=actor_of(desk.poc),
        at=MONDAY,
        email="new@acme.example",
        name="New",
        client=desk.client,
        role="member",
    )
    tell()
    body = mail_to("new@acme.example", mailoutbox).body
    token = re.search(r"/accounts/invitation/(\S+)", str(body))
    assert token is not None
    assert token[1] not in str(list(Delivery.objects.values()))


def test_an_invitation_that_ran_out_is_not_mailed(desk: Desk, mailoutbox: list[EmailMessage]) -> None:
    actor = actor_of(desk.poc)
    invite(actor=actor, at=MONDAY, email="n@acme.example", name="N", client=desk.client, role="member")
    deliver_due(at=MONDAY.replace(year=2027))
    assert mailoutbox == []
