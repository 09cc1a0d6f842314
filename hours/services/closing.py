"""Closing a month: its statement is written down once, chained to the month before (H9)."""

from __future__ import annotations

from events.domain.actor import SYSTEM
from hours import events
from hours.domain.periods import midnight, month_of, next_month
from hours.domain.statement import body_to_json, digest
from hours.models import Statement
from hours.queries.statements import compile_statement
from hours.services.book import Book


def close_due_months(book: Book) -> int:
    """Close every month that is due by the book's moment, oldest first; gives how many.

    The periods are settled by then, so nothing can still be booked into what is closed.
    """
    closed = 0
    while (closes_at := book.account.month_closes_at) is not None and closes_at <= book.at:
        book.write()
        _close(book)
        closed += 1
    return closed


def _close(book: Book) -> None:
    account, month = book.account, book.account.open_month
    body = compile_statement(account, month=month, zone=book.zone)
    last = Statement.objects.filter(contract=book.contract).order_by("-month").first()
    stored, previous = body_to_json(body), last.digest if last else ""
    made = Statement.objects.create(
        client_id=account.client_id,
        contract=book.contract,
        month=month,
        opening=body.opening,
        closing=body.closing,
        body=stored,
        digest=digest(stored, previous=previous),
        previous_digest=previous,
        closed_at=book.at,
    )
    account.open_month, account.open_since = next_month(month), midnight(next_month(month), book.zone)
    account.month_closes_at = None if _is_over(book, body.closing) else book.closing_of(account.open_month)
    _forget_returnable(book)
    event = events.MonthClosed(
        client_id=account.client_id,
        subject_id=book.contract.pk,
        month=body.month,
        closing=body.closing,
        digest=made.digest,
    )
    book.tell(event, actor=SYSTEM)


def _is_over(book: Book, closing: int) -> bool:
    """Whether the contract has ended and nothing is left: no further month needs a statement by itself."""
    ends_on = book.contract.ends_on
    return ends_on is not None and month_of(ends_on) < book.account.open_month and closing == 0


def _forget_returnable(book: Book) -> None:
    """Minutes of a period whose last day lies in a closed month cannot be given back any more."""
    first_open = book.account.open_since
    for row in book.rows.values():
        expires_at = row.bucket.expires_at
        if row.returnable and expires_at is not None and first_open is not None and expires_at <= first_open:
            row.returnable = 0
            row.save(update_fields=("returnable",))
