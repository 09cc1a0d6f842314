"""Instances come under a contract, change and leave it."""

from datetime import date

import pytest

from contracts.models import Environment
from contracts.queries import environments_of
from contracts.services import EnvironmentFacts, add_environment, change_environment, retire_environment
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of

FACTS = EnvironmentFacts(product="Jira", version="10.3", plug_ins=("ScriptRunner",))


def add(
    desk: Desk, name: str = "Production", by: str = "poc", facts: EnvironmentFacts = FACTS
) -> Environment:
    return add_environment(
        actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, name=name, facts=facts
    )


def test_an_environment_belongs_to_the_client_and_the_contract(desk: Desk) -> None:
    environment = add(desk)
    assert (environment.client, environment.contract) == (desk.client, desk.contract)
    assert environment.plug_ins == ["ScriptRunner"]


def test_its_coming_is_told(desk: Desk) -> None:
    add(desk)
    data = Record.objects.get(kind="environment.added").data
    assert data == {"name": "Production", "product": "Jira", "is_production": True}


def test_a_name_stands_once_a_contract(desk: Desk, refused: Refusal) -> None:
    add(desk)
    with refused(Conflict, "called Production already"):
        add(desk)


def test_it_needs_a_name_and_a_product(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "needs a name and a product"):
        add(desk, name=" ")
    with refused(Invalid, "needs a name and a product"):
        add(desk, facts=EnvironmentFacts(product=""))


def test_a_change_is_told_with_before_and_after(desk: Desk) -> None:
    changed = change_environment(
        actor=actor_of(desk.engineer),
        at=MONDAY,
        environment=add(desk),
        changes={"version": "10.4", "maintenance_ends_on": date(2027, 1, 1), "product": "Jira"},
    )
    assert changed.version == "10.4"
    data = Record.objects.get(kind="environment.changed").data["changed"]
    assert data == {"version": ["10.3", "10.4"], "maintenance_ends_on": [None, "2027-01-01"]}


def test_no_change_makes_no_event(desk: Desk) -> None:
    change_environment(
        actor=actor_of(desk.poc), at=MONDAY, environment=add(desk), changes={"plug_ins": ("ScriptRunner",)}
    )
    assert not Record.objects.filter(kind="environment.changed").exists()


def test_what_is_no_fact_cannot_be_changed(desk: Desk, refused: Refusal) -> None:
    environment = add(desk)
    with refused(Invalid, "Not a fact"):
        change_environment(
            actor=actor_of(desk.poc), at=MONDAY, environment=environment, changes={"contract_id": 1}
        )


def test_a_retired_environment_is_no_longer_covered(desk: Desk) -> None:
    environment = add(desk)
    for _ in range(2):
        retire_environment(actor=actor_of(desk.poc), at=MONDAY, environment=environment)
    assert list(environments_of(desk.contract)) == []
    assert Record.objects.filter(kind="environment.retired").count() == 1


@pytest.mark.parametrize("role", ["member", "observer", "account_executive"])
def test_others_keep_no_environments(role: str, desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "keep its environments"):
        add(desk, by=role)
