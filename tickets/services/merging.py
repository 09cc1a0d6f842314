"""Two tickets that are one, and one that is two."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.domain.lifecycle import FINAL_STATUSES, Status
from tickets.domain.links import LinkKind
from tickets.models import Message, MessageKind, Participant, Ticket, Visibility
from tickets.queries import manifest_of
from tickets.services.linking import store_link
from tickets.services.links import both_locked
from tickets.services.owing import review_documents
from tickets.services.requests import TicketRequest
from tickets.services.rows import author_kind, locked, save_change
from tickets.services.storing import store_ticket
from tickets.services.writing import write_message


@transaction.atomic
def merge_ticket(*, actor: Actor, at: datetime, ticket: Ticket, into: Ticket) -> Ticket:
    """Let the ticket go on in another one of the same client; returns the other.

    The conversation stays where it was written, and how much of it is told with the event; requester and
    participants take part in the other one, where later replies go too. The merged ticket is cancelled with
    its running clocks (S12). Both must be open.
    """
    source, target = both_locked(actor, ticket, into)
    if not permissions.may_work(actor, source):
        raise NotAllowed("Staff merge tickets.")
    for row in (source, target):
        if row.status in FINAL_STATUSES:
            raise Conflict(f"{row.key} is {row.status} and cannot be merged.")
    before, manifest = source.status, manifest_of(source)
    source.status, source.merged_into, source.closed_at = Status.CANCELLED.value, target, at
    source.close_due_at = None
    save_change(source, "status", "merged_into", "closed_at", "close_due_at", at=at)
    _bring_people(source, target, at)
    merged = events.TicketMerged(
        client_id=source.client_id,
        subject_id=source.pk,
        key=source.key,
        into_key=target.key,
        **manifest.facts(),
    )
    record(merged, at=at, actor=actor)
    _record_end(actor, at, source, target, before)
    review_documents(actor=actor, at=at, ticket=source)
    write_message(
        actor=SYSTEM,
        at=at,
        ticket=target,
        body=f"{source.key} goes on here.",
        visibility=Visibility.PUBLIC,
        kind=MessageKind.AUTOMATIC,
    )
    save_change(target, at=at)
    return target


@transaction.atomic
def split_ticket(*, actor: Actor, at: datetime, message: Message, subject: str) -> Ticket:
    """Open a second ticket from a public message that speaks of something else; both are linked.

    The new one has the same classification, requester and participants; its clocks start now (S1).
    """
    source = locked(actor, message.ticket)
    if not permissions.may_work(actor, source):
        raise NotAllowed("Staff split tickets.")
    row = Message.objects.get(pk=message.pk, ticket=source)
    if row.visibility != Visibility.PUBLIC or row.redacted_at is not None:
        raise Conflict("Only a public message that can be read starts a ticket of its own.")
    environment = source.environment
    request = TicketRequest(
        contract=source.contract,
        request_type=source.request_type,
        urgency=source.urgency,
        subject=subject,
        description=row.body,
        category=source.category,
        environment=environment if environment and environment.retired_at is None else None,
        requester=source.requester,
        channel=source.channel,
    )
    second = store_ticket(actor=actor, at=at, request=request)
    _bring_people(source, second, at)
    store_link(actor=actor, at=at, source=second, target=source, kind=LinkKind.SPLIT)
    return second


def _bring_people(source: Ticket, target: Ticket, at: datetime) -> None:
    people = set(source.participants.values_list("person_id", flat=True))
    if source.requester_id is not None:
        people.add(source.requester_id)
    people.discard(target.requester_id or 0)
    Participant.objects.bulk_create(
        [
            Participant(client_id=target.client_id, ticket=target, person_id=person_id, added_at=at)
            for person_id in sorted(people)
        ],
        ignore_conflicts=True,
    )


def _record_end(actor: Actor, at: datetime, source: Ticket, target: Ticket, before: str) -> None:
    moved = events.StatusChanged(
        client_id=source.client_id,
        subject_id=source.pk,
        key=source.key,
        before=before,
        after=source.status,
        by=author_kind(actor),
        reason=f"Goes on in {target.key}.",
    )
    record(moved, at=at, actor=actor)
