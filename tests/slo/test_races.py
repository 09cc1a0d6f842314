"""Two schedulers, four workers, people at work: every verdict once, with real commits and real threads."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connections, transaction

from events.models import Record
from slo.models import Clock, Verdict
from slo.queries import faults, oldest_due_at
from slo.services import rebuild, sweep_due
from slo.tasks import sweep_clocks
from tests.factories import Desk, actor_of, make_desk
from tests.factories.work import make_ticket
from tests.slo.reading import after, said
from tickets.services import post_message

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at one moment, each on a connection of its own; gives what each returned."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def sweep_until_idle() -> int:
    """Sweep in small batches until nothing is left that nobody else holds."""
    done = 0
    while swept := sweep_due(at=after(hours=1), limit=3):
        done += swept
    return done


@pytest.fixture
def desk() -> Desk:
    """A desk with a dozen critical tickets whose answers were due at half past nine."""
    desk = make_desk()
    for _ in range(12):
        make_ticket(desk.contract, requester=desk.poc)
    return desk


def test_four_sweeps_at_once_say_everything_once(desk: Desk) -> None:
    together(*[sweep_until_idle] * 4)
    sweep_until_idle()
    kinds = Counter(Record.objects.filter(kind__startswith="clock.").values_list("kind", flat=True))
    assert kinds == {"clock.at_risk": 12, "clock.missed": 12}
    assert Verdict.objects.count() == 24
    assert rebuild(at=after(hours=1), check=True) == []


def test_two_schedulers_ringing_at_once_say_everything_once(desk: Desk) -> None:
    together(sweep_clocks, sweep_clocks)
    sweep_clocks()
    kinds = Counter(Record.objects.filter(kind__startswith="clock.").values_list("kind", flat=True))
    assert kinds == {"clock.at_risk": 12, "clock.missed": 12}
    assert oldest_due_at() is None


def test_a_bell_rung_a_second_time_finds_nothing(desk: Desk) -> None:
    assert (sweep_clocks(), sweep_clocks()) == (12, 0)


def test_one_of_four_sweeps_dies_and_the_others_lose_nothing(desk: Desk) -> None:
    together(sweep_until_idle, sweep_until_idle, sweep_until_idle, die_quietly)
    sweep_until_idle()
    assert Verdict.objects.filter(kind="missed").count() == 12
    assert faults.clocks_judged_twice() == faults.clocks_without_verdict() == []


def die_quietly() -> None:
    """Sweep, and die before the commit; the worker's end is nobody's business here."""
    with suppress(RuntimeError):
        sweep_and_die()


def test_a_rebuild_beside_sweeps_says_nothing_twice(desk: Desk) -> None:
    together(sweep_until_idle, lambda: rebuild(at=after(hours=1), check=False))
    sweep_until_idle()
    assert Record.objects.filter(kind="clock.missed").count() == 12
    assert rebuild(at=after(hours=1), check=True) == []


def test_a_sweep_that_dies_half_way_leaves_everything_to_the_next(desk: Desk) -> None:
    with pytest.raises(RuntimeError):
        sweep_and_die()
    assert Verdict.objects.count() == 0
    assert Clock.objects.filter(state="running").count() == 12
    assert sweep_until_idle() == 12


def sweep_and_die() -> None:
    """Sweep, and die before the commit."""
    with transaction.atomic():
        sweep_due(at=after(hours=1))
        raise RuntimeError("killed")


def test_answers_and_sweeps_at_once_leave_one_verdict_each(desk: Desk) -> None:
    tickets = list(desk.contract.tickets.order_by("id")[:4])
    answers = [lambda ticket=ticket: answer(desk, ticket.pk) for ticket in tickets]
    together(*answers, sweep_until_idle, sweep_until_idle)
    sweep_until_idle()
    for ticket in tickets:
        assert len([kind for kind in said(ticket) if kind == "clock.missed"]) == 1
        assert Clock.objects.get(ticket=ticket).met_at == after(minutes=31)
    assert rebuild(at=after(hours=1), check=True) == []


def answer(desk: Desk, ticket_id: int) -> None:
    """Answer a minute too late."""
    ticket = desk.contract.tickets.get(pk=ticket_id)
    post_message(actor=actor_of(desk.engineer), at=after(minutes=31), ticket=ticket, body="We look into it.")
