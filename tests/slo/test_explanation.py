"""S15: why it is due then, and what a ticket would be promised before it is filed."""

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.services import announce_maintenance_window
from slo.queries import clocks_of, explain, preview
from slo.services import agree_updates
from tests.factories import Desk, actor_of, make_environment
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after
from tickets.models import Ticket
from tickets.services import reclassify


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of low urgency, opened on Monday at nine: sixteen open hours later is Tuesday at five."""
    return make_ticket(desk.contract, requester=desk.poc, urgency="low")


def test_the_stretches_sum_to_the_target(ticket: Ticket) -> None:
    (told,) = explain(ticket, at=after(hours=3))
    assert [part.kind for part in told.segments] == ["open", "closed", "open"]
    assert sum(part.seconds for part in told.segments) == told.target_seconds == 16 * 3600
    assert (told.elapsed_seconds, told.remaining_seconds) == (3 * 3600, 13 * 3600)


def test_an_answered_clock_sums_to_what_had_elapsed(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(hours=2))
    (told,) = explain(ticket, at=after(days=5))
    assert sum(part.seconds for part in told.segments) == told.elapsed_seconds == 2 * 3600
    assert (told.state, told.remaining_seconds) == ("met", 0)


def test_an_exempt_clock_says_why(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, channel="phone")
    (told,) = explain(ticket, at=after(hours=1))
    assert told.exempt_reason == ticket.exempt_reason
    assert [part.kind for part in told.segments] == ["exempt"]


def test_every_change_of_the_due_time_is_told_with_its_reason(desk: Desk, ticket: Ticket) -> None:
    reclassify(actor=actor_of(desk.poc), at=after(hours=1), ticket=ticket, urgency="high", reason="Month end")
    reclassify(
        actor=actor_of(desk.poc), at=after(hours=1.5), ticket=ticket, urgency="medium", reason="Not yet"
    )
    (told,) = explain(ticket, at=after(hours=2))
    assert [change.after for change in told.due_changes] == [after(hours=2), after(hours=8)]
    assert "Month end" in told.due_changes[0].reason


def test_an_agreed_interval_is_explained_with_the_updates(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    from_staff = actor_of(managed.engineer)
    reply(ticket, managed.engineer, at=after(minutes=1))
    agree_updates(
        actor=from_staff,
        at=after(minutes=2),
        ticket=ticket,
        interval=after(hours=3) - after(),
        agreed_with="Ada",
    )
    told = {(one.objective, one.ordinal): one for one in explain(ticket, at=after(minutes=5))}
    assert told["status_update", 2].due_at == after(hours=3, minutes=1)


def test_an_explanation_costs_five_statements(
    ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    explain(ticket, at=after(hours=1))
    with django_assert_num_queries(3):
        explain(ticket, at=after(hours=1))


def test_the_clocks_of_many_tickets_cost_one_statement(
    desk: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [make_ticket(desk.contract, requester=desk.poc).pk for _ in range(3)]
    with django_assert_num_queries(1):
        told = clocks_of(ids)
    assert [len(told[ticket_id]) for ticket_id in ids] == [1, 1, 1]


def test_open_clocks_stand_before_settled_ones(managed: Desk) -> None:
    ticket = make_ticket(managed.contract, requester=managed.poc)
    reply(ticket, managed.engineer, at=after(minutes=1))
    assert [clock.state for clock in clocks_of([ticket.pk])[ticket.pk]] == ["running", "met", "met"]


def test_a_preview_says_what_would_be_promised_and_writes_nothing(managed: Desk) -> None:
    told = preview(managed.contract, request_type="outage-incident", urgency="critical", at=after())
    assert {(one.objective, one.due_at) for one in told} == {
        ("first_response", after(minutes=30)),
        ("status_update", after(minutes=30)),
    }
    assert not Ticket.objects.exists()


def test_a_preview_knows_the_channels_that_do_not_count(managed: Desk) -> None:
    told = preview(
        managed.contract, request_type="outage-incident", urgency="critical", at=after(), channel="email"
    )
    assert {one.state for one in told} == {"exempt"}


def test_a_preview_knows_the_windows_of_the_environment(managed: Desk) -> None:
    environment = make_environment(managed.contract)
    announce_maintenance_window(
        actor=actor_of(managed.poc), at=after(), environment=environment, starts_at=after(minutes=1),
        ends_at=after(hours=1), summary="Disks are exchanged", told=["ops@mana.example"],
    )  # fmt: skip
    told = preview(
        managed.contract, request_type="outage-incident", urgency="critical", at=after(minutes=5),
        environment=environment,
    )  # fmt: skip
    assert {one.due_at for one in told} == {after(hours=1.5)}
