"""Work that does not fit is held; the client is asked once, and it draws as soon as minutes come (H5, H6)."""

from __future__ import annotations

from django.db.models import Sum

from events.domain.actor import SYSTEM, Actor
from hours import events
from hours.domain.ledger import available, fitting
from hours.domain.warnings import due_warnings, used_percent
from hours.models import EntryState, Origin, OverageRequest, RequestState, TimeEntry, UseWarning
from hours.services.book import Book

_OF_HELD_WORK = (Origin.HELD, Origin.EMERGENCY)


def ask_for(book: Book, entry: TimeEntry, *, actor: Actor) -> None:
    """Put a held entry to the client: onto the open request of its kind, or onto a new one.

    Many engineers on one empty balance make one request, not one each; its minutes follow what is missing.
    """
    origin = Origin.EMERGENCY if entry.emergency_reason else Origin.HELD
    waiting = OverageRequest.objects.filter(contract=book.contract, origin=origin, state=RequestState.ASKED)
    if origin is Origin.EMERGENCY:
        waiting = waiting.filter(ticket_id=entry.ticket_id)
    request = waiting.first()
    if request is not None:
        _attach(entry, request)
        request.minutes = _missing(book, request)
        request.save(update_fields=("minutes",))
        return
    request = OverageRequest.objects.create(
        client_id=entry.client_id,
        contract=book.contract,
        ticket_id=entry.ticket_id,
        origin=origin,
        minutes=entry.billed_minutes,
        text=entry.emergency_reason or entry.note,
        asked_by_id=actor.person_id,
        asked_at=book.at,
    )
    _attach(entry, request)
    request.minutes = _missing(book, request)
    request.save(update_fields=("minutes",))
    tell_asked(book, request, actor=actor)


def tell_asked(book: Book, request: OverageRequest, *, actor: Actor) -> None:
    """Record that the client is asked."""
    event = events.OverageRequested(
        client_id=request.client_id,
        subject_id=request.contract_id,
        request_id=request.pk,
        ticket_key=request.ticket.key,
        minutes=request.minutes,
        origin=request.origin,
    )
    book.tell(event, actor=actor)


def tell_decided(book: Book, request: OverageRequest, *, actor: Actor) -> None:
    """Record what became of a request."""
    event = events.OverageDecided(
        client_id=request.client_id,
        subject_id=request.contract_id,
        request_id=request.pk,
        ticket_key=request.ticket.key,
        state=request.state,
        minutes=request.approved_minutes or 0,
    )
    book.tell(event, actor=actor)


def draw_held(book: Book, *, actor: Actor) -> None:
    """Draw what is held, oldest first, as far as the open buckets go; then close requests that are moot.

    For minutes that the client approved, bought or got back; a new period's hours wait for new work.
    """
    held = {entry.pk: entry for entry in TimeEntry.objects.filter(contract=book.contract).held()}
    if not held:
        return
    open_now = [one for one in book.states() if one.is_open(book.at)]
    waiting = [(entry.pk, entry.billed_minutes, entry.category) for entry in held.values()]
    drawn = fitting(open_now, waiting)
    for entry_id, draws in drawn:
        entry = held[entry_id]
        book.post_draws(draws, entry, actor=actor)
        entry.state = EntryState.DRAWN
        entry.save(update_fields=("state",))
    if drawn:
        event = events.HeldDrawn(
            client_id=book.account.client_id,
            subject_id=book.contract.pk,
            entry_ids=[entry_id for entry_id, _ in drawn],
            minutes=sum(held[entry_id].billed_minutes for entry_id, _ in drawn),
        )
        book.tell(event, actor=actor)
        warn(book)
    settle_requests(book)


def settle_requests(book: Book) -> None:
    """Close the open requests for held work of which nothing is held any more; size the others anew."""
    open_ones = OverageRequest.objects.filter(
        contract=book.contract, state=RequestState.ASKED, origin__in=_OF_HELD_WORK
    ).select_related("ticket")
    for request in open_ones:
        if TimeEntry.objects.held().filter(overage=request).exists():
            request.minutes = _missing(book, request)
            request.save(update_fields=("minutes",))
            continue
        request.state, request.decided_at = RequestState.SETTLED, book.at
        request.save(update_fields=("state", "decided_at"))
        tell_decided(book, request, actor=SYSTEM)


def warn(book: Book) -> None:
    """Tell of the highest share of the balance used, once a round; lower ones are overtaken (H6)."""
    account, left = book.account, book.common_minutes()
    used = used_percent(capacity=account.capacity, available=left)
    levels = [level for level in book.plan.hours.warn_at_percent if level <= used]
    if not levels:
        return
    given = UseWarning.objects.filter(account=account, cycle=account.cycle)
    due = due_warnings(levels=levels, given=list(given.values_list("percent", flat=True)), used=used)
    if not due:
        return
    UseWarning.objects.bulk_create(
        UseWarning(
            client_id=account.client_id,
            account=account,
            cycle=account.cycle,
            percent=percent,
            at=book.at,
            overtaken=percent != due[-1],
        )
        for percent in due
    )
    event = events.BalanceWarned(
        client_id=account.client_id,
        subject_id=book.contract.pk,
        percent=due[-1],
        available=left,
        capacity=account.capacity,
    )
    book.tell(event, actor=SYSTEM)


def _attach(entry: TimeEntry, request: OverageRequest) -> None:
    entry.overage = request
    entry.save(update_fields=("overage",))


def _missing(book: Book, request: OverageRequest) -> int:
    held = TimeEntry.objects.held().filter(overage=request).order_by()
    total: int = held.aggregate(total=Sum("billed_minutes"))["total"] or 0
    missing = total - available(book.states(), at=book.at) if request.origin == Origin.HELD else total
    return total if missing <= 0 else missing
