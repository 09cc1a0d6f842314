"""Mails that came in: one of a stranger, one in doubt, one of a program, and one that became a ticket."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

from config.demo.desk import Desk
from config.demo.player import Story
from intake.models import Mailbox, ReceivedMail
from intake.services import open_ticket_of, receive_mail, sort_mail
from tickets.models import Ticket

_MAILBOX = "support on mail.caredesk.example, INBOX"


def mail_in(desk: Desk, *, now: datetime) -> Story:
    """What waits for a decision at the desk, and what was decided this morning."""
    sender = desk.pocs[0]
    at = now - timedelta(hours=7)
    yield at
    decided = _received(
        at,
        sender=f"{sender.name} <{sender.email}>",
        subject="Two new colleagues on Monday",
        text="Two people start on Monday. Could you set up their accounts?\n\nThank you.",
    )
    _make_ticket(desk, decided, at=at + timedelta(minutes=20))
    at = now - timedelta(hours=2)
    yield at
    _received(
        at,
        sender="Paulo Reuter <paulo.reuter@fennmoor.example>",
        subject="Your support for our wiki",
        text="A friend at another press praised you. Do you also look after wikis of forty people?",
    )
    at = now - timedelta(minutes=50)
    yield at
    _received(
        at,
        sender=f"{sender.name} <{sender.email}>",
        subject="Automatic answer: I am away",
        text="I am away until Thursday and read no mail.",
        **{"Auto-Submitted": "auto-replied"},
    )
    at = now - timedelta(minutes=25)
    yield at
    near = Ticket.objects.filter(contract=desk.contract, requester=sender).order_by("-id").first()
    _received(
        at,
        sender=f"{sender.name} <{sender.email}>",
        subject=f"Re: {near.subject if near else 'Our ticket'}",
        text="I write from my own mail program today. It happened again at half past eight.",
        **({"In-Reply-To": f"<ticket-{near.pk}@caredesk.localhost>"} if near else {}),
    )


def _received(at: datetime, *, sender: str, subject: str, text: str, **headers: str) -> ReceivedMail:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, "support@caredesk.localhost", subject
    letter["Message-ID"] = f"<{at:%Y%m%d%H%M}@outside.example>"
    for name, value in headers.items():
        letter[name] = value
    letter.set_content(text)
    mailbox, _ = Mailbox.objects.get_or_create(name=_MAILBOX, defaults={"looked_at": at})
    mail = receive_mail(at=at, mailbox=mailbox, raw=letter.as_bytes())
    sort_mail(at=at)
    mail.refresh_from_db()
    return mail


def _make_ticket(desk: Desk, mail: ReceivedMail, *, at: datetime) -> None:
    by_rank = sorted(desk.plan.urgencies, key=lambda one: one.rank)
    open_ticket_of(
        actor=desk.by(desk.lead),
        at=at,
        mail=mail,
        contract=desk.contract,
        requester=desk.pocs[0],
        request_type=desk.plan.request_types[0].code,
        urgency=by_rank[-1].code,
        subject=mail.subject,
    )
