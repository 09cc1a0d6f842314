"""What the system escalates by itself (E2), and the default path of a new contract (E1)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from escalation.models import Escalation, Step
from escalation.queries import facts_of, path_of
from escalation.services import raise_escalation, resolve
from events.models import Record
from slo.services import project, sweep_due
from tests.factories import Desk, actor_of, make_desk, make_ticket, moment, reply
from tests.flows.story import cast_for
from tickets.models import Ticket

HALF_PAST = moment("2026-03-02 09:31")


def test_a_missed_first_response_of_the_worst_rank_escalates(ticket: Ticket) -> None:
    sweep_due(at=moment("2026-03-02 09:31"))

    escalation = Escalation.objects.get(ticket=ticket)
    assert (escalation.ground, escalation.raised_by_name) == ("late_response", "Caredesk")


def test_a_lesser_rank_does_not(desk: Desk) -> None:
    make_ticket(desk.contract, requester=desk.poc, urgency="low")

    sweep_due(at=moment("2026-03-09 09:31"))

    assert not Escalation.objects.exists()


def test_a_contract_can_switch_it_off(desk: Desk, ticket: Ticket) -> None:
    desk.contract.switches = {"escalate_first_response": False}
    desk.contract.save()

    sweep_due(at=moment("2026-03-02 09:31"))

    assert not Escalation.objects.exists()


def test_a_sweep_that_runs_twice_escalates_once(ticket: Ticket) -> None:
    for _ in range(2):
        sweep_due(at=moment("2026-03-02 09:31"))

    assert Escalation.objects.filter(ticket=ticket).count() == 1


def test_a_new_contract_has_the_default_path_of_its_plan(db: None) -> None:
    cast = cast_for("total-care")

    path = path_of(cast.contract)

    assert path[0].person == cast.csm
    assert [tier.level for tier in path] == list(range(1, len(path) + 1))


def test_every_ticket_of_one_sweep_is_escalated_and_names_its_own_miss(desk: Desk, ticket: Ticket) -> None:
    for _ in range(3):
        make_ticket(desk.contract, requester=desk.poc)

    sweep_due(at=HALF_PAST)

    raised = Record.objects.filter(kind="escalation.raised", cause__kind="clock.missed")
    assert len(raised) == Escalation.objects.count() == Step.objects.filter(kind="raised").count() == 4
    assert raised.filter(cause__subject_id=F("subject_id")).count() == 4


def test_what_the_system_raises_reads_like_what_a_person_raises(desk: Desk, ticket: Ticket) -> None:
    sweep_due(at=HALF_PAST)

    row = Escalation.objects.get()
    assert (row.level, row.state, row.raised_at, row.told_at) == (1, "waiting", HALF_PAST, HALF_PAST)
    assert row.acknowledge_due_at == moment("2026-03-02 10:31")
    assert row.facts == {**facts_of(ticket), "earlier_escalations": 0}
    assert row.steps.get().by_name == "Caredesk"


def test_its_facts_say_that_the_answer_was_missed(ticket: Ticket) -> None:
    sweep_due(at=HALF_PAST)

    (clock,) = Escalation.objects.get().facts["clocks"]
    assert (clock["objective"], clock["state"]) == ("first_response", "missed")


def test_a_ticket_that_a_person_escalated_stays_as_it_is(desk: Desk, ticket: Ticket) -> None:
    by_hand = raise_escalation(
        actor=actor_of(desk.poc), at=moment("2026-03-02 09:10"), ticket=ticket, ground="other", reason="Hurry"
    )
    other = make_ticket(desk.contract, requester=desk.poc)

    sweep_due(at=HALF_PAST)

    assert set(Escalation.objects.values_list("ticket_id", "ground")) == {
        (ticket.pk, by_hand.ground),
        (other.pk, "late_response"),
    }


def test_after_an_earlier_one_ended_a_miss_escalates_anew(desk: Desk, ticket: Ticket) -> None:
    by = actor_of(desk.lead)
    early = raise_escalation(actor=by, at=moment("2026-03-02 09:05"), ticket=ticket, ground="late_response")
    resolve(actor=by, at=moment("2026-03-02 09:06"), escalation=early, outcome="not_upheld", text="In time.")

    sweep_due(at=HALF_PAST)

    assert Escalation.objects.get(raised_by_name="Caredesk").facts["earlier_escalations"] == 1


def test_two_misses_of_one_ticket_at_once_make_one_escalation(desk: Desk) -> None:
    desk.contract.resolution_thresholds = {"critical": 3600}
    desk.contract.save()
    make_ticket(desk.contract, requester=desk.poc)

    sweep_due(at=moment("2026-03-02 11:00"))

    assert Record.objects.filter(kind="clock.missed").count() == 2
    assert Escalation.objects.get().ground == "late_response"


def test_a_resolution_threshold_escalates_whatever_the_rank(desk: Desk) -> None:
    desk.contract.resolution_thresholds = {"low": 3600}
    desk.contract.save()
    make_ticket(desk.contract, requester=desk.poc, urgency="low")

    sweep_due(at=moment("2026-03-02 11:00"))

    assert Escalation.objects.get().ground == "slow_resolution"


def test_a_contract_without_a_path_holds_up_nobody(desk: Desk, ticket: Ticket) -> None:
    bare = make_desk("BARE")
    without = make_ticket(bare.contract, requester=bare.poc)

    sweep_due(at=HALF_PAST)

    assert list(Escalation.objects.values_list("ticket_id", flat=True)) == [ticket.pk]
    assert Record.objects.filter(kind="clock.missed", subject_id=without.pk).exists()


def test_an_answer_that_finds_the_miss_before_the_sweep_escalates_too(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=moment("2026-03-02 09:45"))

    assert Escalation.objects.get().ground == "late_response"


def test_projecting_again_escalates_nothing_again(ticket: Ticket) -> None:
    sweep_due(at=HALF_PAST)
    project(ticket_id=ticket.pk, at=moment("2026-03-02 10:00"))

    assert Escalation.objects.count() == 1


@pytest.mark.parametrize("urgency", ["critical", "low"])
def test_many_misses_cost_as_many_statements_as_few(desk: Desk, urgency: str) -> None:
    few = statements_for(desk, 3, urgency)
    assert statements_for(desk, 15, urgency) == few <= 30


def statements_for(desk: Desk, number: int, urgency: str) -> int:
    """What sweeping so many misses costs, with all that reacts to them."""
    for _ in range(number):
        make_ticket(desk.contract, requester=desk.poc, urgency=urgency)
    with CaptureQueriesContext(connection) as statements:
        assert sweep_due(at=moment("2026-03-09 09:31")) == number
    return len(statements)
