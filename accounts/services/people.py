"""Accounts of people: made, changed, closed and opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import events, permissions
from accounts.domain.texts import clean_name
from accounts.models import ApiKey, Membership, Person, StaffRole
from accounts.services.identity import sound_address, sound_name, sound_zone
from accounts.services.sessions import close_sessions
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    at: datetime,
    email: str,
    name: str,
    password: str | None = None,
    staff_role: str = "",
    zone: str = "UTC",
) -> Person:
    """Make an account; the address must be free whatever its letter case, else `Invalid`.

    Without a password the person signs in after a reset or an invitation.
    """
    if not permissions.may_manage_clients(actor) or (staff_role and not _may_hire(actor)):
        raise NotAllowed("Administrators add staff; contacts join by invitation.")
    address = sound_address(email)
    if Person.objects.filter(email__iexact=address).exists():
        raise Invalid("Somebody has this address already.", fields={"email": "This address is taken."})
    if staff_role and staff_role not in StaffRole.values:
        raise Invalid("There is no such role.", fields={"staff_role": "Choose one of the roles."})
    person = Person.objects.create_user(
        address, password, name=sound_name(name), staff_role=staff_role, zone=sound_zone(zone)
    )
    record(
        events.PersonAdded(client_id=None, subject_id=person.id, email=person.email, staff_role=staff_role),
        at=at,
        actor=actor,
    )
    return person


@transaction.atomic
def disable_person(*, actor: Actor, at: datetime, person: Person) -> None:
    """Close an account: sessions and keys end in the same moment; repeating it changes nothing."""
    if not permissions.may_manage_people(actor, None):
        raise NotAllowed("Administrators close accounts.")
    if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        return
    ApiKey.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=at)
    close_sessions(person)
    record(events.PersonDisabled(client_id=None, subject_id=person.id), at=at, actor=actor)


@transaction.atomic
def enable_person(*, actor: Actor, at: datetime, person: Person) -> None:
    """Open a closed account again; its keys stay revoked. Repeating it changes nothing."""
    if not permissions.may_manage_people(actor, None):
        raise NotAllowed("Administrators open accounts.")
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        record(events.PersonEnabled(client_id=None, subject_id=person.pk), at=at, actor=actor)


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    name: str | None = None,
    zone: str | None = None,
    phone: str | None = None,
) -> Person:
    """Change what a person says of themselves: their own act, or an administrator's.

    What is not given stays as it is.
    """
    if actor.person_id != person.pk and not permissions.may_manage_people(actor, None):
        raise NotAllowed("People change their own details.")
    row = Person.objects.select_for_update().get(pk=person.pk)
    row.name = row.name if name is None else sound_name(name)
    row.zone = row.zone if zone is None else sound_zone(zone)
    row.phone = row.phone if phone is None else clean_name(phone)[:40]
    row.save(update_fields=["name", "zone", "phone"])
    record(events.PersonChanged(client_id=None, subject_id=row.pk), at=at, actor=actor)
    return row


@transaction.atomic
def set_absence(*, actor: Actor, at: datetime, person: Person, until: datetime | None) -> None:
    """Say until when somebody is away (None: here again): their own act, a lead's or administrator's."""
    is_lead = actor.staff_role == "lead"
    if actor.person_id != person.pk and not is_lead and not permissions.may_manage_people(actor, None):
        raise NotAllowed("People say themselves when they are away, or a lead does.")
    Person.objects.filter(pk=person.pk).update(away_until=until)
    record(events.PersonChanged(client_id=None, subject_id=person.pk), at=at, actor=actor)


@transaction.atomic
def change_staff_role(*, actor: Actor, at: datetime, person: Person, staff_role: str) -> Person:
    """Give a member of staff another role, from the next request on; contacts do not become staff."""
    if not _may_hire(actor):
        raise NotAllowed("Administrators change the roles of staff.")
    if staff_role not in StaffRole.values:
        raise Invalid("There is no such role.", fields={"staff_role": "Choose one of the roles."})
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.works_here or Membership.objects.filter(person=row, ended_at__isnull=True).exists():
        raise Invalid("A contact of a client cannot be staff of the provider.")
    if row.staff_role == staff_role:
        return row
    before, row.staff_role = row.staff_role, staff_role
    row.save(update_fields=["staff_role"])
    changed = events.RoleChanged(client_id=None, subject_id=row.pk, before=before, after=staff_role)
    record(changed, at=at, actor=actor)
    return row


def _may_hire(actor: Actor) -> bool:
    return actor.is_system or actor.staff_role == "administrator"
