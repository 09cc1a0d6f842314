"""Private calendar addresses: made, replaced and revoked by their person alone (P10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.secrets import digest_of, new_token
from accounts.events import CalendarFeedMade, CalendarFeedRevoked
from accounts.models import CalendarFeed, Client, Person
from events.domain.actor import Actor
from events.domain.errors import NotAllowed, NotHere
from events.services import record

_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_calendar_feed(*, actor: Actor, at: datetime, client: Client | None) -> str:
    """Give the actor a new calendar address, as a contact of that client or as staff, and end the former one.

    The token is in the answer and nowhere else.
    """
    person = _person(actor, client)
    CalendarFeed.objects.filter(person=person, client=client, ended_at__isnull=True).update(ended_at=at)
    token = new_token()
    CalendarFeed.objects.create(person=person, client=client, digest=digest_of(token), made_at=at)
    made = CalendarFeedMade(client_id=client.pk if client else None, subject_id=person.pk)
    record(made, at=at, actor=actor)
    return token


@transaction.atomic
def revoke_calendar_feed(*, actor: Actor, at: datetime, client: Client | None) -> None:
    """End the actor's calendar address at once; repeating it changes nothing."""
    person = _person(actor, client)
    living = CalendarFeed.objects.filter(person=person, client=client, ended_at__isnull=True)
    if living.update(ended_at=at):
        revoked = CalendarFeedRevoked(client_id=client.pk if client else None, subject_id=person.pk)
        record(revoked, at=at, actor=actor)


def note_feed_read(*, feed: CalendarFeed, at: datetime) -> None:
    """Remember when a calendar was last read, at most once an hour so that reading stays cheap."""
    if feed.read_at is None or at - feed.read_at >= _NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=at)


def _person(actor: Actor, client: Client | None) -> Person:
    """The actor's own row, locked, so that two of their windows make one address after the other."""
    if actor.person_id is None:
        raise NotAllowed("Only a person has a calendar.")
    belongs = actor.is_staff if client is None else bool(actor.role_at(client.pk))
    if not belongs:
        raise NotHere
    return Person.objects.select_for_update(of=("self",)).get(pk=actor.person_id)
