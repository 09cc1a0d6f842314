"""Naming, releasing and swapping the contacts of a plan that names them."""

import pytest

from accounts.models import Person
from contracts.models import NamedContact
from contracts.queries import named_contacts_of
from contracts.services import name_contact, release_contact, swap_contact
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_client, make_contact


def contact(desk: Desk, email: str) -> Person:
    return make_contact(desk.client, "member", email=email, name=email.partition("@")[0])


def name(desk: Desk, person: Person, by: str = "poc", *, is_partner: bool = False) -> NamedContact:
    return name_contact(
        actor=actor_of(desk.person(by)),
        at=MONDAY,
        contract=desk.contract,
        person=person,
        is_partner=is_partner,
    )


def fill(desk: Desk, count: int) -> list[Person]:
    people = [contact(desk, f"person{number}@acme.example") for number in range(count)]
    for person in people:
        name(desk, person)
    return people


@pytest.fixture
def partner(premier: Desk) -> Desk:
    """A client whose contract has the solution-partner option."""
    premier.contract.add_ons = ["solution-partner"]
    premier.contract.save()
    return premier


def test_three_contacts_can_be_named(premier: Desk) -> None:
    people = fill(premier, 3)
    assert [row.person for row in named_contacts_of(premier.contract)] == people
    assert Record.objects.filter(kind="contact.named").count() == 3


def test_a_fourth_is_refused(premier: Desk, refused: Refusal) -> None:
    fill(premier, 3)
    fourth = contact(premier, "four@acme.example")
    with refused(Conflict, "names 3 contacts"):
        name(premier, fourth)


def test_a_partner_without_the_option_is_refused(premier: Desk, refused: Refusal) -> None:
    person = contact(premier, "john_partner@acme.example")
    with refused(Conflict, "names 0 contacts of the solution partner"):
        name(premier, person, is_partner=True)


def test_with_the_option_two_of_the_client_and_three_of_the_partner(partner: Desk, refused: Refusal) -> None:
    fill(partner, 2)
    for number in range(3):
        name(partner, contact(partner, f"john{number}_co@acme.example"), is_partner=True)
    third, fourth = contact(partner, "third@acme.example"), contact(partner, "j_co@acme.example")
    with refused(Conflict, "names 2 contacts of your own"):
        name(partner, third)
    with refused(Conflict, "names 3 contacts of the solution partner"):
        name(partner, fourth, is_partner=True)


def test_an_address_outside_the_clients_domains_is_refused(premier: Desk, refused: Refusal) -> None:
    person = contact(premier, "ann@elsewhere.example")
    with refused(Invalid, "domain of the client"):
        name(premier, person)


def test_a_shared_mailbox_is_refused(premier: Desk, refused: Refusal) -> None:
    person = contact(premier, "helpdesk@acme.example")
    with refused(Invalid, "one person"):
        name(premier, person)


def test_a_partners_address_in_another_form_is_refused(partner: Desk, refused: Refusal) -> None:
    person = contact(partner, "john@acme.example")
    with refused(Invalid, "exactly one underscore"):
        name(partner, person, is_partner=True)


def test_nobody_is_named_twice(premier: Desk, refused: Refusal) -> None:
    (person,) = fill(premier, 1)
    with refused(Conflict, "already"):
        name(premier, person)


def test_only_people_of_the_client_are_named(premier: Desk, refused: Refusal) -> None:
    stranger = make_contact(make_client("OTHER"), email="eve@acme.example")
    with refused(Invalid, "belongs to the client"):
        name(premier, stranger)


def test_a_plan_that_names_nobody_refuses(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "names no contacts"):
        name(desk, desk.member)


def test_a_swap_hands_the_slot_on_in_one_step(premier: Desk) -> None:
    leaving, *_ = fill(premier, 3)
    joining = contact(premier, "new@acme.example")
    swap_contact(
        actor=actor_of(premier.poc), at=MONDAY, contract=premier.contract, leaving=leaving, joining=joining
    )
    assert joining in [row.person for row in named_contacts_of(premier.contract)]
    assert Record.objects.filter(kind="contact.named").last().data == {  # type: ignore[union-attr]
        "person_id": joining.pk,
        "replaces_id": leaving.pk,
    }


def test_a_refused_swap_leaves_the_slot_where_it_was(premier: Desk, refused: Refusal) -> None:
    leaving, *_ = fill(premier, 3)
    joining = contact(premier, "new@elsewhere.example")
    with refused(Invalid, "domain"):
        swap_contact(
            actor=actor_of(premier.poc),
            at=MONDAY,
            contract=premier.contract,
            leaving=leaving,
            joining=joining,
        )
    assert leaving in [row.person for row in named_contacts_of(premier.contract)]


def test_who_holds_no_slot_cannot_hand_one_on(premier: Desk, refused: Refusal) -> None:
    joining = contact(premier, "new@acme.example")
    with refused(Conflict, "holds no slot"):
        swap_contact(
            actor=actor_of(premier.poc),
            at=MONDAY,
            contract=premier.contract,
            leaving=premier.member,
            joining=joining,
        )


def test_a_released_slot_is_free_and_its_past_stays(premier: Desk) -> None:
    people = fill(premier, 3)
    for _ in range(2):
        release_contact(actor=actor_of(premier.poc), at=MONDAY, contract=premier.contract, person=people[0])
    assert Record.objects.filter(kind="contact.released").count() == 1
    assert name(premier, contact(premier, "next@acme.example")).pk
    assert premier.contract.named_contacts.count() == 4


@pytest.mark.parametrize("role", ["csm", "account_executive", "administrator"])
def test_staff_who_look_after_the_contract_may_name_too(role: str, premier: Desk) -> None:
    assert name(premier, contact(premier, "ann@acme.example"), by=role).pk


@pytest.mark.parametrize("role", ["member", "observer", "engineer"])
def test_others_name_nobody(role: str, premier: Desk, refused: Refusal) -> None:
    person = contact(premier, "ann@acme.example")
    with refused(NotAllowed, "names contacts"):
        name(premier, person, by=role)
