"""What follows from an attempt: done, due later, or given up and shown; both in one commit."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import F

from events.domain.actor import SYSTEM
from events.fail_points import crash_here
from events.services import record
from notify.channels.answer import Answer
from notify.domain.schedule import HOOK_STEPS, MOST_CRASHES, MOST_DOUBTS, next_hook_at, next_mail_at
from notify.events import DeliveryGivenUp, EndpointSuspended
from notify.models import Attempt, Channel, Delivery, Endpoint, Outcome, State

_LAST_TRY = len(HOOK_STEPS)


def settle(delivery: Delivery, answer: Answer, *, now: datetime) -> None:
    """Write down how the attempt ended and what follows; a claim that another holds by now is left alone."""
    crash_here("before_done")
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery,
            at=now,
            outcome=answer.outcome,
            detail=answer.detail[:300],
            duration_ms=answer.duration_ms,
        )
        held = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, state=State.SENDING)
        if not held.update(outcome=answer.detail[:300], handed_over_at=None):
            return
        delivery.refresh_from_db(fields=["attempts", "crashes", "doubts", "created_at"])
        if delivery.channel == Channel.WEBHOOK:
            _settle_hook(delivery, answer, now=now)
        else:
            _settle_mail(delivery, answer, now=now)


def finish(delivery: Delivery, *, at: datetime, state: State, reason: str = "") -> None:
    """Put a delivery at rest in that state."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, due_at=None, settled_at=at, handed_over_at=None, outcome=reason[:300]
    )


def give_up(delivery: Delivery, *, at: datetime, state: State, reason: str) -> None:
    """Put a delivery at rest that did not arrive, and record it so that somebody hears of it.

    What was written to many is counted among the figures of its mailing instead.
    """
    finish(delivery, at=at, state=state, reason=reason)
    if delivery.record.kind == DeliveryGivenUp.kind or delivery.is_bulk:
        return
    event = DeliveryGivenUp(
        client_id=delivery.client_id,
        subject_id=delivery.pk,
        channel=delivery.channel,
        reason=reason[:200],
        ticket_id=delivery.ticket_id,
        key=str(delivery.record.data.get("key") or ""),
    )
    record(event, at=at, actor=SYSTEM)


def postpone(delivery: Delivery, *, until: datetime, state: State = State.WAITING) -> None:
    """Let a delivery be due again at that moment."""
    Delivery.objects.filter(pk=delivery.pk).update(state=state, due_at=until, handed_over_at=None)


@transaction.atomic
def let_mails_wait(*, now: datetime, until: datetime) -> int:
    """Put off every mail that is due while the mail server is away: it is asked once, not for each."""
    due = Delivery.objects.filter(
        channel=Channel.EMAIL, due_at__lte=now, state__in=(State.WAITING, State.UNKNOWN)
    )
    return due.update(due_at=until)


def _settle_mail(delivery: Delivery, answer: Answer, *, now: datetime) -> None:
    if answer.outcome == Outcome.DONE:
        finish(delivery, at=now, state=State.DONE, reason=answer.detail)
    elif answer.outcome == Outcome.WITHDRAWN:
        finish(delivery, at=now, state=State.WITHDRAWN, reason=answer.detail)
    elif answer.outcome == Outcome.FAILED:
        give_up(delivery, at=now, state=State.FAILED, reason=answer.detail)
    elif answer.outcome == Outcome.UNKNOWN:
        _settle_doubt(delivery, answer, now=now)
    elif answer.is_ours and delivery.attempts >= MOST_CRASHES:
        give_up(delivery, at=now, state=State.FAILED, reason=answer.detail)
    else:
        _try_mail_later(delivery, answer, now=now, state=State.WAITING)


def _settle_doubt(delivery: Delivery, answer: Answer, *, now: datetime) -> None:
    """One more copy under the same id after a lost answer; after the second, a person decides (F11)."""
    Delivery.objects.filter(pk=delivery.pk).update(doubts=F("doubts") + 1)
    if delivery.doubts + 1 >= MOST_DOUBTS:
        give_up(delivery, at=now, state=State.UNKNOWN, reason=answer.detail)
    else:
        _try_mail_later(delivery, answer, now=now, state=State.UNKNOWN)


def _try_mail_later(delivery: Delivery, answer: Answer, *, now: datetime, state: State) -> None:
    again_at = next_mail_at(
        first_due_at=delivery.created_at,
        now=now,
        attempts=delivery.attempts,
        is_refused_for_now=answer.is_refused_for_now,
    )
    if again_at is None:
        give_up(delivery, at=now, state=State.FAILED, reason=f"Tried for five days. {answer.detail}")
    else:
        postpone(delivery, until=again_at, state=state)


def _settle_hook(delivery: Delivery, answer: Answer, *, now: datetime) -> None:
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(deliveries=delivery)
    if answer.outcome == Outcome.DONE:
        finish(delivery, at=now, state=State.DONE, reason=answer.detail)
        if endpoint.failures:
            Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, resting_until=None)
        return
    if answer.outcome == Outcome.WITHDRAWN:
        finish(delivery, at=now, state=State.WITHDRAWN, reason=answer.detail)
        return
    if answer.is_gone:
        postpone(delivery, until=now)
        _suspend(endpoint, now=now, reason="The receiver said that it is gone for good (410).")
        return
    _try_hook_later(delivery, endpoint, answer, now=now)


def _try_hook_later(delivery: Delivery, endpoint: Endpoint, answer: Answer, *, now: datetime) -> None:
    jitter = _jitter(delivery)
    again_at = next_hook_at(now=now, attempts=delivery.attempts, jitter=jitter, asked_wait=answer.asked_wait)
    endpoint.failures += 1
    rest = next_hook_at(
        now=now, attempts=min(endpoint.failures, _LAST_TRY), jitter=jitter, asked_wait=answer.asked_wait
    )
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=endpoint.failures, resting_until=rest)
    if again_at is not None:
        postpone(delivery, until=again_at)
        return
    give_up(delivery, at=now, state=State.FAILED, reason=answer.detail)
    if endpoint.failures > _LAST_TRY:
        _suspend(endpoint, now=now, reason=f"No delivery succeeded for days. {answer.detail}")


def _suspend(endpoint: Endpoint, *, now: datetime, reason: str) -> None:
    """Stop calling an endpoint that is gone, and record it; what was due waits for somebody to resume it."""
    if endpoint.suspended_at is not None:
        return
    Endpoint.objects.filter(pk=endpoint.pk).update(suspended_at=now, suspended_reason=reason[:200])
    Delivery.objects.under_way().filter(endpoint=endpoint).update(state=State.SUSPENDED, due_at=None)
    event = EndpointSuspended(
        client_id=endpoint.client_id, subject_id=endpoint.pk, url=endpoint.url, reason=reason[:200]
    )
    record(event, at=now, actor=SYSTEM)


def _jitter(delivery: Delivery) -> float:
    """A number between 0 and 1 that is the same for a try whoever makes it."""
    digest = hashlib.sha256(f"{delivery.pk}:{delivery.attempts}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
