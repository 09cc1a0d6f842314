"""Opening a ticket: what the plan says of it is settled here, once, with the moment of receipt (S1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Person
from contracts.models import Contract, Environment
from events.domain.actor import Actor
from events.domain.errors import Conflict
from tickets.models import Attachment, Ticket
from tickets.queries.visibility import visible_to
from tickets.services.requests import TicketRequest
from tickets.services.rows import require_submission_id
from tickets.services.storing import store_ticket


def open_ticket(  # noqa: PLR0913 - the form of a ticket has this many fields
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    request_type: str,
    urgency: str,
    subject: str,
    description: str,
    category: str = "",
    environment: Environment | None = None,
    requester: Person | None = None,
    channel: str = "portal",
    participants: Sequence[Person] = (),
    attachments: Sequence[Attachment] = (),
    external_reference: str = "",
    submission_id: str | None = None,
) -> Ticket:
    """Receive a ticket under a contract; `at` is the moment of receipt, at which its clocks start (S1).

    A contact files for themselves, staff and machines for `requester`. What the plan excludes can be filed
    all the same and carries no service level (S11); a golden rule that demands an approval asks for it at
    once. The same `submission_id` again returns the first ticket, also when both come at the same moment.

    Raises `Invalid` with words for each field, `NotAllowed` where the actor or the requester may not open
    tickets under this contract (with the way out), `NotHere` for a contract that the actor does not see.
    """
    request = TicketRequest(
        contract=contract,
        request_type=request_type,
        urgency=urgency,
        subject=subject,
        description=description,
        category=category,
        environment=environment,
        requester=requester,
        channel=channel,
        participants=tuple(participants),
        attachments=tuple(attachments),
        external_reference=external_reference,
        submission_id=require_submission_id(submission_id),
    )
    return _stored_once(actor, at, request)


def _stored_once(actor: Actor, at: datetime, request: TicketRequest) -> Ticket:
    first = _submitted_before(actor, request)
    if first is not None:
        return first
    try:
        with transaction.atomic():
            return store_ticket(actor=actor, at=at, request=request)
    except IntegrityError:
        first = _submitted_before(actor, request)
        if first is None:
            raise
        return first


def _submitted_before(actor: Actor, request: TicketRequest) -> Ticket | None:
    if request.submission_id is None:
        return None
    first = Ticket.objects.filter(
        client_id=request.contract.client_id, submission_id=request.submission_id
    ).first()
    if first is None:
        return None
    if not visible_to(actor).filter(pk=first.pk).exists():
        raise Conflict("This form was sent before by somebody else; open a new one.")
    return first
