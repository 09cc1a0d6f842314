"""Mails as they come from outside: written down to the byte, received and sorted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from itertools import count

from accounts.models import Person
from intake.models import Mailbox, ReceivedMail
from intake.services import receive_mail, sort_mail
from notify.addresses import AnswerPlace, reply_address
from tests.factories import MONDAY
from tickets.models import Ticket

SERVER = "mx.caredesk.test"
SUPPORT = "support@caredesk.localhost"
_NUMBERS = count(1)


def verdict(sender: str, result: str = "pass", *, server: str = SERVER) -> str:
    """What our mail server writes down about a sender."""
    return f"{server}; dmarc={result} header.from={sender.rpartition('@')[2]}"


def letter(
    sender: str,
    *,
    to: str = SUPPORT,
    subject: str = "The board is slow",
    text: str = "It takes a minute to load.",
    proof: str = "pass",
    headers: Mapping[str, str] | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    html: str = "",
) -> bytes:
    """A mail of that sender; `proof` is what our server found out, or empty where it found nothing."""
    mail = EmailMessage()
    if proof:
        mail["Authentication-Results"] = verdict(sender, proof)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{next(_NUMBERS)}@outside.example>"
    for name, value in (headers or {}).items():
        del mail[name]
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def answer_address(ticket: Ticket, person: Person, *, is_internal: bool = False) -> str:
    """The reply address that the person was given on the ticket."""
    return reply_address(AnswerPlace(ticket.pk, person.pk, is_internal=is_internal))


def received(raw: bytes, *, at: datetime = MONDAY, uid: int = 0) -> ReceivedMail:
    """The receipt of a mail that nobody has read yet."""
    mailbox, _ = Mailbox.objects.get_or_create(name="support on mail.example, INBOX")
    return receive_mail(at=at, mailbox=mailbox, raw=raw, uid=uid)


def arrived(raw: bytes, *, at: datetime = MONDAY) -> ReceivedMail:
    """The receipt of a mail, received and sorted at that moment."""
    mail = received(raw, at=at)
    sort_mail(at=at)
    mail.refresh_from_db()
    return mail
