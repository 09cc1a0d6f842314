"""Who takes part in a ticket, and which staff hear of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, Person
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record
from tickets import events, permissions
from tickets.models import Participant, Ticket, Watcher
from tickets.services.rows import locked, save_change


@transaction.atomic
def add_participant(*, actor: Actor, at: datetime, ticket: Ticket, person: Person) -> Participant:
    """Let a contact of the client read the ticket and reply on it; adding them again changes nothing."""
    row = locked(actor, ticket)
    _require_right(actor, row)
    is_contact = Membership.objects.filter(
        client_id=row.client_id, person=person, ended_at__isnull=True, person__is_active=True
    ).exists()
    if not is_contact:
        words = "Only contacts of this client take part."
        raise Invalid(words, fields={"person": words})
    participant, is_new = Participant.objects.get_or_create(
        ticket=row, person=person, defaults={"client_id": row.client_id, "added_at": at}
    )
    if is_new:
        save_change(row, at=at)
        record(
            events.ParticipantAdded(
                client_id=row.client_id, subject_id=row.pk, key=row.key, person_id=person.pk
            ),
            at=at,
            actor=actor,
        )
    return participant


@transaction.atomic
def remove_participant(*, actor: Actor, at: datetime, ticket: Ticket, person: Person) -> None:
    """Let a contact no longer take part; anybody may leave. Repeating it changes nothing."""
    row = locked(actor, ticket)
    if actor.person_id != person.pk:
        _require_right(actor, row)
    gone, _ = Participant.objects.filter(ticket=row, person=person).delete()
    if gone:
        save_change(row, at=at)
        record(
            events.ParticipantRemoved(
                client_id=row.client_id, subject_id=row.pk, key=row.key, person_id=person.pk
            ),
            at=at,
            actor=actor,
        )


@transaction.atomic
def watch(*, actor: Actor, at: datetime, ticket: Ticket) -> Watcher:
    """Let the acting member of staff hear of the ticket without owning it; watching twice changes nothing."""
    row = locked(actor, ticket)
    if not actor.is_staff or actor.person_id is None:
        raise NotAllowed("Staff watch tickets; contacts take part.")
    watcher, is_new = Watcher.objects.get_or_create(
        ticket=row, person_id=actor.person_id, defaults={"client_id": row.client_id, "since": at}
    )
    if is_new:
        _record_watching(actor, at, row, before=None, after=actor.person_id)
    return watcher


@transaction.atomic
def unwatch(*, actor: Actor, at: datetime, ticket: Ticket) -> None:
    """Let the acting member of staff no longer hear of the ticket; repeating it changes nothing."""
    row = locked(actor, ticket)
    if actor.person_id is None:
        return
    gone, _ = Watcher.objects.filter(ticket=row, person_id=actor.person_id).delete()
    if gone:
        _record_watching(actor, at, row, before=actor.person_id, after=None)


def _require_right(actor: Actor, ticket: Ticket) -> None:
    if not permissions.may_reply(actor, ticket):
        raise NotAllowed("You read this ticket; a point of contact decides who takes part.")


def _record_watching(
    actor: Actor, at: datetime, ticket: Ticket, *, before: int | None, after: int | None
) -> None:
    changes: dict[str, list[object]] = {"watcher": [before, after]}
    record(
        events.TicketDetailsChanged(
            client_id=ticket.client_id, subject_id=ticket.pk, key=ticket.key, changes=changes
        ),
        at=at,
        actor=actor,
    )
