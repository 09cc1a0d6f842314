"""The conversation: posting messages, and taking a text away where it must not stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import FINAL_STATUSES, RETURNS_ON_REPLY, Status
from tickets.domain.texts import BODY_LIMIT, clean_body, clean_line
from tickets.models import Attachment, Message, MessageKind, Ticket, Visibility
from tickets.queries.visibility import ticket_by_id
from tickets.services.attachments import bind_attachments
from tickets.services.finding import forget_words
from tickets.services.follow_up import open_follow_up
from tickets.services.mentions import call_in_mentioned
from tickets.services.moves import StatusMove, make_move
from tickets.services.rows import author_kind, locked, require_submission_id, require_visibility, save_change
from tickets.services.writing import ByMail, write_message


@transaction.atomic
def post_message(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    body: str,
    visibility: str = Visibility.PUBLIC,
    kind: str | None = None,
    attachments: Sequence[Attachment] = (),
    submission_id: str | None = None,
    then: StatusMove | None = None,
    by_mail: ByMail | None = None,
) -> Message:
    """Write on a ticket; with `then` the ticket also moves, in the same act ("reply and wait on client").

    A client's public reply puts a ticket that waits for them, or is resolved, back to work; on a final ticket
    it opens a linked follow-up, and the message returned is the follow-up's first. On a merged ticket it goes
    to the one that took it in. Only the system may say the `kind`; else it follows from who writes for whom.
    The same `submission_id` on the same ticket again returns the first message.
    """
    row, submission_id = _place_to_write(actor, locked(actor, ticket)), require_submission_id(submission_id)
    if (known := _submitted_before(actor, row, submission_id)) is not None:
        return known
    _require_right(actor, row, visibility)
    text = _body(body, has_files=bool(attachments))
    if row.status in FINAL_STATUSES and visibility == Visibility.PUBLIC:
        _require_client(actor, row)
        return open_follow_up(
            actor=actor,
            at=at,
            ticket=row,
            body=text,
            attachments=attachments,
            submission_id=submission_id,
            channel="email" if by_mail else "",
        )
    call_in_mentioned(actor=actor, at=at, ticket=row, body=text, visibility=visibility)
    message = write_message(
        actor=actor,
        at=at,
        ticket=row,
        body=text,
        visibility=visibility,
        kind=_kind(actor, visibility, kind, then),
        submission_id=submission_id,
        quoted=_quoted(by_mail),
    )
    bind_attachments(actor=actor, client_id=row.client_id, message=message, attachments=attachments)
    _move_on(actor, at, row, message, then)
    return message


@transaction.atomic
def redact_message(*, actor: Actor, at: datetime, message: Message, reason: str) -> Message:
    """Take a message's text and files out of everybody's reach; that it was there, and why it went, stays.

    Only administrators; needs a reason. Repeating it changes nothing.
    """
    ticket = locked(actor, message.ticket)
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk, ticket=ticket)
    if not permissions.may_redact(actor, row):
        raise NotAllowed("An administrator redacts messages.")
    if not clean_line(reason):
        raise Invalid("Say why the text is taken away.", fields={"reason": "Say why."})
    if row.redacted_at is not None:
        return row
    row.body, row.quoted, row.redacted_at = "", "", at
    row.save(update_fields=["body", "quoted", "redacted_at"])
    forget_words(row)
    record(
        events.MessageRedacted(
            client_id=row.client_id,
            subject_id=ticket.pk,
            key=ticket.key,
            message_id=row.pk,
            visibility=row.visibility,
            reason=clean_line(reason),
        ),
        at=at,
        actor=actor,
    )
    return row


def _submitted_before(actor: Actor, ticket: Ticket, submission_id: str | None) -> Message | None:
    if submission_id is None:
        return None
    known = Message.objects.filter(ticket=ticket, submission_id=submission_id).first()
    if known is not None and (known.author_id, known.author_kind) != (actor.person_id, author_kind(actor)):
        raise Conflict("This form was sent before by somebody else; open a new one.")
    return known


def _place_to_write(actor: Actor, ticket: Ticket) -> Ticket:
    if ticket.merged_into_id is None:
        return ticket
    return ticket_by_id(actor, ticket.merged_into_id, lock=True)


def _require_client(actor: Actor, ticket: Ticket) -> None:
    if not permissions.may_take_part(actor, ticket):
        raise Conflict(f"{ticket.key} is {ticket.status}: open a follow-up to write to the client.")


def _require_right(actor: Actor, ticket: Ticket, visibility: str) -> None:
    if require_visibility(visibility) == Visibility.INTERNAL:
        if not permissions.may_note(actor, ticket):
            raise NotAllowed("Internal notes are for staff.")
    elif not permissions.may_reply(actor, ticket):
        raise NotAllowed("You read this ticket; a point of contact can let you take part.")


def _body(body: str, *, has_files: bool) -> str:
    text = clean_body(body)
    if not text.strip() and not has_files:
        raise Invalid("Write something.", fields={"body": "Write something, or add a file."})
    if len(text) > BODY_LIMIT:
        words = f"A message has {BODY_LIMIT:,} characters at most; send the rest as a file."
        raise Invalid(words, fields={"body": words})
    return text


def _quoted(by_mail: ByMail | None) -> str:
    return clean_body(by_mail.quoted)[:BODY_LIMIT] if by_mail else ""


def _kind(actor: Actor, visibility: str, kind: str | None, then: StatusMove | None) -> str:
    if then is not None and then.to == Status.RESOLVED:
        return MessageKind.RESOLUTION
    if kind is not None and actor.is_system:
        return kind
    if visibility == Visibility.INTERNAL:
        return MessageKind.NOTE
    return MessageKind.AUTOMATIC if actor.is_system else MessageKind.REPLY


def _move_on(actor: Actor, at: datetime, ticket: Ticket, message: Message, then: StatusMove | None) -> None:
    if then is not None:
        make_move(actor=actor, at=at, ticket=ticket, move=then, summary_given=message.body)
        return
    is_answer = message.visibility == Visibility.PUBLIC and author_kind(actor) in ("contact", "integration")
    if is_answer and ticket.status in RETURNS_ON_REPLY:
        make_move(actor=actor, at=at, ticket=ticket, move=StatusMove(to=Status.IN_PROGRESS, reason="reply"))
        return
    save_change(ticket, at=at)
