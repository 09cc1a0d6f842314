"""What people choose and read: mail preferences, and notices under the bell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core import signing
from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Invalid, NotAllowed, NotHere
from notify.letters import ENDABLE, MAIL_OFF_SALT
from notify.models import Choice, Notice, Preference
from notify.routing import ALWAYS_AT_ONCE, BELL, GROUPS, MAIL


@transaction.atomic
def set_preference(*, actor: Actor, group: str, channel: str, choice: str) -> Preference:
    """Choose how to hear of a group of events; what waits for the person's decision comes at once."""
    if actor.person_id is None:
        raise NotAllowed("Only a person chooses which mails to get.")
    if group not in GROUPS or channel not in (MAIL, BELL) or choice not in Choice.values:
        raise Invalid("There is no such choice.")
    if group in ALWAYS_AT_ONCE and choice != Choice.ON:
        raise Invalid("What you are asked to decide always comes at once, since somebody waits for you.")
    if channel == BELL and choice == Choice.DIGEST:
        raise Invalid("Only mails can come once a day.")
    preference, _ = Preference.objects.update_or_create(
        person_id=actor.person_id, group=group, channel=channel, defaults={"choice": choice}
    )
    return preference


@transaction.atomic
def turn_mail_off(*, token: str) -> str:
    """End one group of mails by the link in a mail (POST only), and give the group; nothing else changes."""
    try:
        person_id, group = signing.loads(token, salt=MAIL_OFF_SALT)
    except signing.BadSignature as fault:
        raise NotHere from fault
    if group not in ENDABLE:
        raise NotHere
    Preference.objects.update_or_create(
        person_id=person_id, group=group, channel=MAIL, defaults={"choice": Choice.OFF}
    )
    return str(group)


def mark_read(*, actor: Actor, at: datetime, notice_ids: Collection[int]) -> int:
    """Take notices of the actor's own off the bell; those of others stay as they are."""
    if actor.person_id is None:
        return 0
    own = Notice.objects.unread().filter(person_id=actor.person_id)
    return own.filter(id__in=notice_ids).update(read_at=at)


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Empty the actor's bell."""
    if actor.person_id is None:
        return 0
    return Notice.objects.unread().filter(person_id=actor.person_id).update(read_at=at)
