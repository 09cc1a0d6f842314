"""Passwords, and the end of sessions: one column moves, and whatever was signed in before is signed out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import events, permissions
from accounts.models import Person
from accounts.services.identity import require_sound_password
from events.domain.actor import Actor
from events.domain.errors import NotAllowed
from events.services import record


@transaction.atomic
def change_password(*, actor: Actor, at: datetime, person: Person, password: str) -> Person:
    """Set a person's new password; every session of theirs ends, for the page to renew the present one.

    By the person, who has just shown the old one or a reset link, or by an administrator. Raises `Invalid`
    for a password that is easily guessed.
    """
    if actor.person_id != person.pk and not permissions.may_manage_people(actor, None):
        raise NotAllowed("People change their own password.")
    row = Person.objects.select_for_update().get(pk=person.pk)
    require_sound_password(password, row)
    row.set_password(password)
    row.save(update_fields=["password"])
    record(events.PasswordChanged(client_id=None, subject_id=row.pk), at=at, actor=actor)
    return row


@transaction.atomic
def end_sessions(*, actor: Actor, at: datetime, person: Person) -> None:
    """Sign a person out everywhere: their own act, or an administrator's."""
    if actor.person_id != person.pk and not permissions.may_manage_people(actor, None):
        raise NotAllowed("People end their own sessions; administrators end anybody's.")
    close_sessions(person)
    record(events.SessionsEnded(client_id=None, subject_id=person.pk), at=at, actor=actor)


def close_sessions(person: Person) -> None:
    """Let no session of the person open anything any more (one statement, however many there are)."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
