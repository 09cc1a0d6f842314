"""What an actor is and sees."""

import pytest

from events.domain.actor import SYSTEM, Actor


def staff(role: str, *client_ids: int) -> Actor:
    return Actor(kind="person", name="S", person_id=1, staff_role=role, client_ids=frozenset(client_ids))


CONTACT = Actor(kind="person", name="C", person_id=2, roles={5: "poc"})


@pytest.mark.parametrize(
    ("actor", "sees_five", "sees_six"),
    [
        (SYSTEM, True, True),
        (staff("lead"), True, True),
        (staff("administrator"), True, True),
        (staff("engineer", 5), True, False),
        (staff("csm", 5), True, False),
        (staff("account_executive", 5), True, False),
        (staff("engineer"), False, False),
        (CONTACT, True, False),
    ],
)
def test_each_sees_their_clients(actor: Actor, sees_five: bool, sees_six: bool) -> None:
    assert (actor.sees_client(5), actor.sees_client(6)) == (sees_five, sees_six)


@pytest.mark.parametrize(
    ("actor", "reads"),
    [
        (staff("engineer"), True),
        (staff("lead"), True),
        (staff("csm"), True),
        (staff("administrator"), True),
        (staff("account_executive"), False),
        (CONTACT, False),
    ],
)
def test_internal_notes_are_for_staff_except_account_executives(actor: Actor, reads: bool) -> None:
    assert actor.sees_internal_notes is reads


def test_a_role_holds_at_its_client_alone() -> None:
    assert (CONTACT.role_at(5), CONTACT.role_at(6), SYSTEM.role_at(5)) == ("poc", "", "")


def test_the_system_is_nobodys_person() -> None:
    assert (SYSTEM.is_system, SYSTEM.is_staff, SYSTEM.person_id) == (True, False, None)
