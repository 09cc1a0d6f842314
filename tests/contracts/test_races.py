"""When several act in the same moment, exactly one gets what only one can have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from contracts.models import Contract, PlanVersion, SopVersion
from contracts.queries import named_contacts_of
from contracts.services import (
    agree_to_rule,
    load_plans,
    name_contact,
    open_contract,
    propose_rule,
    save_calendar,
)
from events.domain.actor import SYSTEM
from events.domain.errors import DomainError
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_contact, make_desk, make_plan_version
from tests.factories.promises import WEEKDAYS_9_TO_17

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], object]


def together(*acts: Act) -> list[str]:
    """What became of acts that start in the same moment: `done`, or the code of the refusal."""
    gate = Barrier(len(acts))

    def run(act: Act) -> str:
        try:
            gate.wait(timeout=90)
            act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.fixture
def premier(transactional_db: None) -> Desk:
    return make_desk(plan="premier-support", contact_domains=["acme.example"])


def test_the_last_slot_goes_to_one(premier: Desk) -> None:
    people = [make_contact(premier.client, email=f"person{number}@acme.example") for number in range(6)]
    by = actor_of(premier.administrator)
    acts = [
        lambda person=person: name_contact(actor=by, at=MONDAY, contract=premier.contract, person=person)
        for person in people
    ]
    assert together(*acts).count("done") == 3
    assert named_contacts_of(premier.contract).count() == 3


def test_of_two_overlapping_contracts_one_is_opened(premier: Desk) -> None:
    version, by = make_plan_version("select"), actor_of(premier.administrator)

    def sign() -> Contract:
        return open_contract(
            actor=by,
            at=MONDAY,
            client=premier.client,
            version=version,
            name="Select",
            starts_on=date(2026, 3, 1),
            calendar=premier.contract.calendar,
        )

    assert together(sign, sign, sign) == ["contract_overlaps", "contract_overlaps", "done"]
    assert Contract.objects.filter(plan_version=version).count() == 1


def test_both_sides_agreeing_at_once_bring_the_rule_into_force(premier: Desk) -> None:
    version = propose_rule(
        actor=actor_of(premier.engineer), at=MONDAY, contract=premier.contract, title="Fridays", body="None."
    )
    ours, theirs = actor_of(premier.csm), actor_of(premier.poc)
    assert together(
        lambda: agree_to_rule(actor=ours, at=MONDAY, version=version),
        lambda: agree_to_rule(actor=theirs, at=MONDAY, version=version),
    ) == ["done", "done"]
    assert SopVersion.objects.get(pk=version.pk).in_force_at == MONDAY
    assert Record.objects.filter(kind="sop.agreed").count() == 2


def test_a_calendar_saved_twice_at_once_gets_one_version(premier: Desk) -> None:
    name, by = premier.contract.calendar.name, actor_of(premier.administrator)
    content = {"tz": "Europe/Paris", "weekly": WEEKDAYS_9_TO_17}

    def save() -> object:
        return save_calendar(actor=by, at=MONDAY, client=premier.client, name=name, content=content)

    assert together(save, save) == ["done", "done"]
    assert premier.contract.calendar.versions.count() == 2


def test_a_first_loading_by_two_at_once_makes_one_version_each(transactional_db: None) -> None:
    def load() -> object:
        return load_plans(actor=SYSTEM, at=MONDAY)

    assert together(load, load) == ["done", "done"]
    assert PlanVersion.objects.count() == 12


def test_plans_loaded_twice_at_once_get_one_version_each(transactional_db: None) -> None:
    load_plans(actor=SYSTEM, at=MONDAY)
    PlanVersion.objects.update(digest="older")

    def load() -> object:
        return load_plans(actor=SYSTEM, at=MONDAY)

    assert together(load, load) == ["done", "done"]
    assert set(PlanVersion.objects.values_list("number", flat=True)) == {1, 2}
    assert PlanVersion.objects.count() == 24
