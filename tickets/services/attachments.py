"""Files: taken in under a random name, sent with a message once, and cleared away when nobody sends them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from accounts.models import Client
from events.domain.actor import Actor
from events.domain.errors import DomainError, Invalid, NotAllowed, NotHere
from tickets.domain.files import content_type_of
from tickets.domain.texts import clean_file_name
from tickets.models import Attachment, Message
from tickets.queries.conversation import own_unsent, unsent_attachments

ATTACHMENT_MAX_BYTES = 25 * 1024 * 1024
FILES_AT_MOST = 20
KEPT_UNSENT = timedelta(hours=24)


def stored_file(attachment: Attachment) -> Path:
    """Where the file lies on this machine."""
    return Path(settings.MEDIA_ROOT) / attachment.path


@transaction.atomic
def store_attachment(
    *, actor: Actor, at: datetime, client: Client, name: str, content: File[bytes]
) -> Attachment:
    """Take in a file that the actor means to send; until a message carries it, it is there for them alone.

    Raises `Invalid` when it is empty or over the installation's limit, and a `DomainError` of code
    `storage_full` when it cannot be written; nothing is left behind then.
    """
    if not actor.sees_client(client.pk):
        raise NotHere
    may_send = actor.is_system or actor.is_staff or actor.role_at(client.pk) in ("poc", "member")
    if not may_send:
        raise NotAllowed("Observers read and do not send files.")
    path = f"attachments/{at:%Y-%m}/{secrets.token_hex(24)}"
    target = Path(settings.MEDIA_ROOT) / path
    try:
        size, digest, head = _write(content, target)
        return Attachment.objects.create(
            client=client,
            uploaded_by_id=actor.person_id,
            uploaded_by_key_id=actor.api_key_id,
            name=clean_file_name(name),
            content_type=content_type_of(head),
            size=size,
            sha256=digest,
            path=path,
            uploaded_at=at,
        )
    except OSError as error:
        _forget(target)
        raise DomainError(
            "The file cannot be kept at the moment; your text is safe. Try again, or send it without.",
            code="storage_full",
        ) from error
    except BaseException:
        _forget(target)
        raise


def bind_attachments(
    *, actor: Actor, client_id: int, message: Message, attachments: Sequence[Attachment]
) -> None:
    """Let a new message carry the files; each must be the actor's own, of this client, and not sent yet.

    One statement that also claims them, so that two messages sent at once cannot carry the same file; raises
    `Invalid` when one of them is not free.
    """
    ids = {attachment.pk for attachment in attachments}
    if not ids:
        return
    if len(ids) > FILES_AT_MOST:
        raise Invalid(
            f"A message carries {FILES_AT_MOST} files at most.", fields={"attachments": "Too many."}
        )
    free = own_unsent(actor).filter(pk__in=ids, client_id=client_id)
    if free.update(message=message, ticket_id=message.ticket_id) != len(ids):
        raise Invalid(
            "One of the files is not there any more.", fields={"attachments": "Add the file again."}
        )


@transaction.atomic
def drop_unsent(*, at: datetime, limit: int = 500) -> int:
    """Clear away files that nobody sent within a day; returns how many. Repeating it is safe.

    A file whose row cannot be removed stays; a row whose file is gone already is removed all the same.
    """
    rows = list(unsent_attachments(before=at - KEPT_UNSENT).order_by("id")[:limit])
    for row in _claimed(rows):
        stored_file(row).unlink(missing_ok=True)
    return len(rows)


def _claimed(rows: Iterable[Attachment]) -> list[Attachment]:
    gone = []
    for row in rows:
        deleted, _ = Attachment.objects.filter(pk=row.pk, message__isnull=True).delete()
        if deleted:
            gone.append(row)
    return gone


def _forget(target: Path) -> None:
    with suppress(OSError):
        target.unlink(missing_ok=True)


def _write(content: File[bytes], target: Path) -> tuple[int, str, bytes]:
    limit = getattr(settings, "ATTACHMENT_MAX_BYTES", ATTACHMENT_MAX_BYTES)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size, head = 0, b""
    with target.open("xb") as file:
        for chunk in content.chunks():
            size += len(chunk)
            if size > limit:
                words = f"Files up to {limit // (1024 * 1024)} MiB can be sent."
                raise Invalid(words, code="file_too_large", fields={"attachments": words})
            head = (head + chunk)[:16] if len(head) < 16 else head
            digest.update(chunk)
            file.write(chunk)
    if not size:
        raise Invalid("This file is empty.", fields={"attachments": "This file is empty."})
    return size, digest.hexdigest(), head
