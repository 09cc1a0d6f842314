"""Corrections: an entry is taken back and written anew, both visible; a lead settles the unpaid (H2, H5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from events.domain.actor import Actor
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.services import record
from hours import events, permissions
from hours.domain import activities
from hours.models import EntryState, LedgerEntry, Movement, TimeEntry
from hours.queries.entries import entry_for
from hours.queries.terms import scope_of
from hours.services.book import Book, lock_account
from hours.services.checks import Work
from hours.services.holding import ask_for, draw_held, settle_requests
from hours.services.periods import open_book
from hours.services.time import log_work
from tickets.models import Ticket
from tickets.queries import ticket_by_id

_REVERSIBLE = (EntryState.DRAWN, EntryState.HELD, EntryState.DECLINED, EntryState.NOT_BILLED)
_UNPAID = (EntryState.HELD, EntryState.DECLINED)


@transaction.atomic
def reverse_entry(*, actor: Actor, at: datetime, entry: TimeEntry, reason: str) -> TimeEntry:
    """Take an entry back: a negative entry beside it, and what it drew is in its buckets again (H2).

    Minutes of a bucket that has ended go into the present period's; what is held draws from them. Gives the
    reversal. A second reversal is a `Conflict`; the entry of somebody else is for leads.
    """
    ticket, row = _locked(actor, entry)
    _check(actor, row, reason)
    book = open_book(ticket.contract, at=at)
    reversal = _reverse(book, row, actor=actor, reason=reason)
    _place_returned(book, actor=actor)
    draw_held(book, actor=actor)
    settle_requests(book)
    book.write()
    return reversal


@transaction.atomic
def correct_entry(
    *,
    actor: Actor,
    at: datetime,
    entry: TimeEntry,
    reason: str,
    minutes: int | None = None,
    worked_on: date | None = None,
    note: str = "",
    activity: str = "",
) -> TimeEntry:
    """Take an entry back and write it anew with what is given changed; gives the new entry (H2).

    Works for closed months too: both movements show in the open month's statement (H9). What a lead had
    marked as not billed stays so, and what the client declined is for a lead to write anew.
    """
    ticket, row = _locked(actor, entry)
    _check(actor, row, reason)
    if row.state == EntryState.DECLINED and not permissions.may_waive(actor, row.client_id):
        raise NotAllowed("The client declined this entry: a lead decides about it.")
    waived = _waiver_of(row)
    book = open_book(ticket.contract, at=at)
    _reverse(book, row, actor=actor, reason=reason)
    book.write()
    work = Work(
        minutes=row.worked_minutes if minutes is None else minutes,
        worked_on=worked_on or row.worked_on,
        note=note or row.note,
        activity=activity or row.activity,
        person=row.person,
        emergency_reason=row.emergency_reason,
        waived=waived,
        corrects=row,
    )
    made = log_work(actor=actor, at=at, ticket=ticket, work=work)
    _tidy(ticket, actor=actor, at=at)
    return made


@transaction.atomic
def mark_not_billed(*, actor: Actor, at: datetime, entry: TimeEntry, reason: str) -> TimeEntry:
    """A lead decides that nobody pays for the entry (H5, H7); gives the entry that stands afterwards.

    Held and declined entries keep their row; a drawn one is taken back and written anew as not billed.
    """
    ticket, row = _locked(actor, entry)
    if not permissions.may_waive(actor, row.client_id):
        raise NotAllowed("A lead marks work as not billed.")
    if row.state not in _UNPAID:
        return _rewrite_unbilled(actor, at, ticket, row, reason)
    _require_reason(reason)
    book = open_book(ticket.contract, at=at)
    _settle(book, row, EntryState.NOT_BILLED, reason=reason, actor=actor)
    settle_requests(book)
    book.write()
    return row


@transaction.atomic
def ask_again(*, actor: Actor, at: datetime, entry: TimeEntry, reason: str) -> TimeEntry:
    """A lead puts a declined entry to the client once more; it is held again, whatever is left (H5)."""
    ticket, row = _locked(actor, entry)
    if not permissions.may_waive(actor, row.client_id):
        raise NotAllowed("A lead decides about declined entries.")
    if row.state != EntryState.DECLINED:
        raise Conflict("Only declined entries are put to the client again.")
    _require_reason(reason)
    book = open_book(ticket.contract, at=at)
    _settle(book, row, EntryState.HELD, reason=reason, actor=actor)
    ask_for(book, row, actor=actor)
    book.write()
    return row


def _rewrite_unbilled(actor: Actor, at: datetime, ticket: Ticket, row: TimeEntry, reason: str) -> TimeEntry:
    if row.state == EntryState.NOT_BILLED:
        raise Conflict("The entry is not billed already.")
    _check(actor, row, reason)
    book = open_book(ticket.contract, at=at)
    _reverse(book, row, actor=actor, reason=reason)
    book.write()
    work = Work(
        minutes=row.worked_minutes,
        worked_on=row.worked_on,
        note=row.note,
        activity=row.activity,
        person=row.person,
        not_billed_reason=reason.strip(),
        corrects=row,
    )
    made = log_work(actor=actor, at=at, ticket=ticket, work=work)
    _tidy(ticket, actor=actor, at=at)
    return made


def _locked(actor: Actor, entry: TimeEntry) -> tuple[Ticket, TimeEntry]:
    """The entry as it is now, behind the locks of its ticket and its account, in that order.

    Whoever holds the account may settle any of its held entries: an entry locked before it would wait for
    them while they wait for it.
    """
    seen = entry_for(actor, entry.pk)
    ticket = ticket_by_id(actor, seen.ticket_id, lock=True)
    lock_account(ticket.contract)
    row = TimeEntry.objects.select_for_update(of=("self",)).select_related("person").get(pk=entry.pk)
    row.ticket = ticket
    return ticket, row


def _check(actor: Actor, row: TimeEntry, reason: str) -> None:
    if not permissions.may_correct(actor, row):
        raise NotAllowed("This is somebody else's entry: its person corrects it, or a lead.")
    if row.state not in _REVERSIBLE:
        raise Conflict("The entry has been taken back already.")
    _require_reason(reason)


def _waiver_of(row: TimeEntry) -> str:
    """A lead's reason why nobody pays for work that would draw by itself; empty where none was given."""
    if row.state != EntryState.NOT_BILLED:
        return ""
    decision = activities.decide(row.activity, scope_of(row.ticket))
    return (row.settled_reason or row.not_billed_reason) if decision.draws or decision.blocked else ""


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Give the reason; it stays beside the entry.", fields={"reason": "Give the reason."})


def _reverse(book: Book, row: TimeEntry, *, actor: Actor, reason: str) -> TimeEntry:
    reversal = TimeEntry.objects.create(
        client_id=row.client_id,
        contract_id=row.contract_id,
        ticket=row.ticket,
        person_id=row.person_id,
        logged_by_id=actor.person_id or row.logged_by_id,
        worked_on=row.worked_on,
        worked_minutes=-row.worked_minutes,
        billed_minutes=-row.billed_minutes,
        activity=row.activity,
        category=row.category,
        note=reason.strip(),
        state=EntryState.REVERSAL,
        at=book.at,
        reverses=row,
    )
    drawn = LedgerEntry.objects.filter(time_entry=row, kind=Movement.DRAW).order_by("number")
    movements = list(drawn.values_list("bucket_id", "minutes"))
    book.take_up(bucket_id for bucket_id, _ in movements)
    for bucket_id, minutes in movements:
        book.post(Movement.REVERSAL, bucket_id, -minutes, actor=actor, time_entry=reversal)
    row.state = EntryState.REVERSED
    row.save(update_fields=("state",))
    book.write()
    event = events.EntryReversed(
        client_id=row.client_id,
        subject_id=row.ticket_id,
        key=row.ticket.key,
        entry_id=row.pk,
        reversal_id=reversal.pk,
        reason=reason.strip(),
    )
    record(event, at=book.at, actor=actor)
    return reversal


def _tidy(ticket: Ticket, *, actor: Actor, at: datetime) -> None:
    book = open_book(ticket.contract, at=at)
    _place_returned(book, actor=actor)
    draw_held(book, actor=actor)
    settle_requests(book)
    book.write()


def _place_returned(book: Book, *, actor: Actor) -> None:
    """Move minutes that came back to an ended bucket into the present period's, else let them expire.

    The mistake was ours, so the client does not lose them with the period that they were drawn in.
    """
    for row in list(book.rows.values()):
        bucket = row.bucket
        if not row.remaining or bucket.expires_at is None or bucket.expires_at > book.at:
            continue
        target = book.current(bucket.kind, bucket.category)
        minutes = row.remaining
        if target is None:
            book.post(Movement.EXPIRY, bucket.pk, -minutes, actor=actor)
            continue
        book.post(Movement.TRANSFER, bucket.pk, -minutes, actor=actor)
        book.post(Movement.TRANSFER, target, minutes, actor=actor)


def _settle(book: Book, row: TimeEntry, state: EntryState, *, reason: str, actor: Actor) -> None:
    row.state, row.overage, row.settled_reason = state, None, reason.strip()[:300]
    row.save(update_fields=("state", "overage", "settled_reason"))
    event = events.EntrySettled(
        client_id=row.client_id,
        subject_id=row.contract_id,
        entry_id=row.pk,
        state=state,
        reason=reason.strip(),
    )
    book.tell(event, actor=actor)
