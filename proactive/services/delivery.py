"""Doing the work: a day for it, the start, the delivery and its proof, and why it is not done (P1)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Person
from accounts.queries import actor_for
from contracts.queries import calendars_of, onboarding_of
from contracts.services import finish_step
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from proactive import events, permissions
from proactive.domain.recurrence import is_open_day
from proactive.models import Mailing, Occurrence, State
from proactive.queries.days import today_on
from proactive.services.telling import tell

_OPEN = (State.PLANNED, State.IN_PROGRESS, State.MISSED)


@transaction.atomic
def plan_for(*, actor: Actor, at: datetime, occurrence: Occurrence, on: date, reason: str = "") -> Occurrence:
    """Give a delivery a day of its own; a day outside its window, or a closed one, needs a reason.

    Moved beyond its window it is missed only after that day; what was missed already stays so.
    """
    row = open_row(actor, occurrence)
    calendar = calendars_of(row.programme.contract)["business"]
    if on < today_on(calendar, at):
        raise Invalid("That day has passed.", fields={"on": "Choose a day that is still to come."})
    if not reason.strip():
        _require_ordinary_day(row, on, is_open=is_open_day(on, calendar=calendar))
    row.planned_on, row.reason = on, reason.strip()
    row.deadline_on = max(row.window_last_on, on)
    row.save(update_fields=["planned_on", "reason", "deadline_on"])
    tell(events.OccurrencePlanned, row, actor=actor, at=at, planned_on=on.isoformat(), reason=row.reason)
    return row


@transaction.atomic
def start(*, actor: Actor, at: datetime, occurrence: Occurrence) -> Occurrence:
    """Begin with a delivery; repeating it changes nothing."""
    return begin_row(open_row(actor, occurrence), actor=actor, at=at)


@transaction.atomic
def deliver(*, actor: Actor, at: datetime, occurrence: Occurrence, proof: str) -> Occurrence:
    """Say that it is done, and what shows it; a missed one stays marked as late."""
    row = open_row(actor, occurrence)
    if not proof.strip():
        raise Invalid("Say what shows that it was done.", fields={"proof": "A link or a sentence."})
    return deliver_row(row, actor=actor, at=at, proof=proof.strip())


@transaction.atomic
def skip(*, actor: Actor, at: datetime, occurrence: Occurrence, reason: str) -> Occurrence:
    """Say that it will not be delivered, and why; the client is told."""
    row = open_row(actor, occurrence)
    _leave_out(row, at=at, reason=reason)
    tell(events.OccurrenceSkipped, row, actor=actor, at=at, reason=row.reason)
    return row


@transaction.atomic
def waive(
    *, actor: Actor, at: datetime, occurrence: Occurrence, reason: str, waived_by: str = ""
) -> Occurrence:
    """The client gives a delivery up: a point of contact says so, or staff note who at the client did."""
    row = _seen(actor, occurrence)
    is_client = actor.role_at(row.client_id) == "poc"
    if not is_client and not permissions.may_deliver(actor, row.client_id):
        raise NotAllowed("A point of contact gives up what the plan owes.")
    _require_open(row)
    row.waived_by = actor.name if is_client else waived_by.strip()
    if not row.waived_by:
        raise Invalid(
            "Say who at the client gave it up.", fields={"waived_by": "Name the person who said so."}
        )
    _leave_out(row, at=at, reason=reason)
    tell(events.OccurrenceWaived, row, actor=actor, at=at, reason=row.reason, by=row.waived_by)
    return row


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, occurrence: Occurrence, owner: Person) -> Occurrence:
    """Give a delivery to another owner, one of the provider's people who see the client."""
    row = open_row(actor, occurrence)
    if not permissions.may_deliver(actor_for(owner), row.client_id):
        words = "Choose somebody who works for this client."
        raise Invalid(words, fields={"owner": words})
    if row.owner_id != owner.pk:
        row.owner = owner
        row.save(update_fields=["owner"])
        tell(events.OccurrenceHandedOver, row, actor=actor, at=at, told_id=owner.pk, owner=owner.name)
    return row


def open_row(actor: Actor, occurrence: Occurrence) -> Occurrence:
    """The delivery, locked, if the actor may work on it and it is still open."""
    row = _seen(actor, occurrence)
    if not permissions.may_deliver(actor, row.client_id):
        raise NotAllowed("The client's success manager or its engineers do this.")
    _require_open(row)
    return row


def begin_row(row: Occurrence, *, actor: Actor, at: datetime) -> Occurrence:
    """Begin with a locked delivery; one that was missed stays so until it is delivered."""
    if row.started_at is not None:
        return row
    row.started_at = at
    row.state = State.IN_PROGRESS if row.state == State.PLANNED else row.state
    row.owner_id = row.owner_id or actor.person_id
    row.save(update_fields=["state", "started_at", "owner"])
    tell(events.OccurrenceStarted, row, actor=actor, at=at)
    return row


def deliver_row(
    row: Occurrence, *, actor: Actor, at: datetime, proof: str, mailing: Mailing | None = None
) -> Occurrence:
    """Mark a locked delivery as done, with its proof and the mailing that it was, if it was one."""
    row.state, row.delivered_at, row.proof, row.mailing = State.DELIVERED, at, proof, mailing
    row.save(update_fields=["state", "delivered_at", "proof", "mailing"])
    by_mailing = mailing is not None
    tell(events.OccurrenceDelivered, row, actor=actor, at=at, proof=row.proof, by_mailing=by_mailing)
    if row.is_initial:
        _tick_onboarding(row, actor=actor, at=at)
    return row


def _tick_onboarding(row: Occurrence, *, actor: Actor, at: datetime) -> None:
    """The first delivery of a service is also a step of the onboarding, where the plan has one for it."""
    key = f"initial-{row.programme.service}"
    step = onboarding_of(row.programme.contract).filter(key=key, done_at__isnull=True).first()
    if step is not None:
        finish_step(actor=actor, at=at, step=step)


def _seen(actor: Actor, occurrence: Occurrence) -> Occurrence:
    rows = Occurrence.objects.select_for_update(of=("self",)).select_related("programme__contract__calendar")
    row = rows.filter(pk=occurrence.pk).first()
    if row is None or not actor.sees_client(row.client_id):
        raise NotHere
    return row


def _require_open(row: Occurrence) -> None:
    if row.state not in _OPEN:
        raise Conflict(f"This is {row.get_state_display().lower()} already.")


def _require_ordinary_day(row: Occurrence, on: date, *, is_open: bool) -> None:
    if not row.window_first_on <= on <= row.window_last_on:
        raise Invalid(
            f"{on:%d %b %Y} is outside the window of this delivery.",
            fields={"reason": "Say why it moves out of its window."},
        )
    if not is_open:
        raise Invalid(
            f"{on:%A %d %b %Y} is a day without support hours.",
            fields={"reason": "Say why it is done on a closed day."},
        )


def _leave_out(row: Occurrence, *, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise Invalid("Say why it is left out.", fields={"reason": "Both sides read this."})
    row.state, row.skipped_at, row.reason = State.SKIPPED, at, reason.strip()
    row.save(update_fields=["state", "skipped_at", "reason", "waived_by"])
