"""Sending mailings in the background, batch by batch, each person once (P5, P6).

A batch is one transaction: its recipients, the event that has their mails made, and how far the mailing got.
A process that dies loses its batch whole, and the next one goes on from there.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from events.domain.actor import SYSTEM
from events.fail_points import crash_here
from events.services import record
from proactive.domain.mailings import Fate, fate_of_mailing, fate_of_reminder
from proactive.events import MailingHeld, MailingPosted, MailingSent
from proactive.models import (
    Mailing,
    MailingKind,
    MailingRecipient,
    MailingState,
    Webinar,
)
from proactive.queries.mailings import carrying_contracts, people_reached

#: How many people one transaction takes.
BATCH = 500


def begin_mailings(*, at: datetime, limit: int = 50) -> int:
    """Begin what is due, hold or let lapse what comes too late (threats 3.4); how many it settled."""
    due = Mailing.objects.filter(state=MailingState.SCHEDULED, send_at__lte=at).order_by("send_at", "id")
    return sum(_begin(mailing_id, at=at) for mailing_id in list(due.values_list("pk", flat=True)[:limit]))


def post_batch(*, at: datetime, size: int = BATCH) -> int:
    """Give the next people of the mailing under way that began first their mail; how many they were.

    Constant in statements, whatever the size. Safe to run twice at once: the mailing's row is the claim, and
    a person stands in a mailing once.
    """
    with transaction.atomic():
        mailing = _under_way()
        if mailing is None:
            return 0
        reached = people_reached(mailing, on=_today(mailing, at)).filter(person_id__gt=mailing.reached_id)
        people = list(reached[:size])
        if not people:
            _end(mailing, at=at)
            return 0
        MailingRecipient.objects.bulk_create(
            [MailingRecipient(mailing=mailing, person_id=one, client_id=client) for one, client in people],
            ignore_conflicts=True,
        )
        mailing.reached_id = people[-1][0]
        mailing.handed += len(people)
        mailing.save(update_fields=["reached_id", "handed"])
        event = MailingPosted(
            client_id=None,
            subject_id=mailing.pk,
            mailing_kind=mailing.kind,
            title=mailing.title,
            told_ids=[person for person, _ in people],
        )
        record(event, at=at, actor=SYSTEM)
        crash_here("mailing_batch")
    return len(people)


def hold(mailing: Mailing, *, at: datetime, reason: str) -> None:
    """Let a mailing wait for a person, and tell its author."""
    mailing.state, mailing.reason = MailingState.HELD, reason
    mailing.save(update_fields=["state", "reason"])
    event = MailingHeld(
        client_id=None,
        subject_id=mailing.pk,
        mailing_kind=mailing.kind,
        title=mailing.title,
        told_id=mailing.author_id,
        reason=reason,
    )
    record(event, at=at, actor=SYSTEM)


@transaction.atomic
def _begin(mailing_id: int, *, at: datetime) -> bool:
    mailing = (
        Mailing.objects.select_for_update(of=("self",))
        .filter(pk=mailing_id, state=MailingState.SCHEDULED, send_at__lte=at)
        .first()
    )
    if mailing is None or mailing.send_at is None:
        return False
    webinar = mailing.webinar
    fate = _fate(mailing, webinar, at=at)
    if fate == Fate.LAPSE:
        mailing.state, mailing.reason = MailingState.LAPSED, "It would have come too late."
        mailing.save(update_fields=["state", "reason"])
        return True
    if fate == Fate.HOLD:
        hold(
            mailing,
            at=at,
            reason="Its hour went by before it could be sent, and it is late or out of working hours now.",
        )
        return True
    mailing.state, mailing.begun_at = MailingState.SENDING, at
    mailing.wanted = people_reached(mailing, on=_today(mailing, at)).count()
    mailing.save(update_fields=["state", "begun_at", "wanted"])
    if webinar is not None and mailing.kind == MailingKind.INVITATION:
        invite_clients(webinar, mailing, on=_today(mailing, at))
    return True


def invite_clients(webinar: Webinar, invitation: Mailing, *, on: date) -> None:
    """Note the clients whose people may read of the event and register."""
    contracts = carrying_contracts(invitation.audience, kind=invitation.kind, on=on)
    webinar.clients.set(contracts.order_by("client_id").values_list("client_id", flat=True).distinct())


def _fate(mailing: Mailing, webinar: Webinar | None, *, at: datetime) -> Fate:
    send_at = mailing.send_at or at
    if mailing.kind == MailingKind.REMINDER and webinar is not None:
        return fate_of_reminder(send_at=send_at, at=at, starts_at=webinar.starts_at)
    if webinar is not None and webinar.starts_at <= at:
        return Fate.LAPSE
    is_free = mailing.at_any_hour
    return fate_of_mailing(send_at=send_at, at=at, zone=mailing.zone, at_any_hour=is_free)


def _under_way() -> Mailing | None:
    rows = Mailing.objects.filter(state=MailingState.SENDING).order_by("begun_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()


def _end(mailing: Mailing, *, at: datetime) -> None:
    mailing.state, mailing.ended_at, mailing.wanted = MailingState.SENT, at, mailing.handed
    mailing.save(update_fields=["state", "ended_at", "wanted"])
    event = MailingSent(
        client_id=None,
        subject_id=mailing.pk,
        mailing_kind=mailing.kind,
        title=mailing.title,
        told_id=mailing.author_id,
        people=mailing.handed,
    )
    record(event, at=at, actor=SYSTEM)


def _today(mailing: Mailing, at: datetime) -> date:
    return at.astimezone(ZoneInfo(mailing.zone)).date()
