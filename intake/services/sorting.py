"""Sorting what came in: each mail becomes a reply, a ticket, a report, is set aside or waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from events.domain.errors import DomainError
from events.fail_points import crash_here
from intake.domain.head import Head, head_of
from intake.domain.sorting import Fate, Ground, sort
from intake.models import ReceivedMail
from intake.raw import read_raw
from intake.reading import Content, UnreadableError, content_of
from intake.services.filing import file_reply, file_report, open_new
from intake.services.knowing import Known, facts_of, known_of
from intake.services.settling import HeldError, hold, set_aside
from notify.services.delivering import Pace

log = structlog.get_logger(__name__)

#: How long a claim holds; then another worker takes the mail over (F1).
LEASE = timedelta(seconds=45)
#: How often a mail may fail or kill its worker before it is held, so that it stops nobody (F25).
MOST_TRIES = 5
RUN_SECONDS = 20.0


def sort_mail(*, at: datetime, limit: int = 500) -> int:
    """Sort the mails that are due, the oldest first; gives how many were looked at.

    Safe to run twice at once and to be killed anywhere: a mail is claimed by compare and swap, and what comes
    of it is written with its receipt in one transaction, once. `at` is the database's moment.
    """
    pace, done = Pace(at), 0
    while done < limit and pace.passed < RUN_SECONDS:
        mail = _claimed(now=pace.now())
        if mail is None:
            break
        done += 1
        crash_here("mail_claimed")
        if mail.attempts > MOST_TRIES:
            words = f"It was given up after {MOST_TRIES} tries. {mail.detail}".strip()
            hold(mail, at=pace.now(), ground=Ground.UNREADABLE, detail=words)
        else:
            _sort_one(mail, now=pace.now())
    return done


def _claimed(*, now: datetime) -> ReceivedMail | None:
    """Take the mail that is due longest by pushing its moment ahead; None when nothing is due."""
    while True:
        found = ReceivedMail.objects.due(now).order_by("due_at", "id").first()
        if found is None:
            return None
        same = ReceivedMail.objects.due(now).filter(pk=found.pk, due_at=found.due_at)
        if same.update(due_at=now + LEASE, attempts=found.attempts + 1):
            found.refresh_from_db(fields=["due_at", "attempts"])
            return found


def _sort_one(mail: ReceivedMail, *, now: datetime) -> None:
    """Sort one claimed mail; a fault of ours leaves the claim to run out, and stops no other mail."""
    try:
        raw = read_raw(mail)
        head = head_of(raw)
        known = known_of(head)
        known.note_on(mail, head)
        content = _content(mail, raw, head)
        _follow_fate(mail, head, content, known, now=now)
    except HeldError as why:
        hold(mail, at=now, ground=why.ground, detail=why.detail)
    except DomainError as refusal:
        hold(mail, at=now, ground=Ground.REFUSED, detail=refusal.detail)
    except Exception as fault:  # a fault of ours must not stop the mails of others
        log.exception("mail_not_sorted", mail=mail.pk)
        words = f"The last one ended with {type(fault).__name__}."
        ReceivedMail.objects.filter(pk=mail.pk, due_at=mail.due_at).update(detail=words)


def _content(mail: ReceivedMail, raw: bytes, head: Head) -> Content:
    """What the mail holds, noted on its receipt for whoever has to decide."""
    if not mail.is_whole:
        raise HeldError(Ground.TOO_LARGE)
    try:
        content = content_of(raw)
    except UnreadableError as fault:
        raise HeldError(Ground.UNREADABLE, str(fault)) from fault
    mail.text = content.text
    mail.file_names = [file.name[:200] for file in content.files]
    return content


def _follow_fate(mail: ReceivedMail, head: Head, content: Content, known: Known, *, now: datetime) -> None:
    fate, ground = sort(facts_of(head, known))
    if fate is Fate.BOUNCE:
        file_report(mail, content, known, now=now)
    elif fate is Fate.AUTOMATIC:
        words = f"That is, {head.automatic}." if head.automatic else ""
        set_aside(mail, at=now, ground=ground or Ground.PROGRAM, detail=words)
    elif fate is Fate.HELD:
        raise HeldError(ground or Ground.REFUSED)
    elif fate is Fate.REPLY:
        file_reply(mail, head, content, known, now=now)
    else:
        open_new(mail, content, known, now=now)
