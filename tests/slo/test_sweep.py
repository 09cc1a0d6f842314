"""The sweep: what time alone changes is recorded once, however often and however late it runs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Record
from events.queries import database_now
from slo.models import Clock
from slo.queries import oldest_due_at
from slo.services import sweep_due
from slo.tasks import sweep_clocks
from tests.factories import Desk, make_desk
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, clock_of, said, states, verdicts
from tickets.models import Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A critical ticket, opened on Monday at nine: an answer is due at half past."""
    return make_ticket(desk.contract, requester=desk.poc)


def test_nothing_is_due_before_its_time(ticket: Ticket) -> None:
    assert sweep_due(at=after(minutes=22)) == 0
    assert said(ticket) == []


def test_at_risk_is_recorded_when_three_quarters_are_used(ticket: Ticket) -> None:
    assert sweep_due(at=after(minutes=23)) == 1
    ticket.refresh_from_db()
    assert clock_of(ticket).at_risk_at == after(minutes=22.5)
    assert (said(ticket), ticket.at_risk) == (["clock.at_risk"], True)


def test_missed_is_dated_at_due_and_not_at_the_sweep(ticket: Ticket) -> None:
    sweep_due(at=after(hours=9))
    one = clock_of(ticket)
    assert (one.state, one.missed_at, one.check_at) == ("missed", after(minutes=30), None)


def test_due_itself_is_still_on_time(ticket: Ticket) -> None:
    sweep_due(at=after(minutes=23))
    assert sweep_due(at=after(minutes=30)) == 0


def test_a_second_sweep_says_nothing_again(ticket: Ticket) -> None:
    for _ in range(3):
        sweep_due(at=after(hours=1))
    assert said(ticket) == ["clock.at_risk", "clock.missed"]
    assert verdicts(ticket) == ["at_risk", "missed"]


def test_after_hours_of_downtime_the_risk_is_overtaken(ticket: Ticket) -> None:
    sweep_due(at=after(hours=3))
    record = Record.objects.get(kind="clock.at_risk", subject_id=ticket.pk)
    assert record.data["overtaken"] is True


def test_in_time_the_risk_is_not_overtaken(ticket: Ticket) -> None:
    sweep_due(at=after(minutes=25))
    assert Record.objects.get(kind="clock.at_risk").data["overtaken"] is False


def test_every_interval_of_the_downtime_is_missed_once(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(hours=3, minutes=10))
    sweep_due(at=after(hours=3, minutes=10))
    assert states(ticket, "status_update") == ["missed"] * 6 + ["running"]
    assert said(ticket).count("clock.missed") == 7


def test_a_missed_clock_is_never_read_again(ticket: Ticket) -> None:
    sweep_due(at=after(hours=1))
    with CaptureQueriesContext(connection) as statements:
        assert sweep_due(at=after(days=9)) == 0
    assert len([one for one in statements if "slo_clock" in one["sql"]]) == 1


def test_the_sweep_finds_its_work_by_the_index(db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Clock.objects.to_check(after()).explain()
    assert "clock_to_check" in plan


def test_the_limit_holds_and_the_rest_comes_next(desk: Desk) -> None:
    for _ in range(5):
        make_ticket(desk.contract, requester=desk.poc)
    assert [sweep_due(at=after(hours=1), limit=2) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize("plan", ["total-care", "managed-self-hosted"])
def test_a_batch_costs_the_same_statements_for_three_tickets_and_for_fifteen(plan: str, db: None) -> None:
    desk = make_desk("MANY", plan)
    few = statements_for(desk, 3)
    assert few == statements_for(desk, 15) <= 12


def statements_for(desk: Desk, number: int) -> int:
    """What sweeping so many new tickets costs, up to the risk."""
    for _ in range(number):
        make_ticket(desk.contract, requester=desk.poc)
    with CaptureQueriesContext(connection) as statements:
        sweep_due(at=after(minutes=23))
    Clock.objects.update(check_at=None)
    return len(statements)


def test_a_ticket_that_cannot_be_folded_does_not_hold_up_the_others(desk: Desk) -> None:
    broken, sound = (make_ticket(desk.contract, requester=desk.poc) for _ in range(2))
    Record.objects.filter(kind="ticket.opened", subject_id=broken.pk).update(kind="ticket.rated")
    sweep_due(at=after(hours=1))
    assert (clock_of(sound).state, clock_of(broken).state) == ("missed", "running")
    assert sweep_due(at=after(hours=1)) == 0
    assert sweep_due(at=after(hours=1, minutes=6)) == 1


def test_a_verdict_lost_from_the_row_is_not_said_twice(ticket: Ticket) -> None:
    sweep_due(at=after(hours=1))
    Clock.objects.update(state="running", missed_at=None, check_at=after())
    sweep_due(at=after(hours=2))
    assert (clock_of(ticket).state, said(ticket).count("clock.missed")) == ("missed", 1)


def test_an_answered_ticket_has_nothing_due(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(minutes=1))
    assert sweep_due(at=after(days=9)) == 0


def test_the_age_of_the_oldest_due_thing_is_known(ticket: Ticket) -> None:
    assert oldest_due_at() == after(minutes=22.5)
    assert sweep_clocks() == 1
    assert oldest_due_at() is None
    assert clock_of(ticket).missed_at == after(minutes=30) < database_now()
