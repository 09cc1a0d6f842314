"""Who may open a ticket, said with the reason and the way out."""

from datetime import date

import pytest

from contracts.domain.contacts import Opening
from contracts.queries import may_open
from tests.factories import Desk, make_client, make_contact, name_contact

ON = date(2026, 3, 2)


@pytest.mark.parametrize(("role", "allowed"), [("poc", True), ("member", True), ("observer", False)])
def test_points_of_contact_and_members_open_tickets(role: str, allowed: bool, desk: Desk) -> None:
    assert may_open(desk.contract, desk.person(role), ON).allowed is allowed


def test_an_observer_is_told_whom_to_ask(desk: Desk) -> None:
    got = may_open(desk.contract, desk.observer, ON)
    assert (got.code, "point of contact" in got.way_out) == ("observer", True)


def test_somebody_of_another_client_opens_nothing(desk: Desk) -> None:
    stranger = make_contact(make_client("OTHER"))
    assert not may_open(desk.contract, stranger, ON).allowed


def test_a_named_contact_opens_tickets(premier: Desk) -> None:
    name_contact(premier.contract, premier.member)
    assert may_open(premier.contract, premier.member, ON) == Opening(allowed=True)


def test_anybody_else_is_told_who_is_named(premier: Desk) -> None:
    name_contact(premier.contract, premier.member)
    got = may_open(premier.contract, premier.poc, ON)
    assert (got.allowed, got.code) == (False, "not_named")
    assert premier.member.name in got.why
    assert "participant" in got.way_out


def test_nobody_named_yet_is_said_so(premier: Desk) -> None:
    assert "nobody yet" in may_open(premier.contract, premier.poc, ON).why


@pytest.mark.parametrize(
    ("on", "code"), [(date(2025, 12, 31), "not_begun"), (date(2026, 7, 1), "ended"), (date(2026, 6, 30), "")]
)
def test_a_contract_takes_tickets_while_it_is_in_force(on: date, code: str, desk: Desk) -> None:
    desk.contract.ends_on = date(2026, 6, 30)
    assert may_open(desk.contract, desk.poc, on).code == code
