"""What comes of a mail by itself: a message of its sender, a new ticket, or the fate of a mail of ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Client
from contracts.models import Contract
from contracts.queries import contracts_in_force, effective_plan, may_open
from escalation.services import raise_escalation
from events.domain.actor import Actor
from events.domain.errors import DomainError
from events.fail_points import crash_here
from intake.domain.head import Head
from intake.domain.sorting import Ground
from intake.domain.words import bare_subject, escalation_in, wishes_in
from intake.models import ReceivedMail, State
from intake.reading import Content, folded
from intake.services.files import stored
from intake.services.knowing import Known
from intake.services.settling import HeldError, SettledError, lock_claim, settle
from notify.services import note_bounced, use_address_again
from tickets.models import Message, Ticket, Visibility
from tickets.services import ByMail, open_ticket, post_message

#: More than this within an hour is no person's writing: a loop, or a flood (threat 19).
HOUR = timedelta(hours=1)
REPLIES_AN_HOUR = 30
TICKETS_AN_HOUR = 5


def file_reply(mail: ReceivedMail, head: Head, content: Content, known: Known, *, now: datetime) -> None:
    """Write what the sender answered on its ticket, as their message: a note where they answered a note (X4).

    Nothing else changes by a mail, save that a client's public answer puts the ticket back to work, and that
    a contact may call for a higher tier (E2). It is dated at its receipt.
    """
    actor, ticket = _author(known), known.ticket
    if ticket is None:
        raise HeldError(Ground.BAD_ADDRESS)
    _check_pace(mail, State.REPLY, REPLIES_AN_HOUR)
    place = known.places[0]
    fresh, quoted = folded(content.text)
    files, remarks = stored(actor=actor, at=now, client=ticket.client, files=content.files)
    at = max(mail.received_at, ticket.updated_at)
    with transaction.atomic():
        if not _is_ours(mail):
            return
        message = post_message(
            actor=actor,
            at=at,
            ticket=ticket,
            body=_with_remarks(fresh, remarks),
            visibility=Visibility.INTERNAL if place.is_internal else Visibility.PUBLIC,
            attachments=files,
            submission_id=f"mail-{mail.pk}",
            by_mail=ByMail(quoted=quoted),
        )
        words = _escalated(actor, message, head, fresh, at=at) if not place.is_internal else ""
        _finish(mail, message.ticket, message, state=State.REPLY, now=now, detail=words)
        use_address_again(address=mail.sender)
        crash_here("mail_filed")


def open_new(mail: ReceivedMail, content: Content, known: Known, *, now: datetime) -> None:
    """Open a ticket for a known contact under their contract, received when their mail was (S1).

    Urgency and type are those that the mail asks for in words of the plan, else the plan's middle urgency and
    first type; the contact can change them in the portal. What the plan says of the channel holds (S11).
    """
    actor = _author(known)
    _check_pace(mail, State.TICKET, TICKETS_AN_HOUR)
    _check_not_repeated(mail)
    contract = _contract_of(actor, known, mail)
    plan = effective_plan(contract)
    wishes = wishes_in(
        content.text,
        urgencies={one.label: one.code for one in plan.urgencies},
        request_types={one.label: one.code for one in plan.request_types},
    )
    by_rank = sorted(plan.urgencies, key=lambda one: one.rank)
    files, remarks = stored(actor=actor, at=now, client=contract.client, files=content.files)
    with transaction.atomic():
        if not _is_ours(mail):
            return
        ticket = open_ticket(
            actor=actor,
            at=mail.received_at,
            contract=contract,
            request_type=wishes.request_type or plan.request_types[0].code,
            urgency=wishes.urgency or by_rank[len(by_rank) // 2].code,
            subject=bare_subject(mail.subject) or "(no subject)",
            description=_with_remarks(content.text, remarks) or "(no text)",
            channel="email",
            attachments=files,
            submission_id=f"mail-{mail.pk}",
        )
        _finish(mail, ticket, ticket.messages.earliest("id"), state=State.TICKET, now=now)
        use_address_again(address=mail.sender)
        crash_here("mail_filed")


@transaction.atomic
def file_report(mail: ReceivedMail, content: Content, known: Known, *, now: datetime) -> None:
    """Note on a mail of ours what became of it, and stop using an address that takes no mail (F10)."""
    report = content.report
    if report is None or known.bounced_id is None:
        raise HeldError(Ground.UNCLEAR_REPORT)
    if not _is_ours(mail):
        return
    note_bounced(
        at=now,
        delivery_id=known.bounced_id,
        is_permanent=report.is_permanent,
        detail=" ".join(filter(None, (report.status, report.detail))),
        is_address_dead=report.is_about_the_address,
    )
    mail.delivery_id = known.bounced_id
    settle(mail, at=now, state=State.BOUNCE)
    crash_here("mail_filed")


def _author(known: Known) -> Actor:
    if known.actor is None:
        raise HeldError(Ground.UNKNOWN_SENDER)
    return known.actor


def _is_ours(mail: ReceivedMail) -> bool:
    try:
        lock_claim(mail)
    except SettledError:
        return False
    return True


def _finish(
    mail: ReceivedMail, ticket: Ticket, message: Message, *, state: State, now: datetime, detail: str = ""
) -> None:
    mail.ticket, mail.message, mail.client_id = ticket, message, ticket.client_id
    mail.hint = None
    settle(mail, at=now, state=state, detail=detail)


def _check_pace(mail: ReceivedMail, state: State, most: int) -> None:
    """Hold what comes faster than a person writes: two robots that answer each other end here."""
    since = mail.received_at - HOUR
    lately = ReceivedMail.objects.filter(person=mail.person, state=state, received_at__gt=since)
    if lately.count() >= most:
        raise HeldError(Ground.TOO_MANY)


def _check_not_repeated(mail: ReceivedMail) -> None:
    since = mail.received_at - HOUR
    lately = ReceivedMail.objects.filter(person=mail.person, state=State.TICKET, received_at__gt=since)
    subjects = {bare_subject(subject).lower() for subject in lately.values_list("subject", flat=True)}
    if bare_subject(mail.subject).lower() in subjects:
        raise HeldError(Ground.REPEATED)


def _contract_of(actor: Actor, known: Known, mail: ReceivedMail) -> Contract:
    """The one contract under which the sender may open tickets; whom a plan names goes before."""
    allowed, unnamed = [], []
    for client in Client.objects.filter(pk__in=list(actor.roles), ended_at__isnull=True):
        on = mail.received_at.astimezone(ZoneInfo(client.zone)).date()
        for contract in contracts_in_force(client, on).select_related("client", "plan_version"):
            opening = may_open(contract, known.person, on) if known.person else None
            if opening is not None and opening.allowed:
                allowed.append(contract)
            elif opening is not None and opening.code == "not_named":
                unnamed.append(contract)
    found = allowed or unnamed
    if not found:
        raise HeldError(Ground.NO_CONTRACT)
    if len(found) > 1:
        raise HeldError(Ground.SEVERAL_CONTRACTS)
    return found[0]


def _escalated(actor: Actor, message: Message, head: Head, text: str, *, at: datetime) -> str:
    """Raise the escalation that a contact asks for by `ESCALATE:`; gives a sentence where none came of it."""
    reason = None if actor.is_staff else escalation_in(subject=head.subject, text=text)
    if reason is None:
        return ""
    try:
        raise_escalation(actor=actor, at=at, ticket=message.ticket, ground="other", reason=reason[:2000])
    except DomainError as refusal:
        return f"The escalation was not raised. {refusal.detail}"
    return ""


def _with_remarks(text: str, remarks: list[str]) -> str:
    return "\n\n".join(filter(None, (text.strip(), *(f"*{one}*" for one in remarks))))
