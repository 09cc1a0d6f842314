"""Old alerts go, their problems and counts stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from django.db import transaction

from proactive.models import Alert, Outcome, Receipt


@transaction.atomic
def forget_alerts(*, at: datetime, days: int, limit: int = 5_000) -> int:
    """Let go of what is older than so many days, at most so much a run; how many alerts. No days keep all.

    It reads from the oldest on and ends at the first that stays, so that a run without work costs nothing.
    What still waits to be looked at stays, and so does everything behind it.
    """
    if days <= 0:
        return 0
    before = at - timedelta(days=days)
    oldest = Alert.objects.order_by("id").values_list("pk", "at", "outcome")[:limit]
    gone = [pk for pk, _, _ in takewhile(lambda row: row[1] < before and row[2] != Outcome.PENDING, oldest)]
    Alert.objects.filter(pk__in=gone).delete()
    receipts = Receipt.objects.order_by("id").values_list("pk", "received_at")[:limit]
    old = [pk for pk, _ in takewhile(lambda row: row[1] < before, receipts)]
    Receipt.objects.filter(pk__in=old, alerts__isnull=True).delete()
    return len(gone)
