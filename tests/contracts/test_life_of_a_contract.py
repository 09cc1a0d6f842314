"""One contract from its signing to its end, through the services alone."""

from datetime import date, timedelta

import pytest

from accounts.models import Client, Person
from contracts.domain.coverage import answer
from contracts.models import Contract
from contracts.queries import (
    calendars_of,
    contract_on,
    effective_plan,
    may_open,
    newest_version,
    overdue_onboarding,
    sops_in_force,
    unmet_preconditions,
)
from contracts.services import (
    ContractFacts,
    agree_to_rule,
    amend,
    end_contract,
    finish_step,
    load_plans,
    name_contact,
    open_contract,
    propose_rule,
    record_precondition,
    save_calendar,
    settle_contract,
    swap_contact,
)
from events.domain.actor import SYSTEM
from events.models import Record
from tests.factories import MONDAY, actor_of, make_client, make_contact, make_staff, moment
from tests.factories.promises import WEEKDAYS_9_TO_17

TODAY = date(2026, 3, 2)


def sign(client: Client) -> Contract:
    calendar = save_calendar(
        actor=SYSTEM,
        at=MONDAY,
        client=client,
        name="Office",
        content={"tz": "Europe/London", "weekly": WEEKDAYS_9_TO_17},
        country="GB",
        region="ENG",
    ).calendar
    return open_contract(
        actor=SYSTEM,
        at=MONDAY,
        client=client,
        version=newest_version("premier-support"),
        name="Premier",
        starts_on=TODAY,
        calendar=calendar,
        facts=ContractFacts(contact_domains=("acme.example",)),
    )


@pytest.fixture
def signed(db: None) -> Contract:
    """A contract on Premier that begins today."""
    load_plans(actor=SYSTEM, at=MONDAY)
    return sign(make_client())


@pytest.fixture
def poc(signed: Contract) -> Person:
    return make_contact(signed.client)


@pytest.fixture
def csm(signed: Contract) -> Person:
    return make_staff("csm", clients=(signed.client,))


def member(contract: Contract, name: str) -> Person:
    return make_contact(contract.client, "member", email=f"{name}@acme.example")


def test_contacts_are_named_and_swapped(signed: Contract, poc: Person) -> None:
    ann, bob = member(signed, "ann"), member(signed, "bob")
    assert may_open(signed, ann, TODAY).code == "not_named"
    name_contact(actor=actor_of(poc), at=MONDAY, contract=signed, person=ann)
    assert may_open(signed, ann, TODAY).allowed
    swap_contact(actor=actor_of(poc), at=MONDAY, contract=signed, leaving=ann, joining=bob)
    assert [may_open(signed, person, TODAY).allowed for person in (ann, bob)] == [False, True]


def test_its_first_fortnight_leaves_the_health_check(signed: Contract, csm: Person) -> None:
    success = actor_of(csm)
    record_precondition(
        actor=success, at=MONDAY, contract=signed, key="named-contacts", proof="Seen", met_on=TODAY
    )
    assert len(unmet_preconditions(signed)) == 2
    for step in signed.onboarding.exclude(key="initial-health-check"):
        finish_step(actor=success, at=MONDAY, step=step)
    late = overdue_onboarding(success, TODAY + timedelta(days=15))
    assert [step.key for step in late] == ["initial-health-check"]


def test_a_golden_rule_is_agreed(signed: Contract, poc: Person, csm: Person) -> None:
    rule = propose_rule(
        actor=actor_of(poc), at=MONDAY, contract=signed, title="Fridays", body="No changes on Fridays."
    )
    agree_to_rule(actor=actor_of(csm), at=MONDAY, version=rule)
    assert [version.sop.title for version in sops_in_force(signed, MONDAY)] == ["Fridays"]


def test_what_is_agreed_otherwise_shows_in_what_is_promised(signed: Contract, poc: Person) -> None:
    amend(
        actor=actor_of(make_staff("administrator")),
        at=MONDAY,
        contract=signed,
        path="targets.first_response.incident.level-1",
        value={"seconds": 900},
        reason="Launch",
        agreed_by_client=poc.name,
    )
    told = answer(
        effective_plan(signed),
        add_ons=signed.add_ons,
        service_key="products",
        request_type="incident",
        urgency="level-1",
        production=True,
        calendars=calendars_of(signed),
        at=MONDAY,
    )
    assert (told.covered, told.first_response_due_at) == (True, moment("2026-03-02 09:15"))


def test_it_ends_and_its_record_tells_its_life(signed: Contract) -> None:
    admin = actor_of(make_staff("administrator"))
    settle_contract(actor=admin, at=MONDAY, contract=signed, changes={"add_ons": ("solution-partner",)})
    end_contract(actor=admin, at=MONDAY, contract=signed, ends_on=date(2026, 12, 31))
    assert contract_on(signed.client, date(2026, 12, 31)) == signed
    assert contract_on(signed.client, date(2027, 1, 1)) is None
    record = Record.objects.filter(
        subject_type="contract", subject_id=signed.pk, kind__startswith="contract."
    )
    kinds = list(record.order_by("id").values_list("kind", flat=True))
    assert kinds == ["contract.opened", "contract.settled", "contract.settled"]
