"""Which tickets there are for whom."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts import services as accounts
from accounts.models import Role
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import NotHere
from tests.factories import MONDAY, Desk, actor_of, make_contact, make_contract, make_staff, make_ticket
from tickets.models import Ticket
from tickets.queries import ticket_for, visible_to
from tickets.services import add_participant


def seen_by(actor: Actor) -> set[str]:
    return set(visible_to(actor).values_list("key", flat=True))


@pytest.mark.parametrize(
    "role", ["poc", "observer", "engineer", "lead", "csm", "account_executive", "administrator"]
)
def test_who_sees_all_of_a_client_sees_its_tickets(desk: Desk, ticket: Ticket, role: str) -> None:
    assert seen_by(actor_of(desk.person(role))) == {"ACME-1"}


def test_a_member_sees_only_what_they_opened_or_take_part_in(desk: Desk, ticket: Ticket) -> None:
    member = actor_of(desk.member)
    assert seen_by(member) == set()
    make_ticket(desk.contract, requester=desk.member)
    assert seen_by(member) == {"ACME-2"}
    add_participant(actor=actor_of(desk.poc), at=MONDAY, ticket=ticket, person=desk.member)
    assert seen_by(member) == {"ACME-1", "ACME-2"}


@pytest.mark.parametrize("role", ["poc", "member", "observer", "engineer", "csm", "account_executive"])
def test_nobody_of_another_client_sees_anything(ticket: Ticket, other_desk: Desk, role: str) -> None:
    assert seen_by(actor_of(other_desk.person(role))) == set()


def test_an_engineer_without_clients_sees_nothing(ticket: Ticket) -> None:
    assert seen_by(actor_of(make_staff("engineer"))) == set()


def test_a_key_bound_to_a_contract_sees_the_tickets_of_that_contract(desk: Desk, ticket: Ticket) -> None:
    second = make_contract(desk.client, "managed-self-hosted")
    make_ticket(second, requester=desk.poc)
    whole = Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"})
    assert seen_by(whole) == {"ACME-1", "ACME-2"}
    assert seen_by(replace(whole, contract_id=second.pk)) == {"ACME-2"}


def test_a_person_of_two_clients_has_each_role_where_it_belongs(
    desk: Desk, ticket: Ticket, other_desk: Desk
) -> None:
    both = make_contact(desk.client, "poc")
    accounts.add_member(actor=SYSTEM, at=MONDAY, client=other_desk.client, person=both, role=Role.MEMBER)
    make_ticket(other_desk.contract, requester=other_desk.poc)
    assert seen_by(actor_of(both)) == {"ACME-1"}


def test_a_right_that_ended_is_gone_at_once(desk: Desk, ticket: Ticket) -> None:
    membership = desk.poc.memberships.get()
    accounts.end_membership(actor=SYSTEM, at=MONDAY, membership=membership)
    assert seen_by(actor_of(desk.poc)) == set()


def test_a_ticket_is_found_by_its_key_in_any_letter_case(desk: Desk, ticket: Ticket) -> None:
    assert ticket_for(actor_of(desk.poc), key="acme-1") == ticket


@pytest.mark.parametrize("key", ["ACME-1", "ACME-99", "", "ACME-1\x00", "' OR 1=1"])
def test_foreign_and_missing_tickets_give_the_same_answer(ticket: Ticket, other_desk: Desk, key: str) -> None:
    with pytest.raises(NotHere) as caught:
        ticket_for(actor_of(other_desk.poc), key=key)
    assert (caught.value.status, caught.value.detail) == (404, NotHere().detail)


def test_looking_a_ticket_up_costs_one_statement(
    desk: Desk, ticket: Ticket, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of(desk.poc)
    with django_assert_num_queries(1):
        found = ticket_for(actor, key="ACME-1")
        assert (found.client.key, found.contract.plan_version.key) == ("ACME", "total-care")
