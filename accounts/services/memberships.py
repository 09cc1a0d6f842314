"""Contacts joining clients, changing roles there, and leaving."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts import events, permissions
from accounts.models import Client, Membership, Person, Role
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record


@transaction.atomic
def add_member(*, actor: Actor, at: datetime, client: Client, person: Person, role: Role) -> Membership:
    """Let a person belong to a client; a second, living membership of the same two is a `Conflict`."""
    if not permissions.may_manage_people(actor, client):
        raise NotAllowed("A point of contact or an administrator adds people.")
    if person.works_here:
        raise Invalid("Staff of the provider cannot be a contact of a client.")
    membership = Membership(client=client, person=person, role=role)
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        raise Conflict(f"{person.name} belongs to {client.name} already.") from error
    record(events.MemberJoined(client_id=client.id, subject_id=person.id, role=role), at=at, actor=actor)
    return membership


@transaction.atomic
def change_role(*, actor: Actor, at: datetime, membership: Membership, role: Role) -> None:
    """Give a contact another role at its client; the change holds from the next request on."""
    if not permissions.may_manage_people(actor, membership.client):
        raise NotAllowed("A point of contact or an administrator changes roles.")
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if row.ended_at is not None:
        raise Conflict("This person does not belong to the client any more.")
    before = row.role
    if before == role:
        return
    row.role = membership.role = Role(role)
    row.save(update_fields=["role"])
    record(
        events.RoleChanged(
            client_id=membership.client_id, subject_id=membership.person_id, before=before, after=role
        ),
        at=at,
        actor=actor,
    )


@transaction.atomic
def end_membership(*, actor: Actor, at: datetime, membership: Membership) -> None:
    """Let a contact leave a client: nothing of it opens from the next request on."""
    if not permissions.may_manage_people(actor, membership.client):
        raise NotAllowed("A point of contact or an administrator removes people.")
    updated = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=at)
    if not updated:
        return
    record(
        events.MemberLeft(
            client_id=membership.client_id, subject_id=membership.person_id, role=membership.role
        ),
        at=at,
        actor=actor,
    )
