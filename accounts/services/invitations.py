"""Invitations: called, withdrawn, and accepted once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts import events, permissions
from accounts.domain.secrets import invitation_digest, new_nonce
from accounts.models import Client, Invitation, Membership, Person, Role, StaffRole
from accounts.queries import invitation_by_token, invitation_keys
from accounts.services.identity import require_sound_password, sound_address, sound_name
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record

INVITATION_LIFE = timedelta(hours=24)


@transaction.atomic
def invite(
    *, actor: Actor, at: datetime, email: str, name: str, client: Client | None, role: str
) -> Invitation:
    """Call somebody to join a client, or the staff where `client` is None; it holds for a day, once.

    The token goes to the address alone: the mail is made from the row (`accounts.queries.token_of`), and
    whoever invites never sees it. Earlier invitations of the same address to the same place are withdrawn.
    """
    if not permissions.may_manage_people(actor, client):
        raise NotAllowed("A point of contact or an administrator invites people.")
    if actor.person_id is None:
        raise NotAllowed("Only a person can invite somebody.")
    if role not in (StaffRole.values if client is None else Role.values):
        raise Invalid("There is no such role here.", fields={"role": "Choose one of the roles."})
    address = sound_address(email)
    Invitation.objects.filter(
        email=address, client=client, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)
    nonce = new_nonce()
    invitation = Invitation.objects.create(
        email=address,
        name=sound_name(name),
        client=client,
        role=role,
        nonce=nonce,
        digest=invitation_digest(key=invitation_keys()[0], nonce=nonce),
        invited_by_id=actor.person_id,
        created_at=at,
        expires_at=at + INVITATION_LIFE,
    )
    _record_invitation(actor, at, invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(*, actor: Actor, at: datetime, invitation: Invitation) -> None:
    """Let an invitation open nothing any more; one that was accepted or withdrawn stays as it is."""
    if not permissions.may_manage_people(actor, invitation.client):
        raise NotAllowed("A point of contact or an administrator withdraws invitations.")
    open_ones = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if open_ones.update(withdrawn_at=at):
        withdrawn = events.InvitationWithdrawn(
            client_id=invitation.client_id, subject_id=invitation.pk, email=invitation.email
        )
        record(withdrawn, at=at, actor=actor)


@transaction.atomic
def accept_invitation(
    *,
    at: datetime,
    token: str,
    password: str = "",
    name: str = "",
    zone: str = "",
    person: Person | None = None,
) -> Person:
    """Join by an invitation's token, once: a new account with that password, or `person` who is signed in.

    Every token that opens nothing (wrong, used, withdrawn, too old, of a client that left) gives the same
    `NotHere`. An address that has an account already must sign in first: `Conflict`, and the invitation stays
    open. Of two that come at once, one joins.
    """
    invitation = invitation_by_token(token, at=at)
    if invitation is None or not _claim(invitation, at):
        raise NotHere("This invitation does not open anything any more. Ask for a new one.")
    joined = person or _new_account(invitation, at=at, password=password, name=name, zone=zone)
    if joined.email != invitation.email:
        raise Conflict(f"This invitation is for {invitation.email}: sign in with that address.")
    _take_place(invitation, joined, at)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=joined)
    return joined


def _claim(invitation: Invitation, at: datetime) -> bool:
    return bool(
        Invitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
        ).update(accepted_at=at)
    )


def _new_account(invitation: Invitation, *, at: datetime, password: str, name: str, zone: str) -> Person:
    if Person.objects.filter(email__iexact=invitation.email).exists():
        raise Conflict("You have an account here: sign in, then open the invitation again.", code="sign_in")
    person = Person(
        email=invitation.email,
        name=sound_name(name or invitation.name),
        zone=zone or (invitation.client.zone if invitation.client else "UTC"),
        staff_role="" if invitation.client else invitation.role,
    )
    require_sound_password(password, person)
    person.set_password(password)
    person.save()
    added = events.PersonAdded(
        client_id=None, subject_id=person.pk, email=person.email, staff_role=person.staff_role
    )
    record(added, at=at, actor=SYSTEM)
    return person


def _take_place(invitation: Invitation, person: Person, at: datetime) -> None:
    client = invitation.client
    if client is None:
        if person.staff_role != invitation.role:
            raise Conflict("An administrator changes the role of an account that exists.")
        return
    if person.works_here:
        raise Invalid("Staff of the provider cannot be a contact of a client.")
    if Membership.objects.filter(client=client, person=person, ended_at__isnull=True).exists():
        return
    Membership.objects.create(client=client, person=person, role=invitation.role)
    joined = events.MemberJoined(client_id=client.pk, subject_id=person.pk, role=invitation.role)
    actor = Actor(kind="person", name=person.name, person_id=person.pk, email=person.email)
    record(joined, at=at, actor=actor)


def _record_invitation(actor: Actor, at: datetime, invitation: Invitation) -> None:
    invited = events.PersonInvited(
        client_id=invitation.client_id,
        subject_id=invitation.pk,
        email=invitation.email,
        role=invitation.role,
    )
    record(invited, at=at, actor=actor)
