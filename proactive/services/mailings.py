"""Writing insights: composed once, seen before they go, sent at a moment (P5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max

from accounts.models import Role
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from proactive import permissions
from proactive.domain.mailings import Audience, is_sending_hour
from proactive.events import MailingScheduled, MailingTested
from proactive.models import Mailing, MailingItem, MailingKind, MailingState, Topic
from proactive.queries.mailings import installed_products, mailing_plans, people_reached
from proactive.services.papers import clean_text

TITLE_LIMIT = 200
#: States in which the words may still change, and from which a mailing can be sent on its way.
OPEN = (MailingState.DRAFT, MailingState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """One piece of an insight as it was typed."""

    topic: str
    title: str
    body: str
    product: str = ""
    link: str = ""


@transaction.atomic
def write_insight(
    *, actor: Actor, at: datetime, title: str, intro: str = "", audience: Audience | None = None
) -> Mailing:
    """Begin an insight; it has its items and its moment later."""
    require_mailer(actor)
    row = Mailing(kind=MailingKind.INSIGHT, author_id=actor.person_id, zone=actor.zone, made_at=at)
    _put_words(row, title=title, intro=intro, audience=audience or Audience())
    row.save()
    return row


@transaction.atomic
def change_insight(
    *, actor: Actor, at: datetime, mailing: Mailing, title: str, intro: str, audience: Audience
) -> Mailing:
    """Change a draft's title, opening words and readers."""
    row = open_mailing(actor, mailing)
    _put_words(row, title=title, intro=intro, audience=audience)
    row.save(update_fields=["title", "intro", "plans", "products", "roles"])
    return row


@transaction.atomic
def add_item(*, actor: Actor, at: datetime, mailing: Mailing, words: ItemWords) -> MailingItem:
    """Put a piece at the end of a draft."""
    row = open_mailing(actor, mailing)
    last = MailingItem.objects.filter(mailing=row).aggregate(last=Max("position"))["last"] or 0
    return MailingItem.objects.create(mailing=row, position=last + 1, **_checked(words))


@transaction.atomic
def change_item(*, actor: Actor, at: datetime, item: MailingItem, words: ItemWords) -> None:
    """Change a piece of a draft."""
    open_mailing(actor, item.mailing)
    MailingItem.objects.filter(pk=item.pk).update(**_checked(words))


@transaction.atomic
def remove_item(*, actor: Actor, at: datetime, item: MailingItem) -> None:
    """Take a piece out of a draft."""
    open_mailing(actor, item.mailing)
    MailingItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def send_test(*, actor: Actor, at: datetime, mailing: Mailing) -> None:
    """Send a mailing to oneself alone, as it stands; it may be repeated."""
    require_mailer(actor)
    if actor.person_id is None:
        raise NotAllowed("Only a person has a mailbox to send a test to.")
    require_complete(mailing)
    event = MailingTested(
        client_id=None,
        subject_id=mailing.pk,
        mailing_kind=mailing.kind,
        title=mailing.title,
        told_id=actor.person_id,
    )
    record(event, at=at, actor=actor)


@transaction.atomic
def schedule_mailing(*, actor: Actor, at: datetime, mailing: Mailing, send_at: datetime) -> Mailing:
    """Let a mailing go out at that moment, within people's working hours; the words are then settled."""
    row = open_mailing(actor, mailing)
    if send_at <= at:
        words = "That moment has passed. Choose a later one, or send it now."
        raise Invalid(words, fields={"send_at": words})
    if not is_sending_hour(send_at, zone=row.zone):
        words = f"Choose an hour from 7:00 to 19:00, Monday to Friday, in {row.zone.replace('_', ' ')}."
        raise Invalid(words, fields={"send_at": words})
    return put_on_its_way(row, actor=actor, at=at, send_at=send_at)


@transaction.atomic
def send_mailing_now(*, actor: Actor, at: datetime, mailing: Mailing) -> Mailing:
    """Let a mailing go out at once, at whatever hour: a person decided it."""
    return put_on_its_way(open_mailing(actor, mailing), actor=actor, at=at, send_at=at, at_any_hour=True)


@transaction.atomic
def call_mailing_back(*, actor: Actor, at: datetime, mailing: Mailing) -> Mailing:
    """Make a scheduled mailing a draft again, as long as nothing of it went out."""
    row = _locked(actor, mailing)
    if row.state != MailingState.SCHEDULED:
        raise Conflict(f"This cannot be called back: {row.get_state_display().lower()}.")
    row.state, row.send_at = MailingState.DRAFT, None
    row.save(update_fields=["state", "send_at"])
    return row


def put_on_its_way(
    row: Mailing, *, actor: Actor, at: datetime, send_at: datetime, at_any_hour: bool = False
) -> Mailing:
    """Set the moment of a locked mailing that has something to say and somebody to read it."""
    require_complete(row)
    if not people_reached(row, on=at.date()).exists():
        words = "Nobody would get this: no contract with such mailings has contacts like that."
        raise Conflict(words, code="nobody_reached")
    row.state, row.send_at, row.reason = MailingState.SCHEDULED, send_at, ""
    row.at_any_hour = at_any_hour
    row.save(update_fields=["state", "send_at", "reason", "at_any_hour"])
    event = MailingScheduled(
        client_id=None,
        subject_id=row.pk,
        mailing_kind=row.kind,
        title=row.title,
        send_at=send_at.isoformat(),
    )
    record(event, at=at, actor=actor)
    return row


def require_complete(mailing: Mailing) -> None:
    """Refuse an insight that says nothing yet."""
    if mailing.kind == MailingKind.INSIGHT and not MailingItem.objects.filter(mailing=mailing).exists():
        raise Conflict("Nothing is written yet: add an item first.", code="nothing_written")


def require_mailer(actor: Actor) -> None:
    """Refuse those who do not write to all clients."""
    if not permissions.may_mail(actor):
        raise NotAllowed("Success managers, leads and administrators write to all clients.")


def open_mailing(actor: Actor, mailing: Mailing) -> Mailing:
    """The mailing, locked, while its words may change; else `Conflict`."""
    row = _locked(actor, mailing)
    if row.state not in OPEN:
        words = f"This is {row.get_state_display().lower()} and stays as it is."
        if row.state == MailingState.SCHEDULED:
            words = "This is scheduled. Call it back first, then change it."
        raise Conflict(words)
    return row


def checked_audience(audience: Audience) -> Audience:
    """The audience, if every plan, product and role in it exists; else `Invalid`."""
    known = {
        "plans": {key for key, _ in mailing_plans()},
        "products": set(installed_products()),
        "roles": set(Role.values),
    }
    for name, allowed in known.items():
        _require_known(getattr(audience, name), allowed, field=name)
    return audience


def _require_known(chosen: Collection[str], allowed: Collection[str], *, field: str) -> None:
    unknown = sorted(set(chosen) - set(allowed))
    if unknown:
        words = f"Nobody here has {', '.join(unknown)}. Choose from the list."
        raise Invalid(words, fields={field: words})


def _locked(actor: Actor, mailing: Mailing) -> Mailing:
    require_mailer(actor)
    return Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)


def _put_words(row: Mailing, *, title: str, intro: str, audience: Audience) -> None:
    row.title = clean_text(title, field="title", words="Give it a title.")[:TITLE_LIMIT]
    row.intro = intro.strip()
    checked_audience(audience)
    row.plans, row.products = list(audience.plans), list(audience.products)
    row.roles = list(audience.roles)


def _checked(words: ItemWords) -> dict[str, str]:
    if words.topic not in Topic.values:
        raise Invalid("There is no such topic.", fields={"topic": "Choose one of the topics."})
    if words.link and urlsplit(words.link).scheme not in ("http", "https"):
        said = "Write a whole address, as https://example.com/page."
        raise Invalid(said, fields={"link": said})
    return {
        "topic": words.topic,
        "product": words.product.strip(),
        "title": clean_text(words.title, field="title", words="Give it a title.")[:TITLE_LIMIT],
        "body": clean_text(words.body, field="body", words="Write what is new."),
        "link": words.link.strip(),
    }
