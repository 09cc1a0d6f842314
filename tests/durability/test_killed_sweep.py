"""A worker is killed at each point of the clocks' sweep: verdicts and mails go out later, and once."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db.models import QuerySet

from events.models import Record
from notify.models import Delivery, Notice
from notify.services import deliver_due, dispatch
from slo.models import Clock, Verdict
from slo.queries import faults, oldest_due_at
from slo.services import rebuild, sweep_due
from tests.durability.processes import DIED, swept
from tests.factories import MONDAY, make_desk, make_ticket, reply
from tests.notify.servers import MailSink, mail_server
from tests.notify.told import Desk, clear
from tickets.models import Ticket

SWEEP = "slo.services.sweep_due"
NOON = MONDAY + timedelta(hours=3)
POINTS = ["clocks_claimed", "clocks_written", "verdicts_written", "verdicts_said"]


@pytest.fixture
def desk(transactional_db: None) -> Iterator[Desk]:
    """Four critical tickets whose answers were due at half past nine; nothing else is to be told.

    Whatever was killed, after one more sweep the clocks are the fold of their events.
    """
    made = make_desk()
    for _ in range(4):
        make_ticket(made.contract, requester=made.member)
    clear()
    Delivery.objects.all().delete()
    Notice.objects.all().delete()
    yield made
    sweep_due(at=NOON + timedelta(hours=3))
    assert oldest_due_at() is None
    assert rebuild(at=NOON + timedelta(hours=3), check=True) == []


@pytest.fixture
def sink(transactional_db: None) -> Iterator[MailSink]:
    """A mail server that takes everything."""
    with mail_server() as running:
        yield running


def kinds() -> Counter[str]:
    """How often each thing was recorded of clocks."""
    return Counter(Record.objects.filter(kind__startswith="clock.").values_list("kind", flat=True))


def stored() -> list[object]:
    """All clocks and what the tickets say of them."""
    tickets = Ticket.objects.order_by("id").values_list("id", "next_due_at", "at_risk")
    return [*Clock.objects.order_by("id").values(), *tickets]


def tell(*, at: datetime) -> None:
    """Sweep, make what is to be delivered, and deliver it."""
    sweep_due(at=at)
    dispatch(at=at)
    deliver_due(at=at)


def mails() -> QuerySet[Delivery]:
    """The mails about clocks that went out."""
    return Delivery.objects.filter(channel="email", state="done", record__kind__startswith="clock.")


@pytest.mark.parametrize("point", POINTS)
def test_killed_before_the_commit_nothing_was_said_and_the_next_sweep_says_it_once(
    desk: Desk, point: str
) -> None:
    assert swept(SWEEP, at=NOON, fail_point=point) == DIED
    assert (Verdict.objects.count(), kinds(), Delivery.objects.count()) == (0, Counter(), 0)
    for minutes in (1, 2):
        sweep_due(at=NOON + timedelta(minutes=minutes))
    assert (kinds(), Verdict.objects.count()) == ({"clock.missed": 4, "clock.at_risk": 4}, 8)
    assert rebuild(at=NOON + timedelta(minutes=2), check=True) == []


def test_a_verdict_after_a_kill_is_still_dated_at_due(desk: Desk) -> None:
    swept(SWEEP, at=NOON, fail_point="verdicts_written")
    sweep_due(at=NOON + timedelta(hours=2))
    moments = set(Verdict.objects.filter(kind="missed").values_list("at", "due_at"))
    assert moments == {(MONDAY + timedelta(minutes=30), MONDAY + timedelta(minutes=30))}


def test_what_was_written_before_the_kill_is_as_if_never_written(desk: Desk) -> None:
    before = stored()
    swept(SWEEP, at=NOON, fail_point="verdicts_said")
    assert stored() == before


def test_kills_in_a_row_do_not_add_up(desk: Desk) -> None:
    for minutes, point in enumerate(POINTS):
        assert swept(SWEEP, at=NOON + timedelta(minutes=minutes), fail_point=point) == DIED
    sweep_due(at=NOON + timedelta(hours=1))
    assert kinds()["clock.missed"] == 4
    assert faults.clocks_without_verdict() == faults.clocks_judged_twice() == []


def test_a_killed_sweep_stays_visible_as_the_oldest_thing_due(desk: Desk) -> None:
    swept(SWEEP, at=NOON, fail_point="verdicts_said")
    assert oldest_due_at() == MONDAY + timedelta(minutes=22.5)
    sweep_due(at=NOON)
    assert oldest_due_at() is None


def test_everybody_is_told_once_of_what_a_killed_sweep_found(desk: Desk, sink: MailSink) -> None:
    swept(SWEEP, at=NOON, fail_point="verdicts_said")
    assert sink.taken == []
    tell(at=NOON)
    tell(at=NOON + timedelta(minutes=1))
    sent = [taken.mail["Message-ID"] for taken in sink.taken]
    assert len(sent) == len(set(sent)) == mails().count() > 0


def test_a_kill_between_verdict_and_mail_sends_the_mail_later_and_once(desk: Desk, sink: MailSink) -> None:
    sweep_due(at=NOON)
    swept("deliver_due", at=NOON, fail_point="claimed")
    assert sink.taken == []
    tell(at=NOON + timedelta(minutes=2))
    tell(at=NOON + timedelta(minutes=4))
    sent = sorted(taken.mail["Message-ID"] for taken in sink.taken)
    assert sent == sorted(one.message_id for one in mails())


def test_people_who_answer_while_sweeps_die_are_not_judged_late(desk: Desk) -> None:
    ticket = Ticket.objects.order_by("number")[0]
    reply(ticket, desk.engineer, at=MONDAY + timedelta(minutes=20))
    swept(SWEEP, at=NOON, fail_point="clocks_written")
    sweep_due(at=NOON)
    assert (Clock.objects.get(ticket=ticket).state, kinds()["clock.missed"]) == ("met", 3)
