"""API keys: issued, rotated with an overlap, revoked at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts import events, permissions
from accounts.domain.secrets import new_secret
from accounts.models import ApiKey, Client, Person
from accounts.services.identity import sound_name
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record

OVERLAP = timedelta(hours=24)


@transaction.atomic
def issue_key(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    client: Client | None = None,
    person: Person | None = None,
    contract_id: int | None = None,
    interconnection_id: int | None = None,
    scopes: tuple[str, ...] = (),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Issue a key of a client or of a member of staff; the secret is in the answer and nowhere else."""
    if not permissions.may_issue_keys(actor, client):
        raise NotAllowed("A point of contact or an administrator issues keys.")
    _require_sound(client=client, person=person, contract_id=contract_id)
    secret = new_secret()
    key = ApiKey.objects.create(
        name=sound_name(name)[:120],
        prefix=secret.prefix,
        digest=secret.digest,
        client=client,
        person=person,
        contract_id=contract_id,
        interconnection_id=interconnection_id,
        scopes=list(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    record(
        events.ApiKeyIssued(client_id=key.client_id, subject_id=key.id, name=key.name, prefix=secret.prefix),
        at=at,
        actor=actor,
    )
    return key, secret.text


@transaction.atomic
def rotate_key(
    *, actor: Actor, at: datetime, key: ApiKey, overlap: timedelta = OVERLAP
) -> tuple[ApiKey, str]:
    """Issue a successor with the same rights; the former key goes on for the overlap, so that nothing stops.

    The successor lives as long as the former was issued for. Raises `Conflict` for a key that is dead.
    """
    row = ApiKey.objects.select_for_update(of=("self",)).select_related("client", "person").get(pk=key.pk)
    if not permissions.may_issue_keys(actor, row.client):
        raise NotAllowed("A point of contact or an administrator rotates keys.")
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= at):
        raise Conflict("This key opens nothing any more: issue a new one.")
    life = row.expires_at - row.created_at if row.expires_at else None
    successor, secret = issue_key(
        actor=actor,
        at=at,
        name=row.name,
        client=row.client,
        person=row.person,
        contract_id=row.contract_id,
        interconnection_id=row.interconnection_id,
        scopes=tuple(row.scopes),
        expires_at=at + life if life else None,
    )
    ends_at = at + overlap
    row.expires_at = min(row.expires_at, ends_at) if row.expires_at else ends_at
    row.save(update_fields=["expires_at"])
    rotated = events.ApiKeyRotated(
        client_id=row.client_id, subject_id=row.pk, prefix=row.prefix, successor_prefix=successor.prefix
    )
    record(rotated, at=at, actor=actor)
    return successor, secret


@transaction.atomic
def revoke_key(*, actor: Actor, at: datetime, key: ApiKey) -> None:
    """Let a key open nothing any more, at once; repeating it changes nothing."""
    if not permissions.may_issue_keys(actor, key.client):
        raise NotAllowed("A point of contact or an administrator revokes keys.")
    if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at):
        record(
            events.ApiKeyRevoked(client_id=key.client_id, subject_id=key.id, prefix=key.prefix),
            at=at,
            actor=actor,
        )


def note_key_used(*, key: ApiKey, at: datetime) -> None:
    """Remember when a key was last used, at most once a minute so that reading stays cheap."""
    if key.last_used_at is None or at - key.last_used_at >= timedelta(minutes=1):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)


def _require_sound(*, client: Client | None, person: Person | None, contract_id: int | None) -> None:
    if (client is None) == (person is None):
        raise Invalid("A key belongs to a client or to a member of staff.")
    if person is not None and not person.works_here:
        raise Invalid("Contacts act through a key of their client.")
    if contract_id is None:
        return
    if client is None or not Client.objects.filter(pk=client.pk, contracts=contract_id).exists():
        raise Invalid(
            "This is no contract of the client.", fields={"contract": "Choose one of its contracts."}
        )
