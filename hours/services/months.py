"""The sweep that closes months (H9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from contracts.models import Contract
from hours.models import Account
from hours.services.periods import open_book


def close_months(*, at: datetime, limit: int = 500) -> int:
    """Close every month whose late entries have had their time by that moment; gives how many accounts.

    A month closes three days into the next one, at midnight in the contract's zone. One transaction an
    account; repeating it changes nothing, and a statement once closed never changes.
    """
    due = Account.objects.filter(month_closes_at__lte=at).order_by("month_closes_at")
    return sum(_close_one(account_id, at) for account_id in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _close_one(account_id: int, at: datetime) -> int:
    rows = Account.objects.select_for_update(skip_locked=True)
    account = rows.filter(pk=account_id, month_closes_at__lte=at).first()
    if account is None:
        return 0
    contract = Contract.objects.with_terms().get(pk=account.contract_id)
    open_book(contract, at=at).write()
    return 1
