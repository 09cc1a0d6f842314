"""How a mail comes to rest: once, with its receipt, in the transaction of what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from events.domain.actor import SYSTEM
from events.services import record
from intake.domain.sorting import Ground
from intake.events import MailHeld
from intake.models import ReceivedMail, State
from tickets.domain.texts import clean_body, clean_line

TEXT_LIMIT = 100_000
_NOTED = ("sender", "sender_name", "subject", "text", "file_names", "person", "client", "hint")
_SETTLED = (
    "state",
    "due_at",
    "ground",
    "detail",
    "ticket",
    "message",
    "delivery",
    "settled_at",
    "settled_by",
)


class HeldError(Exception):
    """The mail has to wait for a person: on that ground, with a sentence more where there is one."""

    def __init__(self, ground: Ground, detail: str = "") -> None:
        """Keep ground and sentence."""
        super().__init__(ground)
        self.ground = ground
        self.detail = detail


class SettledError(Exception):
    """Somebody else was quicker: the mail is at rest, or claimed anew."""


def lock_claim(mail: ReceivedMail) -> None:
    """Lock the receipt of a claimed mail; raises `SettledError` when the claim is lost."""
    rows = ReceivedMail.objects.select_for_update(of=("self",))
    if not rows.filter(pk=mail.pk, state=State.WAITING, due_at=mail.due_at).exists():
        raise SettledError


def settle(mail: ReceivedMail, *, at: datetime, state: State, ground: str = "", detail: str = "") -> None:
    """Put a locked mail at rest in that state, with everything that was noted on it."""
    mail.state, mail.due_at, mail.settled_at = state, None, at
    mail.ground, mail.detail = ground, clean_line(detail)[:300]
    mail.text = clean_body(mail.text)[:TEXT_LIMIT]
    mail.file_names = [clean_line(name) for name in mail.file_names]
    mail.save(update_fields=[*_NOTED, *_SETTLED])


@transaction.atomic
def hold(mail: ReceivedMail, *, at: datetime, ground: Ground, detail: str = "") -> None:
    """Let a claimed mail wait for a person."""
    if not _is_still_ours(mail):
        return
    settle(mail, at=at, state=State.HELD, ground=ground, detail=detail)
    event = MailHeld(client_id=mail.client_id, subject_id=mail.pk, ground=ground)
    record(event, at=at, actor=SYSTEM)


@transaction.atomic
def set_aside(mail: ReceivedMail, *, at: datetime, ground: Ground, detail: str = "") -> None:
    """Put a claimed mail aside that no person wrote: nothing answers it, and staff can still read it."""
    if _is_still_ours(mail):
        settle(mail, at=at, state=State.AUTOMATIC, ground=ground, detail=detail)


def _is_still_ours(mail: ReceivedMail) -> bool:
    try:
        lock_claim(mail)
    except SettledError:
        return False
    return True
