"""S11 and S14: windows, calendars and contracts that change while clocks run."""

import pytest

from contracts.models import Environment, MaintenanceWindow
from contracts.services import (
    amend,
    announce_maintenance_window,
    cancel_maintenance_window,
    save_calendar,
)
from events.models import Record
from slo.models import DueChange
from slo.queries import explain
from slo.services import rebuild, sweep_due
from tests.factories import Desk, actor_of, make_desk, make_environment
from tests.factories.promises import WEEKDAYS_9_TO_17
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, clock_of, said
from tickets.models import Ticket


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of low urgency, opened on Monday at nine: sixteen open hours later is Tuesday at five."""
    return make_ticket(desk.contract, requester=desk.poc, urgency="low")


def close_tuesday(desk: Desk, hours: float = 1) -> None:
    """Make Tuesday a holiday of the contract's own calendar."""
    content = {"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17, "holidays": {"2026-03-03": "Feast"}}
    save_calendar(
        actor=actor_of(desk.administrator), at=after(hours=hours), client=desk.client,
        name=desk.contract.calendar.name, content=content,
    )  # fmt: skip


def test_a_new_holiday_moves_open_clocks(desk: Desk, ticket: Ticket) -> None:
    assert clock_of(ticket).due_at == after(days=1, hours=8)
    close_tuesday(desk)
    assert clock_of(ticket).due_at == after(days=2, hours=8)
    change = DueChange.objects.get()
    assert (change.before, change.after) == (after(days=1, hours=8), after(days=2, hours=8))
    assert "Support hours changed" in change.reason


def test_what_is_met_stays_as_it_was(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer, at=after(minutes=1))
    before = clock_of(ticket)
    close_tuesday(desk)
    assert clock_of(ticket).due_at == before.due_at


def test_what_is_missed_stays_missed(desk: Desk, ticket: Ticket) -> None:
    sweep_due(at=after(days=1, hours=9))
    close_tuesday(desk, hours=34)
    reply(ticket, desk.engineer, at=after(days=1, hours=11))
    one = clock_of(ticket)
    assert (one.state, one.missed_at, one.met_at) == (
        "missed",
        after(days=1, hours=8),
        after(days=1, hours=11),
    )
    assert rebuild(at=after(days=2), check=True) == []


def test_a_settled_clock_is_explained_on_the_calendar_that_it_was_settled_on(
    desk: Desk, ticket: Ticket
) -> None:
    sweep_due(at=after(days=1, hours=9))
    close_tuesday(desk, hours=34)
    (told,) = explain(ticket, at=after(days=3))
    assert sum(part.seconds for part in told.segments) == told.target_seconds
    assert "holiday" not in {part.kind for part in told.segments}


def test_another_clients_clocks_are_left_alone(desk: Desk) -> None:
    other = make_desk("OTHER")
    theirs = make_ticket(other.contract, requester=other.poc, urgency="low")
    close_tuesday(desk)
    assert clock_of(theirs).due_at == after(days=1, hours=8)


def test_a_window_announced_in_time_moves_the_clocks_of_its_environment(managed: Desk) -> None:
    environment = make_environment(managed.contract)
    ticket = make_ticket(managed.contract, requester=managed.poc, environment=environment)
    elsewhere = make_ticket(managed.contract, requester=managed.poc)
    announce(managed, environment)
    assert clock_of(ticket).due_at == after(hours=2, minutes=20)
    assert clock_of(elsewhere).due_at == after(minutes=30)


def announce(desk: Desk, environment: Environment, at_minutes: int = 5) -> MaintenanceWindow:
    """Announce work from ten past nine to eleven."""
    return announce_maintenance_window(
        actor=actor_of(desk.poc), at=after(minutes=at_minutes), environment=environment,
        starts_at=after(minutes=10), ends_at=after(hours=2),
        summary="Disks are exchanged", told=["ops@mana.example"],
    )  # fmt: skip


def test_a_window_announced_after_it_began_excludes_nothing(managed: Desk) -> None:
    environment = make_environment(managed.contract)
    ticket = make_ticket(managed.contract, requester=managed.poc, environment=environment)
    announce(managed, environment, at_minutes=15)
    assert clock_of(ticket).due_at == after(minutes=30)


def test_a_window_called_off_counts_again(managed: Desk) -> None:
    environment = make_environment(managed.contract)
    ticket = make_ticket(managed.contract, requester=managed.poc, environment=environment)
    window = announce(managed, environment)
    cancel_maintenance_window(actor=actor_of(managed.poc), at=after(minutes=6), window=window)
    assert clock_of(ticket).due_at == after(minutes=30)


def test_a_target_agreed_otherwise_holds_for_open_clocks(desk: Desk, ticket: Ticket) -> None:
    amend(
        actor=actor_of(desk.account_executive), at=after(hours=1), contract=desk.contract,
        path="targets.first_response.incident.low.seconds", value=4 * 3600, reason="Agreed",
        agreed_by_client="Ada",
    )  # fmt: skip
    assert clock_of(ticket).due_at == after(hours=4)


def test_a_recorded_window_is_no_event_of_the_ticket(managed: Desk) -> None:
    environment = make_environment(managed.contract)
    ticket = make_ticket(managed.contract, requester=managed.poc, environment=environment)
    announce(managed, environment)
    assert said(ticket) == []
    assert Record.objects.filter(kind="window.announced").count() == 1
