"""Weekend engineers for planned work: asked for in time, confirmed with a name, declined, withdrawn (E8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Person
from contracts.models import Contract, Environment
from contracts.queries import calendars_of, contract_for, effective_plan
from escalation import permissions
from escalation.domain.bookings import (
    FURTHEST,
    LONGEST,
    earliest_start,
    is_in_time,
    is_weekend,
    whole_minute,
)
from escalation.events import BookingAsked, BookingConfirmed, BookingDeclined, BookingWithdrawn
from escalation.models import Booking, BookingState
from escalation.queries.bookings import bookable_people, booking_for
from escalation.queries.people import is_away
from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.services import record
from tickets.domain.texts import clean_body, clean_line, is_submission_id

SUMMARY_LIMIT = 200
DETAIL_LIMIT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingWish:
    """What work is planned, from when to when, and on which system."""

    starts_at: datetime
    ends_at: datetime
    summary: str
    detail: str = ""
    environment: Environment | None = None


@transaction.atomic
def request_booking(
    *, actor: Actor, at: datetime, contract: Contract, wish: BookingWish, submission_id: str | None = None
) -> Booking:
    """Ask for an engineer for planned work at a weekend, early enough for the plan (E8).

    Too late is `Invalid`, with the earliest moment that can still be had. The same `submission_id` gives the
    first booking; another one for the same time under the contract is a `Conflict`.
    """
    contract = contract_for(actor, contract.pk)
    if not permissions.may_book(actor, contract.client_id):
        raise NotAllowed("A point of contact of the client books engineers.")
    if submission_id and not is_submission_id(submission_id):
        raise Invalid("This form cannot be told from others; open it anew.")
    Contract.objects.select_for_update().get(pk=contract.pk)
    known = Booking.objects.filter(contract=contract, submission_id=submission_id or "").first()
    if known is not None:
        return known
    summary = _checked(contract, wish, at=at)
    _check_free(contract, wish)
    row = Booking.objects.create(
        client_id=contract.client_id,
        contract=contract,
        environment=wish.environment,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        summary=summary,
        detail=clean_body(wish.detail).strip()[:DETAIL_LIMIT],
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        asked_at=at,
        submission_id=submission_id or None,
    )
    record(BookingAsked(**_facts(row)), at=at, actor=actor)
    return row


@transaction.atomic
def confirm_booking(
    *, actor: Actor, at: datetime, booking: Booking, engineer: Person, answer: str = ""
) -> Booking:
    """Say who will be there; on a confirmed booking this names somebody else (E8).

    The engineer serves the client, is cleared where the contract asks for it, is not away then, and is booked
    for nothing else at that time. Confirming the same again changes nothing.
    """
    row = _to_decide(actor, booking, at=at, states=(BookingState.ASKED, BookingState.CONFIRMED))
    if not bookable_people(row.contract).filter(pk=engineer.pk).exists():
        words = "Choose an engineer who serves this client and is cleared for it."
        raise Invalid(words, fields={"engineer": words})
    if (row.state, row.engineer_id, row.answer) == (
        BookingState.CONFIRMED,
        engineer.pk,
        clean_body(answer).strip(),
    ):
        return row
    person = Person.objects.select_for_update().get(pk=engineer.pk)
    _check_person_free(row, person)
    row.engineer, row.state, row.answer = person, BookingState.CONFIRMED, clean_body(answer).strip()
    row.decided_by_id, row.decided_at = actor.person_id, at
    row.save()
    event = BookingConfirmed(**_facts(row), engineer=person.name, told_ids=[person.pk])
    record(event, at=at, actor=actor)
    return row


@transaction.atomic
def decline_booking(*, actor: Actor, at: datetime, booking: Booking, answer: str) -> Booking:
    """Say that nobody can be there, and why (E8)."""
    row = _to_decide(actor, booking, at=at, states=(BookingState.ASKED,))
    reason = clean_body(answer).strip()
    if not reason:
        raise Invalid("Say why.", fields={"answer": "The client reads why, and what else is possible."})
    row.state, row.answer = BookingState.DECLINED, reason
    row.decided_by_id, row.decided_at = actor.person_id, at
    row.save()
    record(BookingDeclined(**_facts(row), reason=reason), at=at, actor=actor)
    return row


@transaction.atomic
def withdraw_booking(*, actor: Actor, at: datetime, booking: Booking) -> Booking:
    """The client no longer needs the engineer; until the work begins (E8)."""
    row = booking_for(actor, booking_id=booking.pk, lock=True)
    if not permissions.may_book(actor, row.client_id):
        raise NotAllowed("A point of contact of the client withdraws a booking.")
    if row.state not in (BookingState.ASKED, BookingState.CONFIRMED):
        raise Conflict(f"This booking is {row.get_state_display().lower()} already.")
    if row.starts_at <= at:
        raise Conflict("The work has begun; tell the engineer.")
    row.state = BookingState.WITHDRAWN
    row.save(update_fields=["state"])
    told = [row.engineer_id] if row.engineer_id else []
    record(BookingWithdrawn(**_facts(row), told_ids=told), at=at, actor=actor)
    return row


def _to_decide(actor: Actor, booking: Booking, *, at: datetime, states: tuple[BookingState, ...]) -> Booking:
    row = booking_for(actor, booking_id=booking.pk, lock=True)
    if not permissions.may_decide_booking(actor, row.client_id):
        raise NotAllowed("Leads and the client's success manager decide about bookings.")
    if row.state not in states:
        raise Conflict(f"This booking is {row.get_state_display().lower()} already.")
    if row.starts_at <= at:
        raise Conflict("The wanted time has passed.")
    return row


def _checked(contract: Contract, wish: BookingWish, *, at: datetime) -> str:
    summary = clean_line(wish.summary)
    faults = {}
    if not summary:
        faults["summary"] = "Say in one line what is done."
    elif len(summary) > SUMMARY_LIMIT:
        faults["summary"] = f"Keep it to {SUMMARY_LIMIT} characters; the rest belongs below."
    if wish.ends_at <= wish.starts_at or wish.ends_at - wish.starts_at > LONGEST:
        faults["ends_at"] = "Choose an end after the start, at most 24 hours later."
    environment = wish.environment
    if environment is not None and environment.contract_id != contract.pk:
        raise NotHere
    if words := _why_not_then(contract, wish.starts_at, at=at):
        faults["starts_at"] = words
    if faults:
        raise Invalid(next(iter(faults.values())), fields=faults)
    return summary


def _why_not_then(contract: Contract, starts_at: datetime, *, at: datetime) -> str:
    """Why nobody can be booked for that start, with what can be had instead; empty where it is possible."""
    coverage = effective_plan(contract).coverage
    if coverage.booking_notice_days is None:
        raise Invalid(f"{contract.name} has no weekend engineers to book; ask your success manager.")
    calendars = calendars_of(contract)
    week, zone = calendars.get(coverage.dedicated_calendar), ZoneInfo(calendars["business"].zone)
    days = coverage.booking_notice_days
    if not is_in_time(starts_at, asked_at=at, notice_days=days):
        first = earliest_start(week, asked_at=at, notice_days=days, zone=zone)
        return f"Ask at least {days} days ahead: the earliest start is now {_words(first, zone)}."
    if starts_at - at > FURTHEST:
        return "Choose a start within a year."
    if contract.ends_on is not None and starts_at.astimezone(zone).date() > contract.ends_on:
        return f"The contract ends on {contract.ends_on:%d %b %Y}; choose a start before that."
    if not is_weekend(week, starts_at, zone=zone):
        first = earliest_start(week, asked_at=starts_at, notice_days=0, zone=zone)
        return f"The team is at work then, and needs no booking. The weekend begins {_words(first, zone)}."
    return ""


def _words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as the client's clock shows it; typed a little later it is still in time."""
    local = whole_minute(moment.astimezone(UTC)).astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def _check_free(contract: Contract, wish: BookingWish) -> None:
    alive = Booking.objects.filter(contract=contract, state__in=(BookingState.ASKED, BookingState.CONFIRMED))
    same = alive.filter(starts_at__lt=wish.ends_at, ends_at__gt=wish.starts_at, environment=wish.environment)
    found = same.first()
    if found is not None:
        raise Conflict(f"An engineer is asked for at that time already: {found.summary}.")


def _check_person_free(row: Booking, person: Person) -> None:
    if is_away(person, row.starts_at):
        words = f"{person.name} is away then; name somebody else."
        raise Invalid(words, fields={"engineer": words})
    others = Booking.objects.filter(engineer=person, state=BookingState.CONFIRMED).exclude(pk=row.pk)
    clash = others.filter(starts_at__lt=row.ends_at, ends_at__gt=row.starts_at)
    if clash.exists():
        words = f"{person.name} is booked at that time already; name somebody else."
        raise Invalid(words, fields={"engineer": words})


def _facts(row: Booking) -> dict[str, Any]:
    return {
        "client_id": row.client_id,
        "subject_id": row.pk,
        "booking_id": row.pk,
        "contract_id": row.contract_id,
        "title": row.summary,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
    }
