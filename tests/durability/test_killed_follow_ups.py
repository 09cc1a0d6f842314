"""A worker is killed in the sweep of overdue follow-ups, or runs twice: the owner is told once (E5)."""

from __future__ import annotations

from escalation.services import sweep_follow_ups
from events.domain.actor import SYSTEM
from events.models import Record
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, make_desk, make_ticket, moment
from tickets.services import change_status

SWEEP = "escalation.services.sweep_follow_ups"
LATE = moment("2026-03-09 00:00")


def told() -> int:
    """How often somebody was told."""
    return Record.objects.filter(kind="development.overdue").count()


def test_killed_before_the_commit_nobody_is_told_and_the_next_sweep_tells_once(
    transactional_db: None,
) -> None:
    desk = make_desk()
    ticket = make_ticket(desk.contract, requester=desk.poc)
    change_status(actor=SYSTEM, at=MONDAY, ticket=ticket, to="waiting_on_vendor")
    assert swept(SWEEP, at=LATE, fail_point="follow_ups_claimed") == DIED
    assert told() == 0
    assert [sweep_follow_ups(at=LATE) for _ in range(2)] == [1, 0]
    assert told() == 1
