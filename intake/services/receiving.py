"""Taking a mail in: its bytes and its receipt are durable before anything of it is understood (X4, F19)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from intake.domain.identity import identity_of
from intake.models import Mailbox, ReceivedMail
from intake.raw import keep_raw


def receive_mail(
    *, at: datetime, mailbox: Mailbox, raw: bytes, uid: int = 0, is_whole: bool = True
) -> ReceivedMail:
    """Keep a mail and write its receipt; `at` is the moment of receipt, from which clocks count (S1).

    The same mail again gives the first receipt, with its moment unchanged. Raises `OSError` where the bytes
    cannot be kept: the mail then stays on its server (F18).
    """
    identity = identity_of(raw)
    facts = {"mailbox": mailbox, "mail_id": identity.message_id, "digest": identity.digest}
    known = ReceivedMail.objects.filter(**facts).first()
    if known is not None:
        return known
    path = keep_raw(raw)
    try:
        with transaction.atomic():
            return ReceivedMail.objects.create(
                **facts, uid=uid, path=path, size=len(raw), is_whole=is_whole, received_at=at, due_at=at
            )
    except IntegrityError:
        return ReceivedMail.objects.get(**facts)
