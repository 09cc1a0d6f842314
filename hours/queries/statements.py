"""Statements: closed months as they were closed, the open one as it stands (H9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Sum

from contracts.models import Contract
from events.domain.errors import NotHere
from hours.domain.periods import local_date, midnight, month_of, next_month, parse_month
from hours.domain.statement import Line, StatementBody, body_from_json, digest
from hours.models import Account, EntryState, LedgerEntry, Statement, TimeEntry
from hours.models.ledger import LedgerQuerySet
from hours.queries.terms import zone_of


def statement(contract: Contract, month: date) -> StatementBody:
    """The statement of the month in which that day lies: stored once closed, worked out while it is open.

    Raises `NotHere` for a contract without an account and for months before it began. The caller has checked
    that the reader may see the contract's hours.
    """
    month = month_of(month)
    stored = Statement.objects.filter(contract=contract, month=month).first()
    if stored is not None:
        return body_from_json(stored.body)
    account = Account.objects.filter(contract=contract).first()
    if account is None or month < month_of(contract.starts_on):
        raise NotHere
    return compile_statement(account, month=month, zone=zone_of(contract))


def statement_month(contract: Contract, text: str, *, at: datetime) -> date:
    """The month that an address names, `2026-10`: one that the contract has had, as its own clock counts.

    Anything else is an address of nothing: `NotHere`.
    """
    try:
        month = parse_month(text)
    except ValueError:
        raise NotHere from None
    if not month_of(contract.starts_on) <= month <= month_of(local_date(at, zone_of(contract))):
        raise NotHere
    return month


def digest_of(contract: Contract, month: date) -> str:
    """The digest of a closed month, to be printed under its statement; empty while it is open."""
    stored = Statement.objects.filter(contract=contract, month=month_of(month))
    return stored.values_list("digest", flat=True).first() or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How a closed month is tied up: when, its digest, that of the month before, whether they still fit."""

    closed_at: datetime
    digest: str
    previous_digest: str
    holds: bool


def seal_of(contract: Contract, month: date) -> Seal | None:
    """The seal of a closed month, checked against its text and the month before; None while open (H9)."""
    rows = Statement.objects.filter(contract=contract, month__lte=month_of(month)).order_by("-month")[:2]
    found = {row.month: row for row in rows}
    stored = found.pop(month_of(month), None)
    if stored is None:
        return None
    before = next(iter(found.values()), None)
    is_chained = stored.previous_digest == (before.digest if before else "")
    is_whole = stored.digest == digest(stored.body, previous=stored.previous_digest)
    return Seal(
        closed_at=stored.closed_at,
        digest=stored.digest,
        previous_digest=stored.previous_digest,
        holds=is_chained and is_whole,
    )


def months_of(contract: Contract, *, until: date) -> list[date]:
    """The months that have a statement, the latest first, up to the month of that day."""
    months, month = [], month_of(contract.starts_on)
    while month <= month_of(until):
        months.append(month)
        month = next_month(month)
    return months[::-1]


def ledger_of(contract: Contract) -> LedgerQuerySet:
    """The movements of the contract with buckets and entries, in order."""
    return LedgerEntry.objects.of_contract(contract.pk).select_related(
        "bucket", "time_entry__ticket", "time_entry__person"
    )


def compile_statement(account: Account, *, month: date, zone: str) -> StatementBody:
    """Opening, movements and closing of a month from the ledger; by the moment booked, not the day worked."""
    starts_at, ends_at = month_start(account, month=month, zone=zone), midnight(next_month(month), zone)
    opening = (
        LedgerEntry.objects.filter(account=account, at__lt=starts_at).aggregate(total=Sum("minutes"))["total"]
        or 0
    )
    movements = (
        LedgerEntry.objects.filter(account=account, at__gte=starts_at, at__lt=ends_at)
        .select_related("bucket", "time_entry__ticket", "time_entry__person")
        .order_by("at", "number")
    )
    lines = tuple(_numbered(movements, opening))
    return StatementBody(
        contract_id=account.contract_id,
        month=f"{month:%Y-%m}",
        zone=zone,
        opening=opening,
        closing=lines[-1].balance if lines else opening,
        lines=lines,
        aside=tuple(_aside(account.contract_id, starts_at, ends_at)),
    )


def month_start(account: Account, *, month: date, zone: str) -> datetime:
    """When that month begins for the account: where the one before was closed, else at local midnight."""
    if month == account.open_month and account.open_since is not None:
        return account.open_since
    return midnight(month, zone)


def _numbered(movements: Iterable[LedgerEntry], opening: int) -> Iterable[Line]:
    balance = opening
    for movement in movements:
        balance += movement.minutes
        yield Line(
            number=movement.number,
            at=_written(movement.at),
            kind=movement.kind,
            minutes=movement.minutes,
            bucket=movement.bucket.label,
            balance=balance,
            **_work(movement.time_entry),
        )


def _aside(contract_id: int, starts_at: datetime, ends_at: datetime) -> Iterable[Line]:
    unmoved = (EntryState.HELD, EntryState.DECLINED, EntryState.NOT_BILLED)
    entries = TimeEntry.objects.filter(
        contract_id=contract_id, at__gte=starts_at, at__lt=ends_at, state__in=unmoved
    ).shown()
    for entry in entries:
        yield Line(
            number=0,
            at=_written(entry.at),
            kind=entry.state,
            minutes=0,
            bucket="",
            balance=0,
            **_work(entry),
        )


def _work(entry: TimeEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        "ticket": entry.ticket.key,
        "person": entry.person.name,
        "worked_on": entry.worked_on.isoformat(),
        "worked_minutes": entry.worked_minutes,
        "billed_minutes": entry.billed_minutes,
        "entry_id": entry.pk,
        "note": entry.note,
    }


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
