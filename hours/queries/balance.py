"""What a contract's balance holds at a moment, by bucket, and whether an estimate fits in it (H5, H6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum

from contracts.models import Contract
from events.together import read_together
from hours.domain.ledger import DRAW_ORDER, BucketKind, BucketState
from hours.domain.warnings import used_percent
from hours.models import Account, BucketBalance, EntryState, LedgerEntry, Movement, TimeEntry

#: The kinds that the client has paid for and all work may draw: warnings and forecasts go by these.
COMMON_KINDS = (BucketKind.RESERVED, BucketKind.PACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketLine:
    """One open bucket: minutes put in, drawn and left, and until when it lives."""

    id: int
    kind: str
    label: str
    category: str
    granted: int
    drawn: int
    remaining: int
    opened_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Whole minutes of the open buckets of a contract, in the order of drawing.

    `granted`, `drawn` and `available` count what any work can draw: all buckets but those reserved for a
    category, so that drawn and available make granted. `held` waits for approval, `declined` was refused by
    the client. `capacity` is what the present round of warnings counts from, `used_percent` how much of it
    is used.
    """

    granted: int = 0
    drawn: int = 0
    held: int = 0
    declined: int = 0
    available: int = 0
    capacity: int = 0
    used_percent: int = 0
    buckets: tuple[BucketLine, ...] = ()

    def reserved_for(self, category: str) -> int:
        """Minutes that only work of that category can draw."""
        return sum(
            one.remaining
            for one in self.buckets
            if one.kind == BucketKind.CATEGORY and one.category == category
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Whether work of so many minutes fits, and what would have to be approved (H6)."""

    minutes: int
    available: int
    held: int
    missing: int

    @property
    def fits(self) -> bool:
        """Whether the work can be drawn whole as things stand."""
        return self.missing == 0


def balance_of(contract: Contract, *, at: datetime) -> Balance:
    """The contract's balance at that moment; all zero for a contract without hours."""
    return balances_of([contract], at=at)[contract.pk]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLists:
    """What balances are counted from: lists that can be read together with others (`read_together`)."""

    contract_ids: tuple[int, ...]
    buckets: QuerySet[BucketBalance]
    moved: QuerySet[LedgerEntry, tuple[int, int]]
    waiting: QuerySet[TimeEntry, tuple[int, str, int]]
    capacities: QuerySet[Account, tuple[int, int]]

    @property
    def lists(self) -> tuple[QuerySet[Any, Any], ...]:
        """All of them."""
        return self.buckets, self.moved, self.waiting, self.capacities

    def balances(self) -> dict[int, Balance]:
        """The balances by contract id."""
        moved = {bucket_id: -total for bucket_id, total in self.moved}
        waiting = {(contract_id, state): total for contract_id, state, total in self.waiting}
        capacities = dict(self.capacities)
        return {
            contract_id: _balance(
                [_line(row, moved) for row in self.buckets if row.account.contract_id == contract_id],
                held=waiting.get((contract_id, EntryState.HELD.value), 0),
                declined=waiting.get((contract_id, EntryState.DECLINED.value), 0),
                capacity=capacities.get(contract_id, 0),
            )
            for contract_id in self.contract_ids
        }


def balance_lists(contracts: Sequence[Contract], *, at: datetime) -> BalanceLists:
    """The lists from which the balances of those contracts are counted at a moment; nothing is read yet."""
    ids = tuple(contract.pk for contract in contracts)
    open_ones = Q(bucket__expires_at__isnull=True) | Q(bucket__expires_at__gt=at)
    buckets = BucketBalance.objects.filter(
        open_ones, account__contract_id__in=ids, bucket__opened_at__lte=at
    ).select_related("bucket", "account")
    return BalanceLists(
        contract_ids=ids,
        buckets=buckets.order_by("bucket__opened_at", "bucket_id"),
        moved=_moved(buckets),
        waiting=_waiting(ids),
        capacities=Account.objects.filter(contract_id__in=ids).values_list("contract_id", "capacity"),
    )


def balances_of(contracts: Sequence[Contract], *, at: datetime) -> dict[int, Balance]:
    """The balances of several contracts by contract id, in one statement however many they are."""
    counted = balance_lists(contracts, at=at)
    read_together(*counted.lists)
    return counted.balances()


def estimate(contract: Contract, *, minutes: int, category: str, at: datetime) -> Estimate:
    """Whether so many billed minutes of the category fit, before anybody starts (H6).

    What is held already counts as gone: it draws first as soon as minutes come.
    """
    return estimate_of(balance_of(contract, at=at), minutes=minutes, category=category)


def estimate_of(balance: Balance, *, minutes: int, category: str) -> Estimate:
    """The same against a balance that is known already."""
    usable = balance.available + balance.reserved_for(category)
    missing = max(0, minutes - max(0, usable - balance.held))
    return Estimate(minutes=minutes, available=usable, held=balance.held, missing=missing)


def state_of(row: BucketBalance) -> BucketState:
    """The bucket as the rules of drawing see it."""
    bucket = row.bucket
    return BucketState(
        id=bucket.pk,
        kind=BucketKind(bucket.kind),
        category=bucket.category,
        remaining=row.remaining,
        returnable=row.returnable,
        opened_at=bucket.opened_at,
        expires_at=bucket.expires_at,
        starts_on=bucket.period_on,
        ends_on=bucket.ends_on,
    )


def _line(row: BucketBalance, moved: dict[int, int]) -> BucketLine:
    bucket = row.bucket
    drawn = moved.get(bucket.pk, 0)
    return BucketLine(
        id=bucket.pk,
        kind=bucket.kind,
        label=bucket.label,
        category=bucket.category,
        granted=row.remaining + drawn,
        drawn=drawn,
        remaining=row.remaining,
        opened_at=bucket.opened_at,
        expires_at=bucket.expires_at,
    )


def _balance(lines: list[BucketLine], *, held: int, declined: int, capacity: int) -> Balance:
    common = sum(line.remaining for line in lines if line.kind in COMMON_KINDS)
    free = [line for line in lines if line.kind != BucketKind.CATEGORY]
    return Balance(
        granted=sum(line.granted for line in free),
        drawn=sum(line.drawn for line in free),
        held=held,
        declined=declined,
        available=sum(line.remaining for line in free),
        capacity=capacity,
        used_percent=used_percent(capacity=capacity, available=common),
        buckets=tuple(sorted(lines, key=lambda line: DRAW_ORDER.index(BucketKind(line.kind)))),
    )


def _moved(buckets: QuerySet[BucketBalance]) -> QuerySet[LedgerEntry, Any]:
    work = (Movement.DRAW, Movement.REVERSAL)
    return (
        LedgerEntry.objects.filter(bucket_id__in=buckets.order_by().values("pk"), kind__in=work)
        .order_by()
        .values_list("bucket_id")
        .annotate(total=Sum("minutes"))
    )


def _waiting(contract_ids: Sequence[int]) -> QuerySet[TimeEntry, Any]:
    states = (EntryState.HELD, EntryState.DECLINED)
    return (
        TimeEntry.objects.filter(contract_id__in=contract_ids, state__in=states)
        .order_by()
        .values_list("contract_id", "state")
        .annotate(total=Sum("billed_minutes"))
    )
