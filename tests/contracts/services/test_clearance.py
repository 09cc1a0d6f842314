"""Preconditions are shown, and engineers are cleared for contracts that restrict who works."""

from datetime import date

import pytest

from contracts.queries import cleared_people, unmet_preconditions
from contracts.services import clear_engineer, end_clearance, record_precondition
from events.domain.errors import Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_desk

ON = date(2026, 3, 2)


@pytest.fixture
def restricted(db: None) -> Desk:
    """A client whose contract restricts who may work, on a plan with preconditions."""
    return make_desk(plan="idalko-premium", restricts_engineers=True)


def show(desk: Desk, key: str, by: str = "engineer", proof: str = "Signed in") -> None:
    record_precondition(
        actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, key=key, proof=proof, met_on=ON
    )


def test_what_nothing_shows_is_unmet(restricted: Desk) -> None:
    show(restricted, "remote-connection")
    unmet = [item.key for item in unmet_preconditions(restricted.contract)]
    assert unmet == ["administrator-rights", "technical-contact"]


def test_a_newer_proof_takes_the_olders_place(restricted: Desk) -> None:
    show(restricted, "remote-connection")
    show(restricted, "remote-connection", proof="Tried again")
    assert [row.proof for row in restricted.contract.preconditions.all()] == ["Tried again"]
    assert Record.objects.filter(kind="precondition.met").count() == 2


@pytest.mark.parametrize(
    ("key", "proof", "words"),
    [("sunshine", "x", "no such precondition"), ("remote-connection", " ", "what shows it")],
)
def test_a_proof_of_nothing_is_refused(
    key: str, proof: str, words: str, restricted: Desk, refused: Refusal
) -> None:
    with refused(Invalid, words):
        show(restricted, key, proof=proof)


def test_a_client_shows_no_preconditions(restricted: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "note preconditions"):
        show(restricted, "remote-connection", by="poc")


def test_everybody_may_work_where_nothing_restricts_it(desk: Desk) -> None:
    assert cleared_people(desk.contract) is None


def test_only_the_cleared_may_work_where_it_is_restricted(restricted: Desk) -> None:
    lead = actor_of(restricted.lead)
    for _ in range(2):
        clear_engineer(actor=lead, at=MONDAY, contract=restricted.contract, person=restricted.engineer)
    cleared = cleared_people(restricted.contract)
    assert cleared is not None
    assert list(cleared) == [restricted.engineer]
    assert Record.objects.filter(kind="clearance.given").count() == 1


def test_a_clearance_ends(restricted: Desk) -> None:
    lead = actor_of(restricted.lead)
    clear_engineer(actor=lead, at=MONDAY, contract=restricted.contract, person=restricted.engineer)
    for _ in range(2):
        end_clearance(actor=lead, at=MONDAY, contract=restricted.contract, person=restricted.engineer)
    cleared = cleared_people(restricted.contract)
    assert cleared is not None
    assert list(cleared) == []
    assert Record.objects.filter(kind="clearance.ended").count() == 1


def test_contacts_are_not_cleared(restricted: Desk, refused: Refusal) -> None:
    with refused(Invalid, "Only staff"):
        clear_engineer(
            actor=actor_of(restricted.lead), at=MONDAY, contract=restricted.contract, person=restricted.poc
        )


@pytest.mark.parametrize("role", ["poc", "engineer", "account_executive"])
def test_others_clear_nobody(role: str, restricted: Desk, refused: Refusal) -> None:
    by = actor_of(restricted.person(role))
    with refused(NotAllowed, "clear engineers"):
        clear_engineer(actor=by, at=MONDAY, contract=restricted.contract, person=restricted.engineer)
    with refused(NotAllowed, "clear engineers"):
        end_clearance(actor=by, at=MONDAY, contract=restricted.contract, person=restricted.engineer)
