"""The hours that come back every period under a contract, and which of them are due (H4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from contracts.domain.plan import AddOn
from hours.domain.ledger import BucketKind
from hours.domain.periods import MONTHS_IN, Period, midnight, months_later, periods
from hours.models import Bucket
from hours.queries.terms import bucket_add_ons
from hours.services.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Hours that come back every period: the reserved ones, or those of one add-on."""

    kind: BucketKind
    category: str
    label: str
    minutes: int
    every: str
    rollover: int = 0


def series_of(book: Book) -> list[Series]:
    """The hours that come back every period under the contract's present terms."""
    contract, plan = book.contract, book.plan
    found = []
    if plan.hours.model == "reserved" and contract.hours_per_period_minutes and contract.hours_period:
        found.append(
            Series(
                kind=BucketKind.RESERVED,
                category="",
                label="Reserved hours",
                minutes=contract.hours_per_period_minutes,
                every=contract.hours_period,
                rollover=rollover_of(book),
            )
        )
    found += [_add_on_series(plan.add_on(key)) for key in bucket_add_ons(contract, plan)]
    return found


def _add_on_series(add_on: AddOn) -> Series:
    return Series(
        kind=BucketKind.CATEGORY,
        category=add_on.bucket_category,
        label=add_on.label,
        minutes=add_on.bucket_minutes,
        every=add_on.period,
    )


def due_grants(book: Book) -> Iterator[tuple[datetime, Series, Period]]:
    """Every period that has begun by the book's moment and was not granted yet, with the moment it began."""
    for series in series_of(book):
        for starts_at, period in _to_come(book, series):
            if starts_at > book.at:
                break
            yield starts_at, series, period


def _to_come(book: Book, series: Series) -> Iterator[tuple[datetime, Period]]:
    """The periods that were not granted yet, in order, with the moment at which each begins.

    A period begins where the one before ended, also when the contract's calendar has another zone by now. One
    that the contract's earlier end had cut short is not granted again: its hours go on (`rest_of`).
    """
    last = _last_of(book, series)
    if last is not None and last.ends_on is None:
        return
    after = last.ends_on if last is not None and last.ends_on else book.account.open_month
    for period in periods_of(book, series.every, after=after):
        if last is not None and last.period_on is not None and period.starts_on <= last.period_on:
            continue
        starts_at = midnight(period.starts_on, book.zone)
        if last is not None and last.ends_on == period.starts_on and last.expires_at is not None:
            starts_at = last.expires_at
        yield starts_at, period


def _last_of(book: Book, series: Series) -> Bucket | None:
    granted = Bucket.objects.filter(account=book.account, kind=series.kind, category=series.category)
    return granted.exclude(period_on=None).order_by("-period_on").first()


def periods_of(book: Book, every: str, *, after: date) -> Iterator[Period]:
    """The contract's periods of that length that end later than the day."""
    contract = book.contract
    return periods(every, contract_start=contract.starts_on, contract_end=contract.ends_on, after=after)


def rest_of(book: Book, bucket: Bucket) -> Period | None:
    """The days by which the bucket's period goes on, because the contract runs longer than it was to."""
    series = next((one for one in series_of(book) if _is_of(one, bucket)), None)
    if series is None or bucket.period_on is None or bucket.ends_on is None:
        return None
    if bucket.ends_on in {months_later(bucket.period_on, months) for months in MONTHS_IN.values()}:
        return None
    for period in first(periods_of(book, series.every, after=bucket.period_on), 1):
        if period.starts_on <= bucket.period_on and (
            period.ends_on is None or period.ends_on > bucket.ends_on
        ):
            return Period(starts_on=bucket.ends_on, ends_on=period.ends_on)
    return None


def following_of(book: Book, bucket: Bucket) -> Period | None:
    """The next period, where the bucket's hours were agreed to go on into it."""
    allowed = rollover_of(book)
    if bucket.kind != BucketKind.RESERVED or not allowed or bucket.origin_on is None:
        return None
    every = book.contract.hours_period or "month"
    following = first(periods_of(book, every, after=bucket.origin_on), allowed + 1)
    return next((one for one in following if one.starts_on == bucket.ends_on), None)


def _is_of(series: Series, bucket: Bucket) -> bool:
    return (series.kind, series.category) == (bucket.kind, bucket.category)


def next_due_at(book: Book) -> datetime | None:
    """When the next period begins or a bucket that holds minutes ends; None when neither will.

    To be asked once everything that is due has been granted.
    """
    moments = [
        row.bucket.expires_at
        for row in book.rows.values()
        if row.remaining and row.bucket.expires_at is not None
    ]
    for series in series_of(book):
        moments += [starts_at for starts_at, _ in islice(_to_come(book, series), 1)]
    return min(moments) if moments else None


def rollover_of(book: Book) -> int:
    """For how many periods unused hours go on."""
    return book.contract.rollover_periods or book.plan.hours.rollover_periods


def first(found: Iterator[Period], number: int) -> Iterator[Period]:
    """The first so many of them."""
    for _, period in zip(range(number), found, strict=False):
        yield period
