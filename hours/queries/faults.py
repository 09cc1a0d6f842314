"""What must never be wrong with the ledger, asked of the whole database: for `doctor` and for tests."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Coalesce

from hours.domain.statement import Link, chain_faults
from hours.models import Account, BucketBalance, EntryState, LedgerEntry, Statement, TimeEntry


def broken_chains() -> list[str]:
    """Every fault in the chains of closed months, with the contract's id; empty when all are sound (H9)."""
    faults = []
    rows = Statement.objects.order_by("contract_id", "month").iterator()
    for contract_id, months in groupby(rows, key=lambda row: row.contract_id):
        links = [
            Link(body=row.body, digest=row.digest, previous_digest=row.previous_digest) for row in months
        ]
        faults += [f"contract {contract_id}, {fault}" for fault in chain_faults(links)]
    return faults


def changed_months() -> list[str]:
    """Contracts whose ledger no longer sums to the closing balance of their last closed month (H9)."""
    faults = []
    for account in Account.objects.exclude(open_since=None).iterator():
        booked = LedgerEntry.objects.filter(account=account, at__lt=account.open_since)
        total = booked.aggregate(total=Sum("minutes"))["total"] or 0
        last = Statement.objects.filter(contract_id=account.contract_id).latest("month")
        if last.closing != total:
            faults.append(f"contract {account.contract_id} closed with {last.closing}, booked are {total}")
    return faults


def ledger_faults() -> list[str]:
    """Every way in which ledger, balances and time entries disagree; empty when they reconcile (H2, H5)."""
    return [
        *_balance_faults(),
        *_number_faults(),
        *_draw_faults(),
        *_doubled_draws(),
        *_returnable_faults(),
    ]


def _balance_faults() -> list[str]:
    rows = BucketBalance.objects.annotate(total=Coalesce(Sum("bucket__movements__minutes"), 0))
    wrong = rows.exclude(total=F("remaining")).values_list("pk", "remaining", "total")
    return [f"bucket {pk} holds {left}, its movements sum to {total}" for pk, left, total in wrong]


def _number_faults() -> list[str]:
    rows = Account.objects.annotate(lines=Count("ledger"), last=Coalesce(Max("ledger__number"), 0))
    wrong = rows.exclude(lines=F("last_number"), last=F("last_number")).values_list("pk", flat=True)
    return [f"account {pk} has a gap in its numbers" for pk in wrong]


def _draw_faults() -> list[str]:
    own = Q(movements__kind__in=("draw", "reversal"))
    rows = TimeEntry.objects.annotate(moved=Coalesce(Sum("movements__minutes", filter=own), 0))
    billed = (EntryState.DRAWN, EntryState.REVERSED, EntryState.REVERSAL)
    faults = [
        f"entry {pk} is drawn, but {-moved} of {minutes} minutes moved"
        for pk, minutes, moved in rows.filter(state=EntryState.DRAWN)
        .exclude(moved=-F("billed_minutes"))
        .values_list("pk", "billed_minutes", "moved")
    ]
    unmoved = rows.exclude(state__in=billed).exclude(moved=0).values_list("pk", flat=True)
    return faults + [f"entry {pk} is not drawn, but minutes moved" for pk in unmoved]


def _returnable_faults() -> list[str]:
    rows = BucketBalance.objects.annotate(
        expired=Coalesce(Sum("bucket__movements__minutes", filter=Q(bucket__movements__kind="expiry")), 0)
    )
    wrong = rows.filter(returnable__gt=-F("expired")).values_list("pk", flat=True)
    return [f"bucket {pk} would give back more than expired" for pk in wrong]


def _doubled_draws() -> list[str]:
    rows = (
        LedgerEntry.objects.filter(kind="draw")
        .order_by()
        .values("time_entry_id", "bucket_id")
        .annotate(times=Count("id"))
        .filter(times__gt=1)
    )
    return [f"entry {row['time_entry_id']} drew twice from one bucket" for row in rows]
