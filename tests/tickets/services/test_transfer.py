"""Tickets filed earlier by a contact move to the contract that names them."""

from datetime import date

import pytest

from accounts.models import Person
from contracts.models import Contract
from events.domain.actor import SYSTEM
from events.domain.errors import NotAllowed
from events.models import Record
from tests.factories import (
    MONDAY,
    Desk,
    actor_of,
    make_contract,
    make_desk,
    make_environment,
    make_ticket,
    name_contact,
    refused,
)
from tickets.models import Ticket
from tickets.services import change_status, move_earlier_tickets
from tickets.services.standing import NOT_NAMED


@pytest.fixture
def select(db: None) -> Desk:
    """A client on a standard offering."""
    return make_desk(plan="select")


@pytest.fixture
def premier(select: Desk) -> Contract:
    """The contract that the client signs on top."""
    return make_contract(select.client, "premier-support", contact_domains=["acme.example"])


def move(contract: Contract, person: Person) -> list[str]:
    moved = move_earlier_tickets(actor=SYSTEM, at=MONDAY, contract=contract, person=person)
    return [ticket.key for ticket in moved]


def contract_of(ticket: Ticket) -> Contract:
    ticket.refresh_from_db()
    return ticket.contract


def test_their_open_tickets_of_the_standard_offering_move(select: Desk, premier: Contract) -> None:
    ticket = make_ticket(select.contract, requester=select.poc)

    assert move(premier, select.poc) == [ticket.key]
    assert contract_of(ticket) == premier


def test_the_move_is_told_with_both_contracts(select: Desk, premier: Contract) -> None:
    make_ticket(select.contract, requester=select.poc)
    move(premier, select.poc)

    told = Record.objects.get(kind="ticket.transferred").data
    assert (told["before_contract_id"], told["contract_id"]) == (select.contract.pk, premier.pk)


def test_a_second_time_nothing_moves(select: Desk, premier: Contract) -> None:
    make_ticket(select.contract, requester=select.poc)
    move(premier, select.poc)

    assert move(premier, select.poc) == []
    assert Record.objects.filter(kind="ticket.transferred").count() == 1


def test_tickets_of_others_stay(select: Desk, premier: Contract) -> None:
    ticket = make_ticket(select.contract, requester=select.member)

    assert move(premier, select.poc) == []
    assert contract_of(ticket) == select.contract


def test_what_is_over_stays(select: Desk, premier: Contract) -> None:
    ticket = make_ticket(select.contract, requester=select.poc)
    change_status(actor=actor_of(select.poc), at=MONDAY, ticket=ticket, to="cancelled")

    assert move(premier, select.poc) == []


def test_tickets_of_another_family_stay(select: Desk, premier: Contract) -> None:
    other = make_contract(select.client, "total-care", starts_on=date(2026, 1, 1))
    ticket = make_ticket(other, requester=select.poc)

    assert move(premier, select.poc) == []
    assert contract_of(ticket) == other


def test_a_contract_that_names_nobody_takes_nothing_over(select: Desk) -> None:
    other = make_contract(select.client, "cloud")
    make_ticket(select.contract, requester=select.poc)

    assert move(other, select.poc) == []


def test_the_instance_of_the_same_name_goes_along(select: Desk, premier: Contract) -> None:
    old, new = make_environment(select.contract), make_environment(premier)
    ticket = make_ticket(select.contract, requester=select.poc, environment=old)
    move(premier, select.poc)

    ticket.refresh_from_db()
    assert ticket.environment == new


def test_an_instance_that_the_new_contract_lacks_is_left_behind(select: Desk, premier: Contract) -> None:
    old = make_environment(select.contract)
    ticket = make_ticket(select.contract, requester=select.poc, environment=old)
    move(premier, select.poc)

    ticket.refresh_from_db()
    assert ticket.environment is None


def test_what_the_new_plan_covers_is_covered_now(select: Desk, premier: Contract) -> None:
    ticket = make_ticket(select.contract, requester=select.poc, channel="portal")
    Ticket.objects.filter(pk=ticket.pk).update(coverage="excluded", exempt_reason="Not in Select")
    move(premier, select.poc)

    ticket.refresh_from_db()
    assert (ticket.coverage, ticket.exempt_reason) == ("included", "")


def test_an_agreed_exception_goes_along(select: Desk, premier: Contract) -> None:
    ticket = make_ticket(select.contract, requester=select.poc, category="training")
    Ticket.objects.filter(pk=ticket.pk).update(coverage="exception", exempt_reason="")
    move(premier, select.poc)

    ticket.refresh_from_db()
    assert (ticket.contract, ticket.coverage, ticket.exempt_reason) == (premier, "exception", "")


def test_what_was_filed_for_them_unnamed_counts_from_now_on(select: Desk, premier: Contract) -> None:
    name_contact(premier, select.member)
    ticket = make_ticket(premier, requester=select.poc, actor=actor_of(select.engineer), channel="email")
    Ticket.objects.filter(pk=ticket.pk).update(exempt_reason=NOT_NAMED)
    move(premier, select.poc)

    ticket.refresh_from_db()
    assert (ticket.exempt_reason, "not_named" in ticket.flags) == ("", False)
    assert Record.objects.get(kind="ticket.details_changed").data["changes"]["exempt_reason"] == [
        NOT_NAMED,
        "",
    ]


def test_nobody_moves_tickets_by_hand(select: Desk, premier: Contract) -> None:
    make_ticket(select.contract, requester=select.poc)
    with refused(NotAllowed):
        move_earlier_tickets(
            actor=actor_of(select.administrator), at=MONDAY, contract=premier, person=select.poc
        )
