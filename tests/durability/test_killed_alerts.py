"""A worker is killed while alerts become problems and tickets: the next sweep does it once."""

from datetime import timedelta

import pytest

from contracts.models import Environment
from events.models import Record
from proactive.models import Alert, Outcome, Problem
from proactive.services.problems import settle_alerts
from proactive.services.receiving import keep_signals
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY
from tests.proactive.monitoring.steps import signal, watched
from tickets.models import Ticket

SWEEP = "proactive.services.problems.settle_alerts"
POINTS = ["alerts_read", "problems_stored", "problems_told"]


@pytest.fixture
def environment(transactional_db: None) -> Environment:
    """A watched environment that heard of two problems, one of them three times."""
    made = watched()
    heard = [signal(), signal(), signal(host="jira-2"), signal()]
    keep_signals(at=MONDAY, environment=made, signals=heard)
    return made


def standing() -> tuple[int, int, int]:
    """How many problems, tickets and openings there are."""
    openings = Record.objects.filter(kind="problem.opened").count()
    return Problem.objects.count(), Ticket.objects.count(), openings


@pytest.mark.parametrize("point", POINTS)
def test_killed_before_the_commit_nothing_was_done_and_the_next_sweep_does_it_once(
    environment: Environment, point: str
) -> None:
    assert swept(SWEEP, at=MONDAY, fail_point=point) == DIED
    assert standing() == (0, 0, 0)
    assert Alert.objects.filter(outcome=Outcome.PENDING).count() == 4
    for minutes in (1, 2):
        settle_alerts(at=MONDAY + timedelta(minutes=minutes))
    assert standing() == (2, 2, 2)
    assert sorted(Problem.objects.values_list("count", flat=True)) == [1, 3]


def test_a_ticket_opened_after_a_kill_still_begins_at_receipt(environment: Environment) -> None:
    swept(SWEEP, at=MONDAY, fail_point="problems_told")
    settle_alerts(at=MONDAY + timedelta(hours=2))
    assert set(Ticket.objects.values_list("opened_at", flat=True)) == {MONDAY}
