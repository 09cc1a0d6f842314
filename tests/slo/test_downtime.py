"""The beat stood still for hours: every verdict comes late, once, dated as it should have been."""

from collections import Counter

import pytest

from events.models import Record
from slo.models import Clock, Verdict
from slo.queries import faults
from slo.services import rebuild, sweep_due
from tests.factories import Desk, actor_of
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, clock_of, said, states
from tickets.models import Ticket
from tickets.services import change_status


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A critical ticket, opened on Monday at nine: an answer is due at half past."""
    return make_ticket(desk.contract, requester=desk.poc)


def facts_of(kind: str) -> list[dict[str, object]]:
    """What was recorded of that kind."""
    return list(Record.objects.filter(kind=kind).order_by("id").values_list("data", flat=True))


def test_a_miss_found_hours_late_names_the_moment_at_which_it_was_due(ticket: Ticket) -> None:
    sweep_due(at=after(hours=3))
    (told,) = facts_of("clock.missed")
    assert told["due_at"] == told["missed_at"] == after(minutes=30).isoformat()


def test_a_miss_found_late_is_recorded_at_the_moment_of_the_sweep(ticket: Ticket) -> None:
    sweep_due(at=after(hours=3))
    assert Record.objects.get(kind="clock.missed").at == after(hours=3)
    assert Verdict.objects.get(kind="missed").recorded_at == after(hours=3)


def test_a_risk_of_a_clock_that_still_runs_is_told_although_late(ticket: Ticket) -> None:
    sweep_due(at=after(minutes=29))
    (told,) = facts_of("clock.at_risk")
    assert (told["overtaken"], told["at_risk_at"]) == (False, after(minutes=22.5).isoformat())


def test_a_risk_of_a_clock_that_was_met_meanwhile_is_overtaken(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(minutes=25))
    (told,) = facts_of("clock.at_risk")
    assert (told["overtaken"], said(ticket)) == (True, ["clock.at_risk", "clock.met"])


def test_every_interval_of_a_weekend_without_sweeps_is_its_own_clock(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(days=2, minutes=1))
    assert Counter(states(ticket, "status_update")) == {"missed": 96, "running": 1}
    assert rebuild(at=after(days=2, minutes=1), check=True) == []


def test_intervals_missed_in_a_downtime_follow_one_another_without_a_gap(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(hours=5, minutes=1))
    rows = list(Clock.objects.filter(ticket=ticket, objective="status_update").order_by("ordinal"))
    assert [row.started_at for row in rows[1:]] == [row.due_at for row in rows[:-1]]


def test_one_sweep_after_the_downtime_says_what_many_would_have_said(managed: Desk) -> None:
    watched, forgotten = (make_ticket(managed.contract, requester=managed.poc) for _ in range(2))
    Clock.objects.filter(ticket=forgotten).update(check_at=None)
    for minutes in range(10, 190, 10):
        sweep_due(at=after(minutes=minutes))
    Clock.objects.filter(ticket=forgotten, state="running").update(check_at=after())
    sweep_due(at=after(minutes=180))
    assert outcomes(watched) == outcomes(forgotten)


def outcomes(ticket: Ticket) -> list[tuple[object, ...]]:
    """How each clock of the ticket stands, and since when."""
    rows = Clock.objects.filter(ticket=ticket).order_by("objective", "ordinal")
    return list(rows.values_list("objective", "ordinal", "state", "due_at", "missed_at", "at_risk_at"))


def test_a_sweep_that_runs_before_the_last_one_undoes_nothing(ticket: Ticket) -> None:
    sweep_due(at=after(hours=1))
    sweep_due(at=after(minutes=25))
    assert (clock_of(ticket).state, said(ticket)) == ("missed", ["clock.at_risk", "clock.missed"])


def test_a_ticket_cancelled_during_the_downtime_keeps_the_miss_before_it(desk: Desk, ticket: Ticket) -> None:
    engineer = actor_of(desk.engineer)
    change_status(actor=engineer, at=after(hours=1), ticket=ticket, to="cancelled", reason="Filed twice")
    sweep_due(at=after(hours=3))
    assert (clock_of(ticket).state, said(ticket).count("clock.missed")) == ("missed", 1)


def test_a_ticket_cancelled_in_time_is_never_judged_afterwards(desk: Desk, ticket: Ticket) -> None:
    engineer = actor_of(desk.engineer)
    change_status(actor=engineer, at=after(minutes=5), ticket=ticket, to="cancelled", reason="Filed twice")
    assert sweep_due(at=after(days=3)) == 0
    assert (clock_of(ticket).state, said(ticket)) == ("cancelled", [])


def test_an_answer_recorded_while_nothing_swept_is_judged_by_its_own_moment(
    desk: Desk, ticket: Ticket
) -> None:
    reply(ticket, desk.engineer, at=after(minutes=30))
    sweep_due(at=after(hours=9))
    assert (clock_of(ticket).state, Verdict.objects.filter(kind="missed").count()) == ("met", 0)


def test_the_invariants_hold_after_a_day_without_sweeps(managed: Desk) -> None:
    for _ in range(3):
        make_ticket(managed.contract, requester=managed.poc)
    sweep_due(at=after(days=1))
    checks = (faults.clocks_across_clients, faults.clocks_judged_twice, faults.clocks_without_verdict)
    assert [check() for check in (*checks, faults.verdicts_without_clock)] == [[], [], [], []]
