"""Work beyond the balance: asked ahead, approved or declined by a point of contact (H5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from contracts.models import Contract
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from hours import events, permissions
from hours.domain.amounts import MOST_MINUTES, clock_text
from hours.domain.ledger import BucketKind
from hours.domain.periods import local_date, midnight
from hours.models import Bucket, EntryState, Movement, Origin, OverageRequest, RequestState, TimeEntry
from hours.queries.requests import overage_for
from hours.queries.terms import has_hours
from hours.services.book import Book
from hours.services.holding import ask_for, draw_held, tell_asked, tell_decided
from hours.services.periods import open_book
from tickets.models import Ticket
from tickets.queries import ticket_by_id

FRESH = timedelta(minutes=15)


@transaction.atomic
def request_overage(
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    minutes: int,
    text: str,
    request_key: str | None = None,
) -> OverageRequest:
    """Ask the client ahead of the work to approve so many minutes beyond the balance (H5, H6).

    One open question a ticket: a second one is a `Conflict`; the same `request_key` gives the first.
    """
    row = ticket_by_id(actor, ticket.pk, lock=True)
    if not permissions.may_ask_overage(actor, row.client_id):
        raise NotAllowed("Whoever works on the ticket asks for overage.")
    book = open_book(row.contract, at=at)
    if not has_hours(row.contract, book.plan):
        raise Invalid("The plan has no hours, so nothing needs approval.")
    known = OverageRequest.objects.filter(contract=row.contract, request_key=request_key or "").first()
    if known is not None:
        return known
    _check_amount(minutes)
    if not text.strip():
        raise Invalid("Say what the work is.", fields={"text": "The client decides by these words."})
    waiting = OverageRequest.objects.filter(ticket=row, origin=Origin.AHEAD, state=RequestState.ASKED)
    if waiting.exists():
        raise Conflict("The client has been asked for this ticket already.")
    request = OverageRequest.objects.create(
        client_id=row.client_id,
        contract=row.contract,
        ticket=row,
        origin=Origin.AHEAD,
        minutes=minutes,
        text=text.strip(),
        asked_by_id=actor.person_id,
        asked_at=at,
        request_key=request_key or None,
    )
    tell_asked(book, request, actor=actor)
    return request


@transaction.atomic
def decide_overage(
    *,
    actor: Actor,
    at: datetime,
    overage: OverageRequest,
    approve: bool,
    minutes: int | None = None,
    answer: str = "",
    expires_on: date | None = None,
    reauthenticated_at: datetime | None = None,
) -> OverageRequest:
    """A point of contact approves, for as many minutes and as long as it says, or declines (H5).

    Approved minutes make a bucket, and what is held draws, oldest first. Above the contract's amount the
    person must have signed in again within 15 minutes (`reauthenticated_at`), else `NotAllowed` with code
    `reauthentication_required`. Decided already is a `Conflict`. `expires_on` is the last day, that day
    included.
    """
    seen = overage_for(actor, overage.pk)
    if not permissions.may_decide_for_client(actor, seen.client_id):
        raise NotAllowed("A point of contact of the client decides this.")
    contract = Contract.objects.with_terms().get(pk=seen.contract_id)
    book = open_book(contract, at=at)
    request = OverageRequest.objects.select_related("ticket").get(pk=seen.pk)
    if request.state != RequestState.ASKED:
        raise Conflict(f"This request is {request.get_state_display().lower()} already.")
    request.answer, request.decided_at = answer.strip(), at
    request.decided_by_id, request.decided_by_name = actor.person_id, actor.name
    if approve:
        amount = request.minutes if minutes is None else minutes
        _check_approval(book, amount, expires_on=expires_on, reauthenticated_at=reauthenticated_at)
        _approve(book, request, amount, expires_on=expires_on, actor=actor)
    else:
        _decline(book, request, actor=actor)
    return request


def _approve(
    book: Book, request: OverageRequest, minutes: int, *, expires_on: date | None, actor: Actor
) -> None:
    bucket = Bucket(
        kind=BucketKind.OVERAGE,
        label=f"Overage approved for {request.ticket.key}",
        minutes=minutes,
        opened_at=book.at,
        expires_at=midnight(expires_on + timedelta(days=1), book.zone) if expires_on else None,
    )
    request.bucket = book.add_bucket(bucket, Movement.OVERAGE, actor=actor)
    request.state, request.approved_minutes, request.expires_on = RequestState.APPROVED, minutes, expires_on
    request.save()
    tell_decided(book, request, actor=actor)
    book.tell(
        events.HoursGranted(
            client_id=request.client_id,
            subject_id=request.contract_id,
            bucket_id=bucket.pk,
            bucket_kind=bucket.kind,
            label=bucket.label,
            minutes=minutes,
            expires_at=bucket.expires_at.isoformat() if bucket.expires_at else None,
        ),
        actor=actor,
    )
    draw_held(book, actor=actor)
    _ask_for_rest(book, request)
    book.write()


def _ask_for_rest(book: Book, request: OverageRequest) -> None:
    """What the approved minutes did not cover stays held, and the client is asked for it anew."""
    for entry in TimeEntry.objects.held().filter(overage=request):
        ask_for(book, entry, actor=SYSTEM)


def _decline(book: Book, request: OverageRequest, *, actor: Actor) -> None:
    request.state = RequestState.DECLINED
    request.save()
    TimeEntry.objects.filter(overage=request, state=EntryState.HELD).update(state=EntryState.DECLINED)
    tell_decided(book, request, actor=actor)


def _check_amount(minutes: int) -> None:
    if type(minutes) is not int or not 0 < minutes <= MOST_MINUTES:
        raise Invalid(
            "Give whole minutes, one at least.", fields={"minutes": "Give whole minutes, one at least."}
        )


def _check_approval(
    book: Book, minutes: int, *, expires_on: date | None, reauthenticated_at: datetime | None
) -> None:
    _check_amount(minutes)
    if expires_on is not None and expires_on < local_date(book.at, book.zone):
        raise Invalid("That day has passed.", fields={"expires_on": "Choose today or a later day."})
    limit = book.contract.overage_reauth_minutes
    is_fresh = reauthenticated_at is not None and book.at - FRESH <= reauthenticated_at <= book.at + FRESH
    if limit is not None and minutes > limit and not is_fresh:
        raise NotAllowed(
            f"Above {clock_text(limit)} sign in again before you approve.", code="reauthentication_required"
        )
