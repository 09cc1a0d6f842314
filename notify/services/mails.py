"""One mail after the other over one connection: written from its record, handed over, settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic

import structlog

from events.fail_points import crash_here
from notify.channels.answer import Answer, failed, later, withdrawn
from notify.channels.email import MailLane, MailServerDownError
from notify.letter import Letter
from notify.letters import letter_for
from notify.models import Choice, Delivery, State
from notify.readers import NotToBeSentError, Reader, choice_of, reader_of
from notify.services.bounces import why_not_to
from notify.services.bundling import bundle_later, bundled_letter
from notify.services.claiming import LEASE, claim_bundle
from notify.services.settling import let_mails_wait, settle

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


class MailRun:
    """The mails of one run; the connection is opened for the first and kept for the rest."""

    def __init__(self) -> None:
        """Nothing sent and nothing open yet."""
        self.made = 0
        self._lane: MailLane | None = None

    def send(self, delivery: Delivery, *, now: Clock) -> bool:
        """Make one attempt with a claimed mail; False when the mail server is away, so that the run ends."""
        self.made += 1
        started = monotonic()
        letter, mates = _written(delivery, now=now())
        if isinstance(letter, Answer):
            settle(delivery, letter, now=now())
            return True
        if letter is None:
            return True
        crash_here("rendered")
        answer, is_away = self._handed_over([delivery, *mates], letter, now=now)
        answer = replace(answer, duration_ms=int((monotonic() - started) * 1000))
        for one in (delivery, *mates):
            settle(one, answer, now=now())
        if is_away:
            _let_the_others_wait(delivery, now=now())
        return not is_away

    def close(self) -> None:
        """Hang up."""
        if self._lane is not None:
            self._lane.close()

    def _handed_over(self, claimed: list[Delivery], letter: Letter, *, now: Clock) -> tuple[Answer, bool]:
        self._lane = self._lane or MailLane()
        try:
            self._lane.open()
        except MailServerDownError as fault:
            return later(str(fault)), True
        if not _mark_handed_over(claimed, now=now()):
            return later("Another worker took it over."), False
        return self._lane.send(letter), False


def _written(delivery: Delivery, *, now: datetime) -> tuple[Letter | Answer | None, list[Delivery]]:
    """The mail and those that travel with it; an answer when it is not to be sent; None when it waits."""
    try:
        reader = reader_of(delivery)
        choice = Choice.DIGEST if delivery.is_bundled else choice_of(delivery)
        refusal = _refusal(reader, choice)
        if refusal is not None:
            return refusal, []
        if choice == Choice.ON:
            return letter_for(delivery, reader=reader, now=now), []
        if not delivery.is_bundled:
            bundle_later(delivery, reader=reader, now=now)
            return None, []
        mates = claim_bundle(of=delivery, now=now)
        return bundled_letter([delivery, *mates], reader=reader), mates
    except NotToBeSentError as reason:
        return withdrawn(str(reason)), []
    except Exception:  # a fault of ours must not stop the mails of others
        log.exception("mail_not_written", delivery=delivery.pk)
        return replace(later("It could not be written."), is_ours=True), []


def _refusal(reader: Reader, choice: Choice) -> Answer | None:
    """The answer for a mail that is not even tried: nobody wants it there, or nobody gets it (F10)."""
    if choice == Choice.OFF:
        return withdrawn("The reader turned these mails off.")
    why = why_not_to(reader.address)
    return failed(why) if why else None


def _mark_handed_over(claimed: list[Delivery], *, now: datetime) -> bool:
    """Note that the text goes out now, and hold the claim as long again; False when it was lost meanwhile."""
    lease = now + LEASE
    for delivery in claimed:
        held = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, state=State.SENDING)
        if not held.update(handed_over_at=now, due_at=lease):
            return False
        delivery.due_at = lease
    return True


def _let_the_others_wait(delivery: Delivery, *, now: datetime) -> None:
    until = Delivery.objects.filter(pk=delivery.pk).values_list("due_at", flat=True).first()
    if until is not None:
        let_mails_wait(now=now, until=until)
