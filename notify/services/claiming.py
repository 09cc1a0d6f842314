"""Claiming what is due: the due moment is pushed ahead, so that the claim of a dead process runs out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef

from events.fail_points import crash_here
from notify.domain.schedule import MOST_CRASHES
from notify.models import Attempt, Channel, Delivery, DeliveryQuerySet, Endpoint, Outcome, State
from notify.services.settling import give_up

#: How long a claim holds: longer than any attempt, shorter than what another worker may be made to wait (F1).
LEASE = timedelta(seconds=45)
_RELATED = ("record", "client", "person", "endpoint")


def claim_mail(*, now: datetime) -> Delivery | None:
    """Take the mail that is due longest, or None; mails of one person about one ticket come in order.

    What is written to many waits until nothing that is written to one is due.
    """
    mails = Delivery.objects.filter(channel=Channel.EMAIL)
    return _claim(mails.filter(is_bulk=False), now=now) or _claim(mails.filter(is_bulk=True), now=now)


def claim_hook(*, now: datetime, busy: set[int]) -> Delivery | None:
    """Take a webhook of an endpoint that we are not calling just now, the longest due of that endpoint."""
    waiting = Delivery.objects.filter(endpoint=OuterRef("pk")).due(now)
    for endpoint in Endpoint.objects.filter(Exists(waiting)).exclude(id__in=busy).order_by("?")[:5]:
        claimed = _claim(Delivery.objects.filter(endpoint=endpoint), now=now)
        if claimed is not None:
            return claimed
    return None


def claim_bundle(*, of: Delivery, now: datetime) -> list[Delivery]:
    """Take everything else that this mail's reader gets with it once a day."""
    mates = Delivery.objects.filter(person=of.person, is_bundled=True, due_at__lte=now).exclude(pk=of.pk)
    found = mates.select_related("record", "client", "person").order_by("id")[:200]
    return [mate for mate in found if _take(mate, now=now)]


def _claim(wanted: DeliveryQuerySet, *, now: datetime) -> Delivery | None:
    """Claim the first that can be claimed; one that killed too many processes is set aside on the way."""
    while True:
        with transaction.atomic():
            found = _first(wanted.due(now))
            if found is None:
                return None
            if not _is_poison(found, now=now) and _take(found, now=now):
                break
    crash_here("claimed")
    return Delivery.objects.select_related(*_RELATED).get(pk=found.pk)


def _first(wanted: DeliveryQuerySet) -> Delivery | None:
    rows = wanted.order_by("due_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()


def _take(delivery: Delivery, *, now: datetime) -> bool:
    """Push the due moment past the attempt, if nobody else did it meanwhile."""
    lease = now + LEASE
    same = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, state=delivery.state)
    taken = same.update(state=State.SENDING, due_at=lease, attempts=F("attempts") + 1, handed_over_at=None)
    if taken:
        delivery.due_at, delivery.state = lease, State.SENDING
    return bool(taken)


def _is_poison(delivery: Delivery, *, now: datetime) -> bool:
    """Note that the last holder of this claim died, and set the delivery aside after the fifth (F25)."""
    if delivery.state != State.SENDING:
        return False
    is_in_doubt = delivery.handed_over_at is not None
    delivery.crashes += 1
    delivery.doubts += is_in_doubt
    detail = (
        "Our process ended after the text went out." if is_in_doubt else "Our process ended before sending."
    )
    Attempt.objects.create(
        delivery=delivery,
        at=now,
        outcome=Outcome.UNKNOWN if is_in_doubt else Outcome.CRASHED,
        detail=detail,
    )
    delivery.save(update_fields=["crashes", "doubts"])
    if delivery.crashes < MOST_CRASHES:
        return False
    give_up(
        delivery, at=now, state=State.FAILED, reason=f"Set aside: {MOST_CRASHES} processes ended over it."
    )
    return True
