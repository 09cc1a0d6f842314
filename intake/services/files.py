"""The files of a mail, taken in by the same rules as an upload; what is not kept is said on the message."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File as Upload

from accounts.models import Client
from events.domain.actor import Actor
from events.domain.errors import Invalid
from intake.reading import File
from tickets.domain.texts import clean_file_name
from tickets.models import Attachment
from tickets.services import store_attachment
from tickets.services.attachments import FILES_AT_MOST


def stored(
    *, actor: Actor, at: datetime, client: Client, files: Sequence[File]
) -> tuple[list[Attachment], list[str]]:
    """The files as uploads of that person, and a sentence for each that was not kept.

    Each is stored by itself, before any message: one that no message carries is cleared away within a day.
    Raises a `DomainError` of code `storage_full` when the disk takes none.
    """
    kept, remarks = [], []
    for file in files[:FILES_AT_MOST]:
        try:
            content = Upload(io.BytesIO(file.content), name="file")
            kept.append(
                store_attachment(actor=actor, at=at, client=client, name=file.name or "file", content=content)
            )
        except Invalid as refusal:
            remarks.append(f"The file {clean_file_name(file.name)} was not kept. {refusal.detail}")
    left = len(files) - FILES_AT_MOST
    if left > 0:
        remarks.append(f"{left} more files of the mail were not kept: a message carries {FILES_AT_MOST}.")
    return kept, remarks
