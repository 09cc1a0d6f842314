"""Logging work: minutes worked and billed, drawn from the buckets, held, or not billed (H1 to H7)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Person
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.errors import Conflict
from events.services import record
from hours import events
from hours.domain import activities
from hours.domain.ledger import Draw, draw, usable_for
from hours.models import EntryState, TimeEntry
from hours.queries.terms import has_hours, scope_of
from hours.services.book import Book
from hours.services.checks import Work, amount_of, check_day, decide, sent_before, worker_of
from hours.services.holding import ask_for, warn
from hours.services.periods import open_book
from tickets.models import Ticket
from tickets.queries import ticket_by_id


@transaction.atomic
def log_time(  # noqa: PLR0913 - one field a fact of the entry
    *,
    actor: Actor,
    at: datetime,
    ticket: Ticket,
    minutes: int,
    worked_on: date,
    note: str,
    activity: str = activities.REQUESTED_WORK,
    request_key: str | None = None,
    person: Person | None = None,
    not_billed_reason: str = "",
    emergency_reason: str = "",
    on_site: bool = False,
) -> TimeEntry:
    """Log work on a ticket; its billed minutes are drawn whole, or held and put to the client (H1, H3, H5).

    `worked_on` is a date in the contract's zone. `request_key` makes a repeated request give the first
    entry. Only leads log for another `person` or set `not_billed_reason`; `emergency_reason` says why work
    beyond the balance could not wait for approval. Raises `NotHere`, `NotAllowed`, `Conflict`, or `Invalid`
    with words to each field.
    """
    work = Work(
        minutes=minutes,
        worked_on=worked_on,
        note=note,
        activity=activity,
        request_key=request_key or None,
        person=person,
        not_billed_reason=not_billed_reason.strip(),
        emergency_reason=emergency_reason.strip(),
        on_site=on_site,
    )
    row = ticket_by_id(actor, ticket.pk, lock=True)
    return log_work(actor=actor, at=at, ticket=row, work=work)


def log_work(*, actor: Actor, at: datetime, ticket: Ticket, work: Work) -> TimeEntry:
    """The same inside a caller's transaction, on a ticket that the caller has locked."""
    person_id = worker_of(actor, work, ticket)
    if (known := sent_before(actor, work, ticket)) is not None:
        return known
    plan = effective_plan(ticket.contract)
    scope = scope_of(ticket, plan)
    entry = _entry(
        ticket,
        work,
        person_id=person_id,
        logged_by_id=actor.person_id or person_id,
        amount=amount_of(work, scope, increment=plan.hours.increment_minutes),
        at=at,
    )
    decision = decide(work, ticket, scope)
    book = open_book(ticket.contract, at=at, plan=plan) if has_hours(ticket.contract, plan) else None
    check_day(work, ticket, at=at, book=book)
    draws: list[Draw] = []
    if book is not None and decision.draws:
        usable = usable_for(book.states(), worked_on=work.worked_on, at=at)
        draws = draw(usable, entry.billed_minutes, ticket.category)
        entry.state = EntryState.DRAWN if draws else EntryState.HELD
    else:
        entry.not_billed_reason = decision.reason[:300]
    _insert(entry)
    if book is not None:
        book.post_draws(draws, entry, actor=actor)
        book.write()
    record(_logged(entry), at=at, actor=actor)
    _follow_up(book, entry, actor=actor)
    return entry


def _follow_up(book: Book | None, entry: TimeEntry, *, actor: Actor) -> None:
    if book is None:
        return
    if entry.state == EntryState.HELD:
        ask_for(book, entry, actor=actor)
    elif entry.state == EntryState.DRAWN:
        warn(book)


def _entry(
    ticket: Ticket, work: Work, *, person_id: int, logged_by_id: int, amount: int, at: datetime
) -> TimeEntry:
    return TimeEntry(
        client_id=ticket.client_id,
        contract=ticket.contract,
        ticket=ticket,
        person_id=person_id,
        logged_by_id=logged_by_id,
        worked_on=work.worked_on,
        worked_minutes=work.minutes,
        billed_minutes=amount,
        activity=work.activity,
        category=ticket.category,
        note=work.note.strip(),
        state=EntryState.NOT_BILLED,
        emergency_reason=work.emergency_reason,
        at=at,
        request_key=work.request_key,
        corrects=work.corrects,
    )


def _insert(entry: TimeEntry) -> None:
    if entry.request_key is None:
        entry.save(force_insert=True)
        return
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("The same request is being worked on; send it again in a moment.") from error


def _logged(entry: TimeEntry) -> events.TimeLogged:
    return events.TimeLogged(
        client_id=entry.client_id,
        subject_id=entry.ticket_id,
        key=entry.ticket.key,
        entry_id=entry.pk,
        contract_id=entry.contract_id,
        person_id=entry.person_id,
        worked_on=entry.worked_on.isoformat(),
        minutes=entry.worked_minutes,
        billed_minutes=entry.billed_minutes,
        activity=entry.activity,
        state=entry.state,
    )
