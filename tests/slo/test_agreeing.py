"""S8: client and provider agree another interval of status updates."""

from datetime import timedelta
from typing import Any

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from slo.models import DueChange
from slo.services import agree_updates, end_agreement, sweep_due
from tests.factories import Desk, actor_of
from tests.factories.work import make_ticket, reply
from tests.slo.reading import after, clock_of
from tickets.models import Ticket


@pytest.fixture
def ticket(managed: Desk) -> Ticket:
    """A critical outage: an update every half hour."""
    return make_ticket(managed.contract, requester=managed.poc)


def agree(desk: Desk, ticket: Ticket, **facts: Any) -> None:  # noqa: ANN401 - whatever the service takes
    """The engineer records that Ada agreed to updates every four hours."""
    given = {"interval": timedelta(hours=4), "agreed_with": "Ada", **facts}
    agree_updates(actor=actor_of(desk.engineer), at=after(minutes=10), ticket=ticket, **given)


def test_the_running_interval_follows_the_agreement(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, until=after(hours=9))
    one = clock_of(ticket, "status_update")
    assert (one.due_at, one.target_seconds) == (after(hours=4), 4 * 3600)
    assert "agreed with Ada" in DueChange.objects.get().reason


def test_who_agreed_and_until_when_is_recorded(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, until=after(hours=9), note="By phone")
    data = Record.objects.get(kind="update.agreed").data
    assert (data["agreed_with"], data["until"], data["note"]) == (
        "Ada",
        after(hours=9).isoformat(),
        "By phone",
    )


def test_one_public_update_restarts_the_agreed_interval(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket)
    reply(ticket, managed.engineer, at=after(hours=1))
    assert clock_of(ticket, "status_update", 2).due_at == after(hours=5)


def test_the_sweep_takes_the_plans_interval_up_again(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket, until=after(hours=1))
    reply(ticket, managed.engineer, at=after(minutes=15))
    sweep_due(at=after(hours=1))
    assert clock_of(ticket, "status_update", 2).due_at == after(hours=1, minutes=30)


def test_an_agreement_can_be_ended(managed: Desk, ticket: Ticket) -> None:
    agree(managed, ticket)
    end_agreement(actor=actor_of(managed.engineer), at=after(minutes=20), ticket=ticket)
    assert clock_of(ticket, "status_update").due_at == after(minutes=50)


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("interval", {"interval": timedelta(minutes=1)}),
        ("interval", {"interval": timedelta(days=15)}),
        ("agreed_with", {"agreed_with": "  "}),
        ("until", {"until": after(minutes=10)}),
    ],
)
def test_what_makes_no_sense_is_refused(
    managed: Desk, ticket: Ticket, field: str, facts: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refusal:
        agree(managed, ticket, **facts)
    assert set(refusal.value.fields) == {field}
    assert not Record.objects.filter(kind="update.agreed").exists()


def test_contacts_do_not_record_agreements(managed: Desk, ticket: Ticket) -> None:
    with pytest.raises(NotAllowed):
        agree_updates(
            actor=actor_of(managed.poc),
            at=after(),
            ticket=ticket,
            interval=timedelta(hours=4),
            agreed_with="Ada",
        )
    assert not Record.objects.filter(kind="update.agreed").exists()


def test_a_plan_without_updates_has_no_interval_to_agree_on(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc)
    with pytest.raises(Conflict):
        agree(desk, ticket)
    assert not Record.objects.filter(kind="update.agreed").exists()
