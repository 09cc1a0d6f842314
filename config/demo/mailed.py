"""What is mailed to all clients in the demo world: an insight a month, and events with their seats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.demo.desk import Desk
from config.demo.player import Story
from proactive.domain.mailings import Audience
from proactive.models import Mailing, MailingState, Registration, Webinar
from proactive.queries.mailings import invitations_of
from proactive.services import (
    ItemWords,
    WebinarWords,
    add_item,
    announce_webinar,
    note_attendance,
    plan_webinar,
    register,
    send_mailing_now,
    write_insight,
)
from proactive.services.posting import begin_mailings, post_batch
from proactive.services.proving import prove_mailings

_EVERY = timedelta(days=28)
_INTRO = "Short this month: what changed in your products, and what other teams made of it."
_ITEMS = (
    ItemWords(
        topic="roadmap",
        product="Jira",
        title="Automation rules get a limit for each space",
        body=(
            "From the next long-term release on, rules count **for each space**. Look before you upgrade:\n\n"
            "* which run every minute\n* which nobody owns any more"
        ),
        link="https://example.com/automation",
    ),
    ItemWords(
        topic="practice",
        product="Confluence",
        title="Archive pages that nobody has opened for two years",
        body="A third of a grown wiki is such pages. Archiving keeps their links, and search gets better.",
    ),
    ItemWords(
        topic="story",
        title="How a shipping company halved its open requests",
        body="They closed what had waited for a year, with a friendly mail. One in fifty was opened again.",
        link="https://example.com/shipping",
    ),
)
_ABOUT = (
    "Which rules break with an upgrade, how to find them beforehand, and what to write instead.\n\n"
    "Bring a rule of yours: we take three of them apart."
)


def insights(desk: Desk, since: datetime, *, until: datetime) -> Story:
    """An insight every four weeks, and one that is still being written."""
    actor = desk.by(desk.csm)
    tuesday = since + timedelta(days=6 + (1 - since.weekday() - 6) % 7)
    at = tuesday.replace(hour=10, minute=0, second=0)
    while at <= until - timedelta(days=2):
        yield at
        mailing = _written(desk, at, title=f"Insights of {at.day} {at:%B}", items=_ITEMS)
        send_mailing_now(actor=actor, at=at, mailing=mailing)
        sweep_mailings(at)
        at += _EVERY
    at = until - timedelta(hours=20)
    yield at
    _written(desk, at, title="Before the long-term release", items=_ITEMS[:1])


def past_event(desks: Sequence[Desk], *, now: datetime) -> Story:
    """An event three weeks ago: announced, taken part in, attendance noted."""
    starts_at = (now - timedelta(days=20)).replace(hour=14, minute=0, second=0)
    desk = desks[0]
    at = starts_at - timedelta(days=21)
    yield at
    webinar = _announced(desk, at, title="A wiki that people find things in", starts_at=starts_at)
    at = starts_at - timedelta(days=9)
    yield at
    seats = _registered(desks, webinar, at)
    for hours in (24, 1):
        at = starts_at - timedelta(hours=hours)
        yield at
        sweep_mailings(at)
    at = starts_at + timedelta(hours=3)
    yield at
    came = [seat.pk for seat in seats if seat.pk % 4]
    note_attendance(actor=desk.by(desk.lead), at=at, webinar=webinar, came=came)


def coming_event(desks: Sequence[Desk], *, now: datetime) -> Story:
    """An event next week, to which some have registered."""
    starts_at = (now + timedelta(days=8)).replace(hour=14, minute=0, second=0)
    at = now - timedelta(days=6)
    yield at
    webinar = _announced(desks[0], at, title="Automation that survives the next upgrade", starts_at=starts_at)
    at = now - timedelta(days=2)
    yield at
    _registered(desks, webinar, at)


def sweep_mailings(at: datetime) -> None:
    """Send what is due, and settle what it fulfilled, as the worker would have."""
    begin_mailings(at=at)
    while Mailing.objects.filter(state=MailingState.SENDING).exists():
        post_batch(at=at)
    prove_mailings(at=at)


def _written(desk: Desk, at: datetime, *, title: str, items: Sequence[ItemWords]) -> Mailing:
    actor = desk.by(desk.csm)
    mailing = write_insight(actor=actor, at=at, title=title, intro=_INTRO)
    for words in items:
        add_item(actor=actor, at=at, mailing=mailing, words=words)
    return mailing


def _announced(desk: Desk, at: datetime, *, title: str, starts_at: datetime) -> Webinar:
    actor = desk.by(desk.csm)
    words = WebinarWords(
        title=title,
        description=_ABOUT,
        host=desk.csm.name,
        starts_at=starts_at,
        minutes=45,
        address="https://meet.example/caredesk",
        seats=200,
    )
    webinar = plan_webinar(actor=actor, at=at, words=words, audience=Audience())
    announce_webinar(actor=actor, at=at, webinar=webinar)
    sweep_mailings(at)
    return webinar


def _registered(desks: Sequence[Desk], webinar: Webinar, at: datetime) -> list[Registration]:
    """Two people of each client that is invited take a seat."""
    seats = []
    for desk in desks:
        if invitations_of([desk.client.pk]).filter(pk=webinar.pk).exists():
            for person in desk.requesters[:2]:
                actor, client_id = desk.by(person), desk.client.pk
                seats.append(register(actor=actor, at=at, webinar=webinar, client_id=client_id))
    return seats
