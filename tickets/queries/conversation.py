"""What was said on tickets, as far as the reader may read it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Client
from events.domain.actor import Actor
from events.domain.errors import NotHere
from tickets.models import Attachment, Draft, Message, Ticket, Visibility
from tickets.models.conversation import MessageQuerySet
from tickets.queries.visibility import visible_to


def messages_for(actor: Actor, ticket: Ticket) -> MessageQuerySet:
    """The ticket's messages, oldest first, with their files; internal ones only for staff who may read them.

    The caller has looked the ticket up for this actor. Two statements, however long the conversation.
    """
    found = Message.objects.filter(ticket=ticket).select_related("author")
    if not _reads_internal(actor):
        found = found.public()
    return found.prefetch_related(Prefetch("attachments", queryset=Attachment.objects.order_by("id")))


def attachment_for(actor: Actor, attachment_id: int) -> Attachment:
    """The file of that id, if the actor may read the message that carries it; else `NotHere`.

    A file not sent yet is there for its uploader alone; one of a redacted message for nobody.
    """
    sent = Q(message__redacted_at__isnull=True, message__isnull=False, ticket__in=visible_to(actor)) & Q(
        **_readable(actor)
    )
    rows = Attachment.objects.filter(sent | _own_unsent(actor), id=attachment_id)
    found = rows.select_related("ticket").first()
    if found is None or not actor.sees_client(found.client_id):
        raise NotHere
    return found


def draft_of(
    actor: Actor, *, client: Client, ticket: Ticket | None, visibility: str = Visibility.PUBLIC
) -> Draft | None:
    """What the actor has typed there and not sent, or None."""
    return drafts_of(actor, client=client, ticket=ticket, visibility=visibility).first()


def drafts_of(
    actor: Actor, *, client: Client, ticket: Ticket | None, visibility: str = Visibility.PUBLIC
) -> QuerySet[Draft]:
    """The same as a list of one at most."""
    return Draft.objects.filter(
        person_id=actor.person_id or 0, client=client, ticket=ticket, visibility=visibility
    )


def own_unsent(actor: Actor) -> QuerySet[Attachment]:
    """The files that the actor uploaded and no message carries yet: a person's own, or those of one key."""
    return Attachment.objects.filter(_own_unsent(actor))


def unsent_attachments(*, before: datetime) -> QuerySet[Attachment]:
    """Files uploaded before that moment that no message ever carried."""
    return Attachment.objects.filter(message__isnull=True, uploaded_at__lt=before)


def _own_unsent(actor: Actor) -> Q:
    own = Q(message__isnull=True, uploaded_by_id=actor.person_id)
    return own if actor.person_id is not None else own & Q(uploaded_by_key_id=actor.api_key_id)


def _reads_internal(actor: Actor) -> bool:
    return actor.is_system or actor.sees_internal_notes


def _readable(actor: Actor) -> dict[str, str]:
    return {} if _reads_internal(actor) else {"message__visibility": Visibility.PUBLIC}
