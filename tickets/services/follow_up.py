"""What comes after the end: a reply on a final ticket opens a linked one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Person
from contracts.models import Environment
from events.domain.actor import Actor
from events.domain.errors import Conflict
from tickets.domain.links import LinkKind
from tickets.domain.texts import SUBJECT_LIMIT
from tickets.models import Attachment, Message, Ticket
from tickets.services.linking import store_link
from tickets.services.requests import TicketRequest
from tickets.services.storing import store_ticket


def open_follow_up(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    body: str,
    attachments: Sequence[Attachment] = (),
    submission_id: str | None = None,
    channel: str = "",
) -> Message:
    """Open a ticket like the final one, with that text, linked to it; returns its first message.

    Whoever took part in the former takes part in the new one. The contract's own rules on who may open hold.
    """
    known = _submitted_before(actor, ticket, submission_id)
    if known is not None:
        return known
    requester = Person.objects.get(pk=actor.person_id) if actor.person_id else ticket.requester
    request = TicketRequest(
        contract=ticket.contract,
        request_type=ticket.request_type,
        urgency=ticket.urgency,
        subject=f"Follow-up of {ticket.key}: {ticket.subject}"[:SUBJECT_LIMIT],
        description=body or "See the file.",
        category=ticket.category,
        environment=_living(ticket),
        requester=requester,
        channel=channel or ("api" if actor.kind == "integration" else "portal"),
        participants=_still_contacts(ticket),
        attachments=tuple(attachments),
        submission_id=submission_id,
    )
    following = store_ticket(actor=actor, at=at, request=request)
    store_link(actor=actor, at=at, source=following, target=ticket, kind=LinkKind.FOLLOW_UP)
    return following.messages.earliest("id")


def _submitted_before(actor: Actor, ticket: Ticket, submission_id: str | None) -> Message | None:
    if submission_id is None:
        return None
    sent = Message.objects.filter(ticket__submission_id=submission_id, ticket__client=ticket.client_id)
    known = sent.order_by("id").first()
    if known is not None and known.author_id != actor.person_id:
        raise Conflict("This form was sent before by somebody else; open a new one.")
    return known


def _living(ticket: Ticket) -> Environment | None:
    environment = ticket.environment
    return environment if environment is not None and environment.retired_at is None else None


def _still_contacts(ticket: Ticket) -> tuple[Person, ...]:
    people = Person.objects.filter(
        participations__ticket=ticket,
        is_active=True,
        memberships__client_id=ticket.client_id,
        memberships__ended_at__isnull=True,
    )
    return tuple(people.distinct())
