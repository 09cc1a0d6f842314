"""Drafts: what somebody has typed and not sent, kept on the server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Client
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere
from tickets import permissions
from tickets.domain.texts import BODY_LIMIT, clean_body
from tickets.models import Draft, Ticket, Visibility
from tickets.queries.visibility import ticket_by_id
from tickets.services.rows import require_visibility


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    at: datetime,
    client: Client,
    body: str,
    ticket: Ticket | None = None,
    visibility: str = Visibility.PUBLIC,
) -> Draft | None:
    """Keep what was typed on that ticket, or on a new one of that client; an empty text discards the draft.

    The last one saved counts. Nothing is recorded: a draft is nobody else's business.
    """
    place = _place(actor, client, ticket, visibility)
    if not body.strip():
        Draft.objects.filter(**place).delete()
        return None
    draft, _ = Draft.objects.update_or_create(
        **place, defaults={"body": clean_body(body)[:BODY_LIMIT], "saved_at": at}
    )
    return draft


@transaction.atomic
def discard_draft(
    *, actor: Actor, client: Client, ticket: Ticket | None = None, visibility: str = Visibility.PUBLIC
) -> None:
    """Throw the draft away; there need not be one."""
    Draft.objects.filter(**_place(actor, client, ticket, visibility)).delete()


def _place(actor: Actor, client: Client, ticket: Ticket | None, visibility: str) -> dict[str, Any]:
    require_visibility(visibility)
    if actor.person_id is None or not actor.sees_client(client.pk):
        raise NotHere
    if ticket is not None:
        row = ticket_by_id(actor, ticket.pk)
        may_write = permissions.may_note if visibility == Visibility.INTERNAL else permissions.may_reply
        if row.client_id != client.pk:
            raise NotHere
        if not may_write(actor, row):
            raise NotAllowed("You read this ticket and cannot write on it.")
    elif not permissions.may_open(actor, client):
        raise NotAllowed("You cannot open tickets for this client.")
    return {
        "client_id": client.pk,
        "ticket_id": ticket.pk if ticket else None,
        "person_id": actor.person_id,
        "visibility": visibility,
    }
