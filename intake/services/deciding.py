"""What a person decides about a mail that waited: put it on a ticket, make one of it, or discard it (X4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from accounts.queries import actor_for
from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotHere
from events.services import record
from intake.domain.words import bare_subject
from intake.events import MailDiscarded, MailFiled
from intake.models import ReceivedMail, State
from intake.permissions import may_decide
from intake.queries import mail_for
from intake.raw import read_raw
from intake.reading import File, UnreadableError, content_of, folded
from intake.services.files import stored
from intake.services.settling import settle
from tickets.domain.texts import clean_line
from tickets.models import Attachment, Message, Ticket, Visibility
from tickets.services import ByMail, open_ticket, post_message

_OPEN = (State.HELD, State.AUTOMATIC)


def file_mail(*, actor: Actor, at: datetime, mail: ReceivedMail, ticket: Ticket, as_sender: bool) -> Message:
    """Put a mail that waits on a ticket that the actor sees.

    With `as_sender` it becomes the public message of the contact who sent it, whom the actor vouches for;
    otherwise an internal note of the actor's, which meets no objective and reaches no client. Refused with
    `Invalid` where the sender may not write there, with `Conflict` once it was decided.
    """
    _check_may(actor, mail)
    writer = _sender_of(mail) if as_sender else actor
    files, remarks = stored(actor=writer, at=at, client=ticket.client, files=_files_of(mail))
    with transaction.atomic():
        row = _locked(actor, mail)
        fresh, quoted = folded(row.text) if as_sender else (_noted(row), "")
        message = _posted(
            writer,
            at,
            ticket,
            row,
            body="\n\n".join(filter(None, (fresh, *remarks))) or "(no text)",
            quoted=quoted,
            files=files,
            visibility=Visibility.PUBLIC if as_sender else Visibility.INTERNAL,
        )
        _settled(row, actor, at, message.ticket, message, state=State.REPLY)
        _record_filed(row, actor, at, message.ticket, is_new=False)
    return message


def open_ticket_of(
    *,
    actor: Actor,
    at: datetime,
    mail: ReceivedMail,
    contract: Contract,
    requester: Person,
    request_type: str,
    urgency: str,
    subject: str,
    category: str = "",
) -> Ticket:
    """Make a ticket of a mail that waits, for a contact of that contract's client.

    It counts as received when the mail was: that a person had to look at it is our affair (S1).
    """
    _check_may(actor, mail)
    files, remarks = stored(actor=actor, at=at, client=contract.client, files=_files_of(mail))
    with transaction.atomic():
        row = _locked(actor, mail)
        ticket = open_ticket(
            actor=actor,
            at=row.received_at,
            contract=contract,
            request_type=request_type,
            urgency=urgency,
            subject=subject or bare_subject(row.subject),
            description="\n\n".join(filter(None, (row.text.strip(), *remarks))) or "(no text)",
            category=category,
            requester=requester,
            channel="email",
            attachments=files,
            submission_id=f"mail-{row.pk}",
        )
        _settled(row, actor, at, ticket, ticket.messages.earliest("id"), state=State.TICKET)
        _record_filed(row, actor, at, ticket, is_new=True)
    return ticket


@transaction.atomic
def discard_mail(*, actor: Actor, at: datetime, mail: ReceivedMail, reason: str) -> ReceivedMail:
    """Decide that nothing comes of a mail, and say why; it stays readable among what was discarded."""
    _check_may(actor, mail)
    words = clean_line(reason)
    if not words:
        raise Invalid("Say why nothing comes of it.", fields={"reason": "A few words are enough."})
    row = _locked(actor, mail)
    row.settled_by_id = actor.person_id
    settle(row, at=at, state=State.DISCARDED, ground=row.ground, detail=words)
    event = MailDiscarded(client_id=row.client_id, subject_id=row.pk, reason=row.detail)
    record(event, at=at, actor=actor)
    return row


def _check_may(actor: Actor, mail: ReceivedMail) -> None:
    if not may_decide(actor, mail_for(actor, mail.pk)):
        raise NotAllowed("Engineers, leads and success managers decide about mails.")


def _locked(actor: Actor, mail: ReceivedMail) -> ReceivedMail:
    row = ReceivedMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if row.state not in _OPEN:
        raise Conflict("Somebody decided about this mail meanwhile, or it went its way by itself.")
    if not may_decide(actor, row):
        raise NotHere
    return row


def _sender_of(mail: ReceivedMail) -> Actor:
    person = mail.person
    if person is None or person.works_here or not person.is_active:
        words = "The address is of no contact: file it as a note."
        raise Invalid(words, fields={"as_sender": words})
    return actor_for(person)


def _files_of(mail: ReceivedMail) -> tuple[File, ...]:
    """The files of a mail; one whose parts cannot be told apart is a file itself."""
    try:
        raw = read_raw(mail)
    except OSError as fault:
        raise DomainError("The mail's file cannot be read at the moment; try again.") from fault
    try:
        return content_of(raw).files
    except UnreadableError:
        return (File(name="mail.eml", content=raw),)


def _posted(
    writer: Actor,
    at: datetime,
    ticket: Ticket,
    mail: ReceivedMail,
    *,
    body: str,
    quoted: str,
    files: list[Attachment],
    visibility: str,
) -> Message:
    try:
        return post_message(
            actor=writer,
            at=at,
            ticket=ticket,
            body=body,
            visibility=visibility,
            attachments=files,
            submission_id=f"mail-{mail.pk}",
            by_mail=ByMail(quoted=quoted),
        )
    except (NotHere, NotAllowed) as refusal:
        if visibility == Visibility.INTERNAL:
            raise
        words = f"{mail.sender} may not write on {ticket.key}: file it as a note."
        raise Invalid(words, fields={"as_sender": words}) from refusal


def _noted(mail: ReceivedMail) -> str:
    """The words of a note that carries a mail: who says to have sent it, and what it says."""
    name = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender or "an unnamed sender"
    return f"Mail from {name}: {mail.subject or 'no subject'}\n\n{mail.text}".strip()


def _settled(
    row: ReceivedMail, actor: Actor, at: datetime, ticket: Ticket, message: Message, *, state: State
) -> None:
    row.ticket, row.message, row.client_id = ticket, message, ticket.client_id
    row.hint, row.settled_by_id = None, actor.person_id
    settle(row, at=at, state=state, ground=row.ground)


def _record_filed(row: ReceivedMail, actor: Actor, at: datetime, ticket: Ticket, *, is_new: bool) -> None:
    event = MailFiled(
        client_id=row.client_id, subject_id=row.pk, key=ticket.key, ticket_id=ticket.pk, is_new=is_new
    )
    record(event, at=at, actor=actor)
