"""The account book of one contract, opened under its lock for the length of one transaction.

Every movement of paid minutes goes through a `Book`: it keeps what each bucket holds, numbers the lines, and
writes lines, balances and account together at the end. A book closed twice writes nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from contracts.domain.plan import Plan
from contracts.models import Contract
from contracts.queries import effective_plan
from events.domain.actor import Actor
from events.domain.event import Event
from events.services import record
from hours.domain.ledger import BucketState, Draw
from hours.domain.periods import closes_at, month_of
from hours.models import Account, Bucket, BucketBalance, LedgerEntry, Movement, TimeEntry
from hours.queries.balance import COMMON_KINDS, state_of
from hours.queries.statements import month_start
from hours.queries.terms import zone_of

CLOSING_GRACE_DAYS = 3
"""So many days into the next month a month takes late entries; then its statement is closed (H9)."""


class Book:
    """What one transaction knows and does about a contract's minutes."""

    def __init__(self, account: Account, *, contract: Contract, plan: Plan, zone: str, at: datetime) -> None:
        """Take over an account whose row the caller has locked."""
        self.account, self.contract, self.plan, self.zone, self.at = account, contract, plan, zone, at
        self.rows = {row.pk: row for row in _living(account)}
        self._lines: list[LedgerEntry] = []
        self._touched: set[int] = set()

    def states(self) -> list[BucketState]:
        """The buckets as the rules of drawing see them."""
        return [state_of(row) for row in self.rows.values()]

    def common_minutes(self) -> int:
        """Paid minutes that all work may draw now: what warnings count (H6)."""
        now = self.states()
        return sum(one.remaining for one in now if one.kind in COMMON_KINDS and one.is_open(self.at))

    def booked_at(self, at: datetime) -> datetime:
        """The moment itself, or the start of the open month: nothing is booked into a closed one (H9)."""
        return max(at, month_start(self.account, month=self.account.open_month, zone=self.zone))

    def post(
        self,
        kind: Movement,
        bucket_id: int,
        minutes: int,
        *,
        actor: Actor,
        at: datetime | None = None,
        time_entry: TimeEntry | None = None,
    ) -> None:
        """Move signed minutes of one bucket and note the line for it; the sum never goes below zero."""
        row = self.rows[bucket_id]
        before, row.remaining = row.remaining, row.remaining + minutes
        self.account.last_number += 1
        self._touched.add(bucket_id)
        if minutes > 0:
            self._watch(row.bucket)
        self._lines.append(
            LedgerEntry(
                client_id=self.account.client_id,
                account=self.account,
                number=self.account.last_number,
                bucket_id=bucket_id,
                kind=kind,
                minutes=minutes,
                before=before,
                after=row.remaining,
                at=self.booked_at(at or self.at),
                time_entry=time_entry,
                actor_name=actor.name,
            )
        )

    def post_draws(self, draws: Iterable[Draw], entry: TimeEntry, *, actor: Actor) -> None:
        """Draw the entry's minutes; what had expired is given back first, as a line of its own."""
        for one in draws:
            if one.returned:
                self.rows[one.bucket_id].returnable -= one.returned
                self.post(Movement.REVERSAL, one.bucket_id, one.returned, actor=actor)
            self.post(Movement.DRAW, one.bucket_id, -one.minutes, actor=actor, time_entry=entry)

    def add_bucket(self, bucket: Bucket, kind: Movement, *, actor: Actor) -> Bucket:
        """Store a new bucket and book its minutes at the moment it opens."""
        bucket.client_id, bucket.account = self.account.client_id, self.account
        bucket.save(force_insert=True)
        row = BucketBalance(bucket=bucket, client_id=bucket.client_id, account=self.account, remaining=0)
        row.save(force_insert=True)
        self.rows[bucket.pk] = row
        self.post(kind, bucket.pk, bucket.minutes, actor=actor, at=bucket.opened_at)
        return bucket

    def take_up(self, bucket_ids: Iterable[int]) -> None:
        """Bring emptied buckets back onto the table, because minutes return to them."""
        missing = set(bucket_ids) - set(self.rows)
        rows = BucketBalance.objects.filter(pk__in=missing).select_related("bucket") if missing else ()
        self.rows.update({row.pk: row for row in rows})

    def begin_cycle(self) -> None:
        """Start a new round of warnings from what is there now (H6)."""
        self.account.cycle += 1
        self.account.capacity = self.common_minutes()

    def current(self, kind: str, category: str = "") -> int | None:
        """The open bucket of a period into which returned minutes of that kind go; None without one."""
        found = (
            Bucket.objects.filter(account=self.account, kind=kind, category=category, opened_at__lte=self.at)
            .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=self.at), period_on__isnull=False)
            .order_by("-period_on", "-origin_on")
            .first()
        )
        if found is None:
            return None
        self.take_up([found.pk])
        return found.pk

    def write(self) -> None:
        """Write balances, lines and account; to be called before events that others react to."""
        lines, self._lines = self._lines, []
        touched, self._touched = self._touched, set()
        for bucket_id in sorted(touched):
            self.rows[bucket_id].save(update_fields=("remaining", "returnable"))
        LedgerEntry.objects.bulk_create(lines)
        if lines and self.account.month_closes_at is None:
            self.account.month_closes_at = self.closing_of(self.account.open_month)
        self.account.save()

    def _watch(self, bucket: Bucket) -> None:
        """See to it that the sweep comes when a bucket that holds minutes ends."""
        ends_at, due = bucket.expires_at, self.account.next_due_at
        if ends_at is not None and ends_at > self.at and (due is None or ends_at < due):
            self.account.next_due_at = ends_at

    def closing_of(self, month: date) -> datetime:
        """When that month's statement is closed."""
        return closes_at(month, zone=self.zone, grace_days=CLOSING_GRACE_DAYS)

    def tell(self, event: Event, *, actor: Actor, at: datetime | None = None) -> None:
        """Record an event of this contract, after what it tells has been written."""
        self.write()
        record(event, at=at or self.at, actor=actor)


def lock_account(contract: Contract) -> Account:
    """The contract's account, locked until the transaction ends; made at the first touch, once."""
    rows = Account.objects.select_for_update().filter(contract_id=contract.pk)
    found = rows.first()
    if found is None:
        new = Account(
            client_id=contract.client_id, contract_id=contract.pk, open_month=month_of(contract.starts_on)
        )
        Account.objects.bulk_create([new], ignore_conflicts=True)
        found = rows.get()
    return found


def open_unsettled(contract: Contract, *, at: datetime, plan: Plan | None = None) -> Book:
    """Lock the account and open its book as it was left; callers want `periods.open_book` instead."""
    plan, zone = plan or effective_plan(contract), zone_of(contract)  # read before others have to wait
    account = lock_account(contract)
    account.contract = contract
    return Book(account, contract=contract, plan=plan, zone=zone, at=at)


def _living(account: Account) -> list[BucketBalance]:
    rows = BucketBalance.objects.living().filter(account=account)
    return list(rows.select_related("bucket").order_by("bucket__opened_at", "pk"))
