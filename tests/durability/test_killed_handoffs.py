"""A worker is killed at each point of the sweep of handoffs: what is due, missed, escalated, is so once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from escalation.invariants import INVARIANTS
from escalation.models import Baton, Escalation, Handoff
from escalation.services import sweep_handoffs, take_over, write_brief
from events.domain.errors import Conflict, DomainError
from events.models import Record
from tests.durability.processes import DIED, swept
from tests.escalation.handed import BRIEF, Sun, make_sun
from tests.factories import actor_of, moment
from tickets.models import Ticket

SWEEP = "escalation.services.sweep_handoffs"
DUE = moment("2026-03-02 07:30")
END = moment("2026-03-02 08:30")
LATER = moment("2026-03-02 08:31")


@pytest.fixture
def sun(transactional_db: None) -> Sun:
    """Three regions round one client."""
    return make_sun()


@pytest.fixture
def critical(sun: Sun) -> Ticket:
    """A critical ticket that Sydney has until half past eight."""
    return sun.ticket()


def kinds() -> Counter[str]:
    """How often each thing was recorded of handoffs and escalations."""
    rows = Record.objects.filter(kind__regex="^(handoff|escalation)[.](due|missed|lapsed|raised)")
    return Counter(rows.values_list("kind", flat=True))


def healthy() -> bool:
    """Whether every invariant of the floor holds."""
    return all(check() == [] for _, check in INVARIANTS)


@pytest.mark.parametrize("point", ["handoffs_claimed", "handoffs_written"])
def test_killed_before_the_commit_nothing_is_due_and_the_next_sweep_asks_once(
    critical: Ticket, point: str
) -> None:
    assert swept(SWEEP, at=DUE, fail_point=point) == DIED
    assert (Handoff.objects.count(), kinds()) == (0, Counter())
    for _ in range(2):
        assert swept(SWEEP, at=DUE) == 0
    assert (Handoff.objects.count(), kinds()) == (1, {"handoff.due": 1})


@pytest.mark.parametrize("point", ["handoffs_claimed", "handoffs_said", "handoffs_written"])
def test_killed_at_the_end_of_a_shift_it_is_missed_and_escalated_once(critical: Ticket, point: str) -> None:
    sweep_handoffs(at=DUE)
    assert swept(SWEEP, at=END, fail_point=point) == DIED
    assert (Handoff.objects.get().state, Escalation.objects.count()) == ("due", 0)
    for _ in range(2):
        assert swept(SWEEP, at=LATER) == 0
    assert kinds() == {"handoff.due": 1, "handoff.missed": 1, "escalation.raised": 1}
    assert (Handoff.objects.get().missed_at, healthy()) == (END, True)


def test_after_a_kill_the_ticket_still_has_its_owner(sun: Sun, critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    swept(SWEEP, at=END, fail_point="handoffs_said")
    critical.refresh_from_db()
    assert (critical.team, Baton.objects.get().team) == (sun.teams["sydney"], sun.teams["sydney"])
    sweep_handoffs(at=LATER)
    critical.refresh_from_db()
    assert (critical.team, Baton.objects.get().team) == (sun.teams["brussels"], sun.teams["brussels"])


@pytest.mark.parametrize("at", [DUE, END])
def test_sweeps_at_once_make_each_thing_once(sun: Sun, critical: Ticket, at: datetime) -> None:
    tickets = [critical, *(sun.ticket() for _ in range(3))]
    at_once(*[lambda: sweep_handoffs(at=at)] * 4)
    assert Handoff.objects.count() == len(tickets)
    told = Record.objects.filter(kind__in=("handoff.due", "handoff.lapsed"))
    assert set(Counter(told.values_list("subject_id", flat=True)).values()) == {1}
    assert healthy()


def test_of_many_who_take_it_at_once_one_has_it(sun: Sun, critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    handoff = write_brief(actor=actor_of(sun.people["sydney"]), at=DUE, ticket=critical, brief=BRIEF)
    takers = [actor_of(one) for one in (sun.people["brussels"], sun.desk.lead, sun.desk.administrator)]
    results = at_once(*[partial(take_over, actor=one, at=DUE, handoff=handoff) for one in takers])
    assert sum(isinstance(one, Conflict) for one in results) == 2
    assert Record.objects.filter(kind="handoff.accepted").count() == 1
    assert Handoff.objects.get().answered_by == Ticket.objects.get(pk=critical.pk).assignee


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let the acts begin together, each on a connection of its own; refusals come back as values."""
    barrier = Barrier(len(acts))

    def perform(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=90)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(perform, acts))
