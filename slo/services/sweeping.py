"""The sweep: what time alone changes, found by an index, computed again from facts, then written."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from events.fail_points import crash_here
from slo.models import Clock
from slo.services.projection import project_subjects
from slo.services.reading import SUBJECT_COLUMNS, subject_of

#: When a ticket that could not be folded is looked at again; the others must not wait for it.
_AGAIN_AFTER = timedelta(minutes=5)


@transaction.atomic
def sweep_due(*, at: datetime, limit: int = 500) -> int:
    """Record what has come to be at risk or missed by `at`; gives how many clocks were due, at most `limit`.

    Safe to run twice, at once, late, or to be killed: it locks the tickets of what is due, leaving those that
    somebody works on to the next sweep (PostgreSQL) or waiting for them (SQLite), folds their facts again and
    writes only what was not recorded before. Missed is dated at due, however late this runs (S13).
    """
    claimed = _claimed(at=at, limit=limit)
    if not claimed:
        return 0
    crash_here("clocks_claimed")
    subjects = {clock.ticket_id: subject_of(clock.ticket) for clock in claimed}
    failed = project_subjects(list(subjects.values()), at=at, reason="", is_forgiving=True)
    if failed:
        Clock.objects.filter(ticket_id__in=failed, check_at__lte=at).update(check_at=at + _AGAIN_AFTER)
    return len(claimed)


def _claimed(*, at: datetime, limit: int) -> list[Clock]:
    due = Clock.objects.to_check(at).select_related("ticket")
    due = due.only("ticket_id", *(f"ticket__{name}" for name in SUBJECT_COLUMNS))
    can_skip = connection.features.has_select_for_update_skip_locked
    return list(due.select_for_update(of=("self", "ticket"), skip_locked=can_skip)[:limit])
