"""Periods come and go: reserved hours are granted, carried over and expire, each once (H4)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from contracts.domain.plan import Plan
from contracts.models import Contract
from events.domain.actor import SYSTEM
from hours import events
from hours.domain.ledger import BucketKind
from hours.domain.periods import Period, midnight
from hours.models import Account, Bucket, BucketBalance, Movement
from hours.queries.terms import has_hours
from hours.services.book import Book, open_unsettled
from hours.services.closing import close_due_months
from hours.services.series import Series, due_grants, following_of, next_due_at, rest_of


def open_book(contract: Contract, *, at: datetime, plan: Plan | None = None) -> Book:
    """Lock the account and bring it up to the moment: periods, expiries and closed months that are due."""
    book = open_unsettled(contract, at=at, plan=plan)
    account = book.account
    is_new = account.last_number == 0 and account.month_closes_at is None
    if is_new or (account.next_due_at is not None and account.next_due_at <= at):
        settle(book)
    if account.month_closes_at is not None and account.month_closes_at <= at:
        close_due_months(book)
    return book


@transaction.atomic
def open_account(*, contract: Contract, at: datetime) -> Account:
    """Open the contract's account and grant what is due; repeating it changes nothing."""
    book = open_book(contract, at=at)
    book.write()
    return book.account


@transaction.atomic
def review_account(*, contract: Contract, at: datetime) -> Account:
    """Work out anew what is due, because the contract's terms or its zone changed; past grants stay.

    The open month is closed by the clock that holds now (H9).
    """
    book = open_unsettled(contract, at=at)
    settle(book)
    if book.account.month_closes_at is not None:
        book.account.month_closes_at = book.closing_of(book.account.open_month)
    book.write()
    return book.account


def grant_periods(*, at: datetime, limit: int = 500) -> int:
    """Settle every account on which a period starts or a bucket ends by that moment; gives how many (H4).

    Also opens the accounts of contracts that have none. One transaction an account, so that a kill loses
    nothing and two sweeps share the work; what another sweep holds is left to it.
    """
    for contract in Contract.objects.filter(hours_account__isnull=True).with_terms()[:limit]:
        open_account(contract=contract, at=at)
    due = Account.objects.filter(next_due_at__lte=at).order_by("next_due_at")
    return sum(_settle_one(account_id, at) for account_id in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _settle_one(account_id: int, at: datetime) -> int:
    rows = Account.objects.select_for_update(skip_locked=True)
    account = rows.filter(pk=account_id, next_due_at__lte=at).first()
    if account is None:
        return 0
    contract = Contract.objects.with_terms().get(pk=account.contract_id)
    open_book(contract, at=at).write()
    return 1


def settle(book: Book) -> None:
    """Carry the account through every period start and end up to the book's moment, in order, once each.

    Grants are dated at the period's start, expiries at the bucket's end, however late the sweep is.
    """
    for moment, series, period in sorted(due_grants(book), key=lambda due: (due[0], due[1].category)):
        end_buckets(book, until=moment)
        _grant(book, series, period, moment)
    end_buckets(book, until=book.at)
    account = book.account
    account.next_due_at = next_due_at(book)
    if account.month_closes_at is None and has_hours(book.contract, book.plan):
        account.month_closes_at = book.closing_of(account.open_month)


def end_buckets(book: Book, *, until: datetime) -> None:
    """Let what is left in ended buckets expire, or go on into the next period where that was agreed."""
    while ended := _ended(book, until):
        row = min(ended, key=lambda row: (row.bucket.expires_at or until, row.pk))
        if not _carry(book, row):
            _expire(book, row)


def _ended(book: Book, until: datetime) -> list[BucketBalance]:
    rows = (row for row in book.rows.values() if row.remaining)
    return [row for row in rows if row.bucket.expires_at is not None and row.bucket.expires_at <= until]


def _expire(book: Book, row: BucketBalance) -> None:
    bucket, minutes = row.bucket, row.remaining
    at = bucket.expires_at or book.at
    book.post(Movement.EXPIRY, bucket.pk, -minutes, actor=SYSTEM, at=at)
    if bucket.ends_on is not None:
        row.returnable += minutes
    if bucket.kind in (BucketKind.RESERVED, BucketKind.PACK):
        book.account.capacity = max(0, book.account.capacity - minutes)
    event = events.HoursExpired(
        client_id=bucket.client_id,
        subject_id=book.contract.pk,
        bucket_id=bucket.pk,
        label=bucket.label,
        minutes=minutes,
    )
    book.tell(event, actor=SYSTEM, at=book.booked_at(at))


def _carry(book: Book, row: BucketBalance) -> bool:
    bucket = row.bucket
    period = rest_of(book, bucket) or following_of(book, bucket)
    if period is None:
        return False
    at = bucket.expires_at or book.at
    into = Bucket(
        kind=bucket.kind,
        label=f"Carried over from {_day(bucket.origin_on or period.starts_on)}",
        minutes=row.remaining,
        opened_at=at,
        expires_at=midnight(period.ends_on, book.zone) if period.ends_on else None,
        category=bucket.category,
        period_on=period.starts_on,
        origin_on=bucket.origin_on,
        ends_on=period.ends_on,
    )
    minutes = row.remaining
    book.post(Movement.TRANSFER, bucket.pk, -minutes, actor=SYSTEM, at=at)
    book.add_bucket(into, Movement.TRANSFER, actor=SYSTEM)
    event = events.HoursCarried(
        client_id=bucket.client_id,
        subject_id=book.contract.pk,
        bucket_id=bucket.pk,
        into_id=into.pk,
        minutes=minutes,
    )
    book.tell(event, actor=SYSTEM, at=book.booked_at(at))
    return True


def _grant(book: Book, series: Series, period: Period, at: datetime) -> None:
    bucket = Bucket(
        kind=series.kind,
        category=series.category,
        label=f"{series.label} from {_day(period.starts_on)}",
        minutes=series.minutes,
        opened_at=at,
        expires_at=midnight(period.ends_on, book.zone) if period.ends_on else None,
        period_on=period.starts_on,
        origin_on=period.starts_on,
        ends_on=period.ends_on,
    )
    book.add_bucket(bucket, Movement.GRANT, actor=SYSTEM)
    if series.kind is BucketKind.RESERVED:
        book.begin_cycle()
    event = events.HoursGranted(
        client_id=bucket.client_id,
        subject_id=book.contract.pk,
        bucket_id=bucket.pk,
        bucket_kind=bucket.kind,
        label=bucket.label,
        minutes=bucket.minutes,
        expires_at=bucket.expires_at.isoformat() if bucket.expires_at else None,
    )
    book.tell(event, actor=SYSTEM, at=book.booked_at(at))


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
