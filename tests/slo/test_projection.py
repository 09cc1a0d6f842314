"""What people do on a ticket, and what its clocks say then."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from slo.models import Clock, DueChange
from slo.services import project, project_many
from tests.factories import Desk, actor_of, make_environment
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, clock_of, said, states, verdicts
from tickets.models import Ticket
from tickets.services import change_status, log_call, merge_ticket, post_message, reclassify


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A critical ticket, opened on Monday at nine: an answer is due at half past."""
    return make_ticket(desk.contract, requester=desk.poc)


def test_opening_a_ticket_starts_its_clock_and_says_when_it_is_due(ticket: Ticket) -> None:
    one = clock_of(ticket)
    ticket.refresh_from_db()
    assert (one.state, one.started_at, one.due_at) == ("running", after(), after(minutes=30))
    assert (ticket.next_due_at, ticket.at_risk) == (one.due_at, False)


def test_a_reply_by_staff_meets_first_response(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(minutes=10))
    one = clock_of(ticket)
    ticket.refresh_from_db()
    assert (one.state, one.met_at, one.check_at) == ("met", after(minutes=10), None)
    assert (said(ticket), verdicts(ticket), ticket.next_due_at) == (["clock.met"], ["met"], None)


def test_a_late_reply_is_said_and_is_no_second_verdict(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(hours=1))
    assert (clock_of(ticket).state, clock_of(ticket).met_at) == ("missed", after(hours=1))
    assert said(ticket) == ["clock.at_risk", "clock.missed", "clock.met"]
    assert verdicts(ticket) == ["at_risk", "missed"]


def test_an_unanswered_missed_clock_keeps_its_ticket_on_top(desk: Desk, ticket: Ticket) -> None:
    project(ticket_id=ticket.pk, at=after(hours=2))
    ticket.refresh_from_db()
    assert (ticket.next_due_at, ticket.at_risk) == (after(minutes=30), True)


def test_a_call_that_the_client_may_read_of_counts(desk: Desk, ticket: Ticket) -> None:
    log_call(
        actor=actor_of(desk.engineer),
        at=after(minutes=5),
        ticket=ticket,
        body="We spoke.",
        people="Ada",
        minutes=3,
    )
    assert clock_of(ticket).state == "met"


def test_a_resolution_summary_counts(desk: Desk, ticket: Ticket) -> None:
    solver = actor_of(desk.engineer)
    change_status(actor=solver, at=after(minutes=5), ticket=ticket, to="resolved", summary="It works again.")
    assert clock_of(ticket).state == "met"


def test_an_internal_note_does_not_count(desk: Desk, ticket: Ticket) -> None:
    noter = actor_of(desk.engineer)
    post_message(actor=noter, at=after(minutes=5), ticket=ticket, body="Look here.", visibility="internal")
    assert clock_of(ticket).state == "running"


def test_the_clients_own_words_do_not_count(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.poc, at=after(minutes=5))
    assert clock_of(ticket).state == "running"


def test_taking_the_ticket_up_does_not_count(desk: Desk, ticket: Ticket) -> None:
    change_status(actor=actor_of(desk.engineer), at=after(minutes=5), ticket=ticket, to="in_progress")
    assert clock_of(ticket).state == "running"


def test_what_staff_write_down_for_a_caller_is_no_answer(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, actor=actor_of(desk.engineer))
    assert clock_of(ticket).state == "running"


def test_a_channel_that_does_not_count_has_no_clock_and_says_why(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, channel="email")
    one = clock_of(ticket)
    ticket.refresh_from_db()
    assert (one.state, one.due_at, ticket.next_due_at) == ("exempt", None, None)
    assert one.exempt_reason == ticket.exempt_reason != ""


def test_a_cancelled_ticket_has_its_running_clocks_cancelled(desk: Desk, ticket: Ticket) -> None:
    change_status(
        actor=actor_of(desk.engineer),
        at=after(minutes=5),
        ticket=ticket,
        to="cancelled",
        reason="Filed twice",
    )
    assert (clock_of(ticket).state, verdicts(ticket)) == ("cancelled", [])


def test_a_ticket_merged_away_has_its_running_clocks_cancelled(desk: Desk, ticket: Ticket) -> None:
    other = make_ticket(desk.contract, requester=desk.poc)
    merge_ticket(actor=actor_of(desk.engineer), at=after(minutes=5), ticket=ticket, into=other)
    assert (clock_of(ticket).state, clock_of(other).state) == ("cancelled", "running")


def test_a_change_of_urgency_keeps_the_due_time_before_and_after_with_its_reason(
    desk: Desk, ticket: Ticket
) -> None:
    reclassify(
        actor=actor_of(desk.poc), at=after(minutes=10), ticket=ticket, urgency="low", reason="It can wait"
    )
    change = DueChange.objects.get(clock__ticket=ticket)
    assert (change.before, change.after) == (after(minutes=30), after(days=1, hours=8))
    assert "critical to low" in change.reason
    assert "It can wait" in change.reason


def test_projecting_again_changes_nothing(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(hours=1))
    before = list(Clock.objects.values())
    project(ticket_id=ticket.pk, at=after(hours=1))
    project_many([ticket.pk], at=after(hours=2))
    assert list(Clock.objects.values()) == before
    assert len(said(ticket)) == 3


def test_a_silent_incident_misses_every_interval(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    project(ticket_id=ticket.pk, at=after(minutes=95))
    assert states(ticket, "status_update") == ["missed", "missed", "missed", "running"]


def test_the_interval_that_the_summary_would_start_leaves_no_row(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    solver = actor_of(managed.engineer)
    change_status(actor=solver, at=after(minutes=5), ticket=ticket, to="resolved", summary="It works again.")
    assert states(ticket, "status_update") == ["met"]


def test_asking_the_client_pauses_where_the_plan_says_so(guaranteed: Desk) -> None:
    ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
    wait_for(ticket, guaranteed.engineer, guaranteed.poc)
    assert (clock_of(ticket).state, clock_of(ticket, "intervention").state) == ("paused", "paused")
    assert clock_of(ticket).reason
    reply(ticket, guaranteed.poc, at=after(hours=5))
    assert clock_of(ticket).due_at == after(hours=6, minutes=30)


def wait_for(ticket: Ticket, asker: Person, asked: Person) -> None:
    """Wait for the client half an hour after the opening."""
    change_status(
        actor=actor_of(asker), at=after(minutes=30), ticket=ticket, to="waiting_on_client", waiting_on=asked,
        waiting_for="May we restart it?",
    )  # fmt: skip


def test_work_starts_the_guaranteed_updates(guaranteed: Desk) -> None:
    ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
    change_status(actor=actor_of(guaranteed.engineer), at=after(hours=1), ticket=ticket, to="in_progress")
    assert clock_of(ticket, "intervention").state == "met"
    assert clock_of(ticket, "status_update").due_at == after(hours=3)


def test_a_ticket_solved_at_once_was_worked_on(guaranteed: Desk) -> None:
    ticket = make_ticket(guaranteed.contract, requester=guaranteed.poc)
    solver = actor_of(guaranteed.engineer)
    change_status(actor=solver, at=after(hours=1), ticket=ticket, to="resolved", summary="It works again.")
    assert clock_of(ticket, "intervention").state == "met"


def test_best_endeavours_show_one_exempt_clock(desk_on: Callable[[str], Desk]) -> None:
    desk = desk_on("pay-as-you-go")
    ticket = make_ticket(desk.contract, requester=desk.poc)
    assert states(ticket, "first_response") == ["exempt"]


def test_clocks_carry_what_reports_ask_for(desk: Desk, ticket: Ticket) -> None:
    one = clock_of(ticket)
    assert (one.client, one.contract, one.plan) == (desk.client, desk.contract, "total-care")
    assert (one.rank, one.commitment, str(one.due_on)) == (1, "objective", "2026-03-02")


def test_a_ticket_on_an_environment_costs_five_statements(
    managed: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    environment = make_environment(managed.contract)
    ticket = make_ticket(managed.contract, requester=managed.poc, environment=environment)
    with django_assert_num_queries(5):
        project(ticket_id=ticket.pk, at=after(minutes=1))
