"""Which agreement on updates holds at a moment, and which tickets can have one (S8)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from slo.queries import agreement_of, owes_updates
from slo.services import agree_updates, end_agreement
from tests.factories import Desk, actor_of
from tests.factories.work import make_ticket
from tests.slo.reading import after
from tickets.models import Ticket


@pytest.fixture
def ticket(managed: Desk) -> Ticket:
    """A critical outage: an update every half hour."""
    return make_ticket(managed.contract, requester=managed.poc)


def agree(desk: Desk, ticket: Ticket, *, hours: int = 4, **facts: Any) -> None:  # noqa: ANN401
    """The engineer records ten minutes after the opening that Ada agreed."""
    agree_updates(
        actor=actor_of(desk.engineer), at=after(minutes=10), ticket=ticket,
        interval=timedelta(hours=hours), agreed_with="Ada", **facts,
    )  # fmt: skip


def test_without_an_agreement_the_plans_interval_holds(ticket: Ticket) -> None:
    assert agreement_of(ticket, at=after(hours=1)) is None


def test_an_agreement_tells_who_when_how_often_and_until(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, until=after(hours=9), note="By phone")
    told = agreement_of(ticket, at=after(hours=1))
    assert told is not None
    assert (told.agreed_with, told.recorded_by, told.note) == ("Ada", managed.engineer.name, "By phone")
    assert (told.interval, told.until) == (timedelta(hours=4), after(hours=9))
    assert told.recorded_at == after(minutes=10)


def test_an_agreement_holds_up_to_its_end_and_not_at_it(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, until=after(hours=9))
    assert agreement_of(ticket, at=after(hours=8, minutes=59)) is not None
    assert agreement_of(ticket, at=after(hours=9)) is None


def test_the_last_agreement_is_the_one_that_holds(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, hours=4)
    agree(managed, ticket, hours=2)
    told = agreement_of(ticket, at=after(hours=1))
    assert told is not None
    assert told.interval == timedelta(hours=2)


def test_an_ended_agreement_holds_no_more(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket)
    end_agreement(actor=actor_of(managed.engineer), at=after(minutes=20), ticket=ticket)
    assert agreement_of(ticket, at=after(hours=1)) is None


def test_nothing_was_agreed_before_it_was_recorded(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket)
    assert agreement_of(ticket, at=after(minutes=9)) is None


def test_the_agreement_of_another_ticket_is_not_this_ones(managed: Desk, ticket: Ticket) -> None:
    agree(managed, make_ticket(managed.contract, requester=managed.poc))
    assert agreement_of(ticket, at=after(hours=1)) is None


def test_asking_costs_one_statement(
    managed: Desk, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agree(managed, ticket)
    with django_assert_num_queries(1):
        agreement_of(ticket, at=after(hours=1))


@pytest.mark.parametrize(
    ("plan", "owed"),
    [("managed-self-hosted", True), ("idalko-premium", True), ("total-care", False), ("select", False)],
)
def test_updates_are_owed_where_the_plan_says_so(
    plan: str, owed: bool, desk_on: Callable[[str], Desk]
) -> None:
    desk = desk_on(plan)
    assert owes_updates(make_ticket(desk.contract, requester=desk.poc)) is owed
