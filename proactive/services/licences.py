"""Looking at licences ahead of a renewal: use per product, forecast, opportunities (P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from contracts.models import Contract
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid
from events.services import record
from proactive.domain.licences import forecast_of
from proactive.events import LicencesPublished
from proactive.models import LicenceLine, LicenceReview, Occurrence
from proactive.services.papers import clean_text, fulfil, locked_draft, take_up

KIND = "licence_optimisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceCount:
    """What is counted of one product."""

    product: str
    entitled: int
    used: int
    active: int
    note: str = ""


@transaction.atomic
def begin_licence_review(
    *,
    actor: Actor,
    at: datetime,
    contract: Contract,
    renewal_on: date,
    title: str = "",
    occurrence: Occurrence | None = None,
) -> LicenceReview:
    """Begin a look at a contract's licences; it fulfils the delivery where one is named, once."""
    row = take_up(actor=actor, at=at, contract=contract, occurrence=occurrence, kind=KIND)
    if renewal_on <= at.date():
        words = "The renewal is over; choose the next one."
        raise Invalid(words, fields={"renewal_on": words})
    label = row.programme.label if row else "Licence review"
    made = LicenceReview(
        client_id=contract.client_id,
        contract=contract,
        occurrence=row,
        title=title.strip()[:200] or f"{label}, renewal of {renewal_on:%B %Y}",
        author_id=actor.person_id,
        begun_at=at,
        renewal_on=renewal_on,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("A licence review for this delivery was begun already.") from error
    return made


@transaction.atomic
def count_licences(*, actor: Actor, at: datetime, review: LicenceReview, count: LicenceCount) -> LicenceLine:
    """Note what was counted of a product, or correct it; the forecast goes by the last published look."""
    row = locked_draft(LicenceReview, actor=actor, paper=review)
    product = clean_text(count.product, field="product", words="Name the product.")[:120]
    if count.active > count.used:
        words = "Not more can be used than are given out."
        raise Invalid(words, fields={"active": words})
    before = _last_look(row, product)
    forecast = forecast_of(
        count.used,
        used_before=before.used if before else None,
        days_since=(at - before.review.published_at).days if before and before.review.published_at else 0,
        days_ahead=(row.renewal_on - at.date()).days,
    )
    line, _ = LicenceLine.objects.update_or_create(
        review=row,
        product=product,
        defaults={
            "client_id": row.client_id,
            "entitled": count.entitled,
            "used": count.used,
            "active": count.active,
            "used_before": before.used if before else None,
            "forecast": forecast,
            "note": count.note.strip(),
        },
    )
    return line


@transaction.atomic
def publish_licence_review(
    *, actor: Actor, at: datetime, review: LicenceReview, summary: str
) -> LicenceReview:
    """Let the client read it, with what it comes to; then it is final, and its delivery is delivered."""
    row = locked_draft(LicenceReview, actor=actor, paper=review)
    row.summary = clean_text(summary, field="summary", words="Say what it comes to.")
    if not LicenceLine.objects.filter(review=row).exists():
        raise Conflict("Count at least one product first.")
    row.published_at = at
    row.save(update_fields=["summary", "published_at"])
    event = LicencesPublished(
        client_id=row.client_id, subject_id=row.pk, contract_id=row.contract_id, title=row.title
    )
    record(event, at=at, actor=actor)
    fulfil(row, actor=actor, at=at, proof=row.title)
    return row


def _last_look(review: LicenceReview, product: str) -> LicenceLine | None:
    earlier = LicenceLine.objects.filter(
        review__contract_id=review.contract_id,
        review__published_at__isnull=False,
        product__iexact=product,
    )
    return earlier.select_related("review").order_by("-review__published_at").first()
