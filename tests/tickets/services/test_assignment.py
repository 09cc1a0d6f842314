"""Giving tickets to people and teams."""

import pytest

from accounts.models import Person
from contracts.models import Clearance, Contract
from events.domain.errors import Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_staff, make_team, refused
from tickets.models import Ticket
from tickets.services import assign


def give(ticket: Ticket, by: Person, to: Person | None) -> Ticket:
    return assign(actor=actor_of(by), at=MONDAY, ticket=ticket, assignee=to, reason="Knows the node")


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_leads_and_administrators_assign(desk: Desk, ticket: Ticket, role: str) -> None:
    row = give(ticket, desk.person(role), desk.engineer)
    facts = Record.objects.get(kind="ticket.assigned").data
    assert row.assignee == desk.engineer
    assert (facts["before_id"], facts["assignee_id"], facts["reason"]) == (
        None,
        desk.engineer.pk,
        "Knows the node",
    )


def test_an_engineer_takes_a_ticket_and_hands_it_back(desk: Desk, ticket: Ticket) -> None:
    assert give(ticket, desk.engineer, desk.engineer).assignee == desk.engineer
    assert give(ticket, desk.engineer, None).assignee is None


def test_an_engineer_does_not_pass_work_to_others(desk: Desk, ticket: Ticket) -> None:
    colleague = make_staff("engineer", clients=(desk.client,))
    with refused(NotAllowed):
        give(ticket, desk.engineer, colleague)
    give(ticket, desk.lead, colleague)
    with refused(NotAllowed):
        give(ticket, desk.engineer, None)


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive"])
def test_nobody_else_assigns(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(NotAllowed):
        give(ticket, desk.person(role), desk.engineer)


def test_a_ticket_of_clients_one_does_not_serve_is_not_there(ticket: Ticket, other_desk: Desk) -> None:
    with refused(NotHere):
        give(ticket, other_desk.engineer, other_desk.engineer)


@pytest.mark.parametrize("role", ["poc", "account_executive"])
def test_only_staff_who_work_are_assigned(desk: Desk, ticket: Ticket, role: str) -> None:
    with refused(Invalid, field="assignee"):
        give(ticket, desk.lead, desk.person(role))


def test_who_does_not_serve_the_client_is_not_assigned(desk: Desk, ticket: Ticket) -> None:
    stranger = make_staff("engineer")
    with refused(Invalid, "does not serve", field="assignee"):
        give(ticket, desk.lead, stranger)


def test_a_closed_account_is_not_assigned(desk: Desk, ticket: Ticket) -> None:
    desk.engineer.is_active = False
    with refused(Invalid, field="assignee"):
        give(ticket, desk.lead, desk.engineer)


class TestRestricted:
    """A contract that restricts who may work for it."""

    @pytest.fixture(autouse=True)
    def restrict(self, desk: Desk) -> None:
        Contract.objects.update(restricts_engineers=True)

    def test_who_is_not_cleared_is_not_assigned(self, desk: Desk, ticket: Ticket) -> None:
        with refused(Invalid, "not cleared", field="assignee"):
            give(ticket, desk.lead, desk.engineer)

    def test_who_is_cleared_is(self, desk: Desk, ticket: Ticket) -> None:
        Clearance.objects.create(contract=desk.contract, person=desk.engineer, since=MONDAY)
        assert give(ticket, desk.lead, desk.engineer).assignee == desk.engineer

    def test_a_clearance_that_ended_counts_no_more(self, desk: Desk, ticket: Ticket) -> None:
        Clearance.objects.create(contract=desk.contract, person=desk.engineer, since=MONDAY, ended_at=MONDAY)
        with refused(Invalid, field="assignee"):
            give(ticket, desk.engineer, desk.engineer)


def test_a_team_gets_the_ticket_and_keeps_it_when_people_change(desk: Desk, ticket: Ticket) -> None:
    team = make_team(desk.engineer)
    lead = actor_of(desk.lead)
    assert assign(actor=lead, at=MONDAY, ticket=ticket, team=team).team == team
    assert give(ticket, desk.lead, desk.engineer).team == team


def test_assigning_the_same_again_changes_nothing(desk: Desk, ticket: Ticket) -> None:
    for _ in range(2):
        row = give(ticket, desk.lead, desk.engineer)
    assert row.version == 2
    assert Record.objects.filter(kind="ticket.assigned").count() == 1
