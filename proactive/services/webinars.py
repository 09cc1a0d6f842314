"""Events: planned, announced, moved or called off (P6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid
from events.services import record
from proactive.domain.mailings import REMINDERS, Audience
from proactive.events import (
    WebinarAnnounced,
    WebinarCalledOff,
    WebinarChanged,
)
from proactive.models import (
    Mailing,
    MailingKind,
    MailingState,
    Webinar,
    WebinarState,
)
from proactive.services.mailings import (
    OPEN,
    TITLE_LIMIT,
    checked_audience,
    put_on_its_way,
    require_mailer,
    schedule_mailing,
)
from proactive.services.papers import clean_text
from proactive.services.posting import invite_clients

_LONGEST_MINUTES = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarWords:
    """An event as it was typed."""

    title: str
    description: str
    host: str
    starts_at: datetime
    minutes: int
    address: str = ""
    seats: int | None = None


@transaction.atomic
def plan_webinar(*, actor: Actor, at: datetime, words: WebinarWords, audience: Audience) -> Webinar:
    """Draft an event with its invitation; nobody hears of it yet. An hour in the past is refused."""
    require_mailer(actor)
    facts = _checked(words, at=at)
    row = Webinar.objects.create(
        **facts, zone=actor.zone, author_id=actor.person_id, made_at=at, changed_at=at
    )
    checked_audience(audience)
    Mailing.objects.create(
        kind=MailingKind.INVITATION,
        webinar=row,
        author_id=actor.person_id,
        zone=actor.zone,
        made_at=at,
        **_invitation(row, audience),
    )
    return row


@transaction.atomic
def change_webinar(
    *, actor: Actor, at: datetime, webinar: Webinar, words: WebinarWords, audience: Audience
) -> Webinar:
    """Change an event that has not begun; who registered hears of a new hour or place."""
    row = _locked(actor, webinar, at=at)
    before = (row.starts_at, row.minutes, row.address)
    for name, value in _checked(words, at=at).items():
        setattr(row, name, value)
    is_moved = before != (row.starts_at, row.minutes, row.address)
    row.edition += 1
    row.changed_at = at
    row.save()
    invitation = row.mailings.get(kind=MailingKind.INVITATION)
    if invitation.state in OPEN:
        checked_audience(audience)
    if invitation.state in (*OPEN, MailingState.SCHEDULED):
        kept = audience if invitation.state in OPEN else invitation.audience
        Mailing.objects.filter(pk=invitation.pk).update(**_invitation(row, kept))
    if row.state == WebinarState.ANNOUNCED and is_moved:
        _lapse(row, MailingKind.REMINDER, reason="The event was moved.")
        _remind(row, at=at)
        _spread(row, at=at, title=f"Changed: {row.title}")
        event = WebinarChanged(
            client_id=None, subject_id=row.pk, title=row.title, starts_at=row.starts_at.isoformat()
        )
        record(event, at=at, actor=actor)
    return row


@transaction.atomic
def announce_webinar(
    *, actor: Actor, at: datetime, webinar: Webinar, send_at: datetime | None = None
) -> Webinar:
    """Let clients read of an event, and invite them at that moment, or now; reminders follow."""
    row = _locked(actor, webinar, at=at)
    _require_future(row.starts_at, at=at)
    invitation = row.mailings.get(kind=MailingKind.INVITATION)
    if send_at is not None and send_at >= row.starts_at:
        words = "The invitation would come after the event has begun."
        raise Invalid(words, fields={"send_at": words})
    if send_at is None:
        if invitation.state not in OPEN:
            raise Conflict(f"The invitation is {invitation.get_state_display().lower()} already.")
        put_on_its_way(invitation, actor=actor, at=at, send_at=at, at_any_hour=True)
    else:
        schedule_mailing(actor=actor, at=at, mailing=invitation, send_at=send_at)
    invite_clients(row, invitation, on=at.date())
    if row.state == WebinarState.DRAFT:
        Webinar.objects.filter(pk=row.pk).update(state=WebinarState.ANNOUNCED)
        row.state = WebinarState.ANNOUNCED
        _remind(row, at=at)
        event = WebinarAnnounced(
            client_id=None, subject_id=row.pk, title=row.title, starts_at=row.starts_at.isoformat()
        )
        record(event, at=at, actor=actor)
    return row


@transaction.atomic
def call_webinar_off(*, actor: Actor, at: datetime, webinar: Webinar, reason: str) -> Webinar:
    """Let an event not take place; who registered is told, and it leaves their calendar."""
    row = _locked(actor, webinar, at=at)
    row.reason = clean_text(reason, field="reason", words="Say why; people read this.")[:300]
    was_announced = row.state == WebinarState.ANNOUNCED
    row.state, row.called_off_at, row.changed_at = WebinarState.CALLED_OFF, at, at
    row.edition += 1
    row.save()
    _lapse(row, MailingKind.REMINDER, MailingKind.INVITATION, reason="The event was called off.")
    if was_announced:
        _spread(row, at=at, title=f"Called off: {row.title}")
    event = WebinarCalledOff(client_id=None, subject_id=row.pk, title=row.title, reason=row.reason)
    record(event, at=at, actor=actor)
    return row


def _locked(actor: Actor, webinar: Webinar, *, at: datetime) -> Webinar:
    require_mailer(actor)
    row = Webinar.objects.select_for_update(of=("self",)).get(pk=webinar.pk)
    if row.state == WebinarState.CALLED_OFF:
        raise Conflict("This event was called off.")
    if row.state == WebinarState.ANNOUNCED and row.starts_at <= at:
        raise Conflict("This event has begun; it stays as it is.")
    return row


def _checked(words: WebinarWords, *, at: datetime) -> dict[str, object]:
    _require_future(words.starts_at, at=at)
    if not 0 < words.minutes <= _LONGEST_MINUTES:
        said = f"From 1 to {_LONGEST_MINUTES} minutes."
        raise Invalid(said, fields={"minutes": said})
    if words.address and urlsplit(words.address).scheme != "https":
        said = "Write a whole address, as https://example.com/room."
        raise Invalid(said, fields={"address": said})
    return {
        "title": clean_text(words.title, field="title", words="Give it a title.")[:TITLE_LIMIT],
        "description": clean_text(words.description, field="description", words="Say what it is about."),
        "host": clean_text(words.host, field="host", words="Say who holds it.")[:TITLE_LIMIT],
        "starts_at": words.starts_at,
        "minutes": words.minutes,
        "address": words.address.strip(),
        "seats": words.seats,
    }


def _require_future(starts_at: datetime, *, at: datetime) -> None:
    if starts_at <= at:
        said = "That moment has passed. Choose a day and an hour that are still to come."
        raise Invalid(said, code="in_the_past", fields={"starts_at": said})


def _invitation(row: Webinar, audience: Audience) -> dict[str, object]:
    return {
        "title": row.title,
        "plans": list(audience.plans),
        "products": list(audience.products),
        "roles": list(audience.roles),
    }


def _remind(row: Webinar, *, at: datetime) -> None:
    """A reminder for each of the hours that still lie ahead."""
    moments = {hours: row.starts_at - timedelta(hours=hours) for hours in REMINDERS}
    Mailing.objects.bulk_create(
        _around(row, MailingKind.REMINDER, f"Reminder: {row.title}", send_at=moment, at=at, hours=hours)
        for hours, moment in moments.items()
        if moment > at
    )


def _spread(row: Webinar, *, at: datetime, title: str) -> None:
    _around(row, MailingKind.CHANGE, title, send_at=at, at=at).save()


def _around(
    row: Webinar, kind: MailingKind, title: str, *, send_at: datetime, at: datetime, hours: int | None = None
) -> Mailing:
    return Mailing(
        kind=kind,
        webinar=row,
        title=title[:TITLE_LIMIT],
        hours_before=hours,
        edition=row.edition,
        state=MailingState.SCHEDULED,
        send_at=send_at,
        at_any_hour=True,
        author_id=row.author_id,
        zone=row.zone,
        made_at=at,
    )


def _lapse(row: Webinar, *kinds: MailingKind, reason: str) -> None:
    """What was still to go out around an event does not any more."""
    waiting = (MailingState.SCHEDULED, MailingState.HELD, MailingState.DRAFT)
    row.mailings.filter(kind__in=kinds, state__in=waiting).update(state=MailingState.LAPSED, reason=reason)
