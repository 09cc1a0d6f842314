"""Fetching unread mail: kept first, marked as read afterwards; a kill in between fetches it once more."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce

from events.fail_points import crash_here
from intake.mailbox import MailboxDownError, RemoteMailbox, place_in
from intake.models import Mailbox
from intake.services.receiving import receive_mail
from notify.services.delivering import Pace

log = structlog.get_logger(__name__)
RUN_SECONDS = 20.0


def fetch_mail(*, at: datetime, limit: int = 200) -> int:
    """Fetch the unread mails of the mailbox, at most so many; gives how many were kept or known already.

    Without INBOUND_MAIL_URL there is nothing to do. A mailbox that cannot be read is noted, and shown to
    staff. Safe to run twice at once and to be killed anywhere: a mail has one receipt.
    """
    if not settings.INBOUND_MAIL_URL:
        return 0
    pace, kept = Pace(at), 0
    name = "INBOUND_MAIL_URL"
    try:
        place = place_in(settings.INBOUND_MAIL_URL)
        name = place.name
        mailbox = _mailbox(name)
        with RemoteMailbox(place) as remote:
            for uid in remote.unread(limit=limit):
                kept += _take(remote, uid, mailbox=mailbox, now=pace.now())
                if pace.passed > RUN_SECONDS:
                    break
    except (MailboxDownError, OSError) as fault:
        words = str(fault) if isinstance(fault, MailboxDownError) else "A mail cannot be kept on our disk."
        _note_fault(_mailbox(name), words, at=pace.now())
        return kept
    Mailbox.objects.filter(pk=mailbox.pk).update(looked_at=pace.now(), failing_since=None, fault="")
    return kept


def _take(remote: RemoteMailbox, uid: int, *, mailbox: Mailbox, now: datetime) -> bool:
    fetched = remote.fetch(uid, most_bytes=settings.INBOUND_MAIL_MAX_BYTES)
    crash_here("mail_fetched")
    if fetched is None:
        return False
    receive_mail(at=now, mailbox=mailbox, raw=fetched.raw, uid=uid, is_whole=fetched.is_whole)
    crash_here("mail_stored")
    remote.mark_read(uid)
    return True


def _mailbox(name: str) -> Mailbox:
    mailbox, _ = Mailbox.objects.get_or_create(name=name)
    return mailbox


def _note_fault(mailbox: Mailbox, words: str, *, at: datetime) -> None:
    log.warning("mailbox_not_read", fault=words)
    Mailbox.objects.filter(pk=mailbox.pk).update(
        looked_at=at, failing_since=Coalesce(F("failing_since"), at), fault=words[:300]
    )
