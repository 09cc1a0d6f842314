"""Taking clients on, and letting them go."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import events, permissions
from accounts.models import Client
from accounts.services.identity import sound_zone
from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed
from events.services import record


@transaction.atomic
def add_client(*, actor: Actor, at: datetime, key: str, name: str, zone: str) -> Client:
    """Take on a new client; its key must be free and well formed, else `Invalid`."""
    if not permissions.may_manage_clients(actor):
        raise NotAllowed("Administrators and account executives add clients.")
    client = Client(key=key.strip().upper(), name=name.strip(), zone=sound_zone(zone))
    if Client.objects.filter(key=client.key).exists():
        raise Invalid("A client has this key already.", fields={"key": "Choose another key."})
    try:
        client.clean_fields()
    except ValidationError as error:
        fields = {field: " ".join(words) for field, words in error.message_dict.items()}
        raise Invalid("Some fields need another look.", fields=fields) from error
    client.save()
    record(
        events.ClientAdded(client_id=client.id, subject_id=client.id, key=client.key, name=client.name),
        at=at,
        actor=actor,
    )
    return client


@transaction.atomic
def end_client(*, actor: Actor, at: datetime, client: Client) -> None:
    """Let a client go: its people and keys open nothing of it any more, what was stays on record."""
    if not permissions.may_manage_clients(actor):
        raise NotAllowed("Administrators and account executives let clients go.")
    if Client.objects.filter(pk=client.pk, ended_at__isnull=True).update(ended_at=at):
        record(
            events.ClientEnded(client_id=client.pk, subject_id=client.pk, key=client.key), at=at, actor=actor
        )
