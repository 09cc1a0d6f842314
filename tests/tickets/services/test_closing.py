"""Closing what was solved."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_ticket, reply
from tickets.models import Ticket
from tickets.services import change_status, close_due
from tickets.tasks import close_resolved, drop_unsent_files

DUE = MONDAY + timedelta(days=7)


def solve(desk: Desk, ticket: Ticket) -> Ticket:
    return change_status(
        actor=actor_of(desk.engineer), at=MONDAY, ticket=ticket, to="resolved", summary="Done."
    )


def test_at_the_end_of_its_days_a_solved_ticket_closes(desk: Desk, ticket: Ticket) -> None:
    solve(desk, ticket)
    assert close_due(at=DUE - timedelta(seconds=1)) == 0
    assert close_due(at=DUE) == 1
    ticket.refresh_from_db()
    record = Record.objects.filter(kind="ticket.status_changed").latest("id")
    assert (ticket.status, ticket.closed_at, ticket.close_due_at) == ("closed", DUE, None)
    assert (record.data["by"], record.actor_kind, record.at) == ("system", "system", DUE)


def test_doubled_or_late_it_closes_once(desk: Desk, ticket: Ticket) -> None:
    solve(desk, ticket)
    assert [close_due(at=DUE + timedelta(days=9)) for _ in range(3)] == [1, 0, 0]
    assert Record.objects.filter(kind="ticket.status_changed", data__after="closed").count() == 1


@pytest.mark.parametrize("answer", ["reply", "closed"])
def test_what_the_client_answered_is_left_alone(desk: Desk, ticket: Ticket, answer: str) -> None:
    solve(desk, ticket)
    if answer == "reply":
        reply(ticket, desk.poc, "Not yet")
    else:
        change_status(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, to="closed")
    assert close_due(at=DUE) == 0


def test_a_run_takes_so_many_and_the_next_the_rest(desk: Desk) -> None:
    for _ in range(3):
        solve(desk, make_ticket(desk.contract, requester=desk.poc))
    assert [close_due(at=DUE, limit=2) for _ in range(3)] == [2, 1, 0]


def test_many_cost_as_much_as_one(desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(4):
        solve(desk, make_ticket(desk.contract, requester=desk.poc))
    with django_assert_max_num_queries(3 + 4):  # four for savepoints in place of transactions
        assert close_due(at=DUE) == 4


def test_the_sweeps_run_on_the_databases_clock(desk: Desk, ticket: Ticket) -> None:
    solve(desk, ticket)
    assert (close_resolved(), drop_unsent_files()) == (1, 0)
