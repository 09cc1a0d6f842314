"""Holding a service review: figures frozen, agenda, minutes, and what both sides take on (P3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from proactive import permissions
from proactive.domain.pack import digest_of
from proactive.events import ReviewActionDone, ReviewMinuted, ReviewPublished
from proactive.models import Occurrence, Review, ReviewAction
from proactive.models.reviews import Side
from proactive.queries.days import today_of
from proactive.queries.pack import pack_of
from proactive.services.papers import clean_text, fulfil, locked, locked_draft, require_writer, take_up

KIND = "service_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    """What is taken on: by which side, by whom, until when."""

    text: str
    side: str
    owner: str
    due_on: date


@transaction.atomic
def prepare_review(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    from_on: date,
    to_on: date,
    title: str = "",
    occurrence: Occurrence | None = None,
) -> Review:
    """Prepare a review with the figures of that period; a draft until it is published.

    It fulfils the delivery where one is named, which can have one review: `Conflict` for a second.
    """
    row = take_up(actor=actor, at=at, contract=contract, occurrence=occurrence, kind=KIND)
    _require_period(contract, from_on, to_on, today=today_of(contract, at))
    pack = pack_of(contract, from_on=from_on, to_on=to_on, at=at)
    label = row.programme.label if row else "Service review"
    review = Review(
        client_id=contract.client_id,
        contract=contract,
        occurrence=row,
        title=title.strip()[:200] or f"{label}, {from_on:%b} to {to_on:%b %Y}",
        author_id=actor.person_id,
        begun_at=at,
        from_on=from_on,
        to_on=to_on,
        pack=pack,
        digest=digest_of(pack),
        prepared_at=at,
    )
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        raise Conflict("A review for this delivery was prepared already.") from error
    return review


@transaction.atomic
def work_out_again(*, actor: Actor, at: datetime, review: Review) -> Review:
    """Work the figures of a draft out anew, with what happened meanwhile; published ones never change."""
    row = locked_draft(Review, actor=actor, paper=review)
    row.pack = pack_of(row.contract, from_on=row.from_on, to_on=row.to_on, at=at)
    row.digest, row.prepared_at = digest_of(row.pack), at
    row.save(update_fields=["pack", "digest", "prepared_at"])
    return row


@transaction.atomic
def write_agenda(*, actor: Actor, at: datetime, review: Review, title: str, agenda: str) -> Review:
    """Write what will be talked about, in Markdown, and what the review is called."""
    row = locked_draft(Review, actor=actor, paper=review)
    row.title = clean_text(title, field="title", words="Give it a title.")[:200]
    row.summary = agenda.strip()
    row.save(update_fields=["title", "summary"])
    return row


@transaction.atomic
def publish_review(*, actor: Actor, at: datetime, review: Review) -> Review:
    """Let the client read figures and agenda; from now on the figures stay as they are."""
    row = locked_draft(Review, actor=actor, paper=review)
    if not row.summary:
        raise Invalid("Write the agenda first, so that everybody can prepare.")
    row.published_at = at
    row.save(update_fields=["published_at"])
    record(ReviewPublished(**_facts(row), digest=row.digest), at=at, actor=actor)
    return row


@transaction.atomic
def keep_minutes(
    *, actor: Actor, at: datetime, review: Review, held_on: date, attendees: str, minutes: str
) -> Review:
    """Publish the minutes of the meeting, once; the review's delivery is delivered with them."""
    row = locked(Review, actor=actor, paper=review)
    require_writer(actor, row.client_id)
    if row.published_at is None:
        raise Conflict("Publish the figures and the agenda before the minutes.")
    if row.minuted_at is not None:
        raise Conflict("The minutes are published and stay as they were read.")
    if held_on > today_of(row.contract, at):
        raise Invalid("That day is still to come.", fields={"held_on": "Say when it was held."})
    row.held_on, row.minuted_at = held_on, at
    row.attendees = clean_text(attendees, field="attendees", words="Say who took part.")[:500]
    row.minutes = clean_text(minutes, field="minutes", words="Say what was talked about and agreed.")
    row.save(update_fields=["held_on", "attendees", "minutes", "minuted_at"])
    record(ReviewMinuted(**_facts(row), held_on=held_on.isoformat()), at=at, actor=actor)
    fulfil(row, actor=actor, at=at, proof=f"{row.title}: held on {held_on:%d %b %Y}, minutes published")
    return row


@transaction.atomic
def add_action(*, actor: Actor, at: datetime, review: Review, words: ActionWords) -> ReviewAction:
    """Note what one side takes on; also after the minutes are published."""
    row = locked(Review, actor=actor, paper=review)
    require_writer(actor, row.client_id)
    if words.side not in Side.values:
        raise Invalid("Say whose it is.", fields={"side": "Choose one."})
    last = ReviewAction.objects.filter(review=row).aggregate(last=Max("number"))["last"] or 0
    return ReviewAction.objects.create(
        client_id=row.client_id,
        review=row,
        number=last + 1,
        text=clean_text(words.text, field="text", words="Say what is to be done.")[:300],
        side=words.side,
        owner=clean_text(words.owner, field="owner", words="Say who sees to it.")[:200],
        due_on=words.due_on,
    )


@transaction.atomic
def finish_action(*, actor: Actor, at: datetime, action: ReviewAction) -> ReviewAction:
    """Say that it is done: staff for both sides, a point of contact for theirs; twice changes nothing."""
    row = (
        ReviewAction.objects.select_for_update(of=("self",))
        .select_related("review__contract")
        .filter(pk=action.pk)
        .first()
    )
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    is_own = row.side == Side.CLIENT and actor.role_at(row.client_id) == "poc"
    if not is_own and not permissions.may_deliver(actor, row.client_id):
        raise NotAllowed("Whoever took it on says that it is done.")
    if row.review.published_at is None and not actor.is_staff:
        raise NotHere
    if row.done_at is None:
        row.done_at, row.done_by = at, actor.name
        row.save(update_fields=["done_at", "done_by"])
        record(ReviewActionDone(**_facts(row.review), action_id=row.pk, text=row.text), at=at, actor=actor)
    return row


def _require_period(contract: Contract, from_on: date, to_on: date, *, today: date) -> None:
    if to_on < from_on:
        raise Invalid("The period ends before it begins.", fields={"to_on": "Choose a later day."})
    if to_on > today:
        raise Invalid("The period is not over.", fields={"to_on": "Choose today at the latest."})
    if to_on < contract.starts_on:
        raise Invalid("The contract did not run then.", fields={"to_on": "Choose a day of the contract."})


def _facts(review: Review) -> dict[str, Any]:
    return {
        "client_id": review.client_id,
        "subject_id": review.pk,
        "contract_id": review.contract_id,
        "title": review.title,
    }
