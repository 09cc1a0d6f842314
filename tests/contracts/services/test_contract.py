"""A contract is opened, its facts are set, and it ends."""

from datetime import date
from typing import Any

import pytest

from contracts.models import Contract
from contracts.services import ContractFacts, end_contract, open_contract, settle_contract
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import MONDAY, Desk, actor_of, make_desk, make_plan_version

MARCH = date(2026, 3, 1)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk, with the plans loaded that its client may sign."""
    for plan in ("premier-support", "cloud"):
        make_plan_version(plan)
    return desk


def sign(desk: Desk, plan: str = "premier-support", by: str = "administrator", **terms: Any) -> Contract:  # noqa: ANN401 - whatever the service takes
    given = {"name": "Support", "starts_on": MARCH, "calendar": desk.contract.calendar, **terms}
    return open_contract(
        actor=actor_of(desk.person(by)),
        at=MONDAY,
        client=desk.client,
        version=make_plan_version(plan),
        **given,
    )


def settle(desk: Desk, by: str = "administrator", **changes: Any) -> Contract:  # noqa: ANN401 - whatever the service takes
    return settle_contract(
        actor=actor_of(desk.person(by)), at=MONDAY, contract=desk.contract, changes=changes
    )


def test_a_contract_keeps_the_version_it_was_signed_under(desk: Desk) -> None:
    contract = sign(desk)
    assert (contract.plan_version.key, contract.plan_version.number) == ("premier-support", 1)


def test_its_opening_is_told(desk: Desk) -> None:
    contract = sign(desk)
    record = Record.objects.get(kind="contract.opened", subject_id=contract.pk)
    assert (record.client, record.data) == (desk.client, {"plan": "premier-support", "version": 1})


def test_the_checklist_is_made_with_it_over_fourteen_days(desk: Desk) -> None:
    steps = sign(desk).onboarding.all()
    assert steps.count() == 6
    assert max(step.due_on for step in steps) == date(2026, 3, 15)


def test_facts_of_the_plan_are_taken(desk: Desk) -> None:
    facts = ContractFacts(add_ons=("solution-partner",), resolution_thresholds={"level-1": 14_400})
    contract = sign(desk, facts=facts)
    assert (contract.add_ons, contract.resolution_thresholds) == (["solution-partner"], {"level-1": 14_400})


def test_an_end_before_the_start_is_refused(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "cannot end before it starts"):
        sign(desk, ends_on=date(2026, 2, 28))


def test_a_contract_of_one_day_is_fine(desk: Desk) -> None:
    assert sign(desk, ends_on=MARCH).ends_on == MARCH


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(2026, 6, 30), None), (date(2026, 2, 1), MARCH), (date(2026, 1, 1), None), (MARCH, MARCH)],
)
def test_an_overlapping_contract_of_the_same_plan_is_refused(
    starts_on: date, ends_on: date | None, desk: Desk, refused: Refusal
) -> None:
    sign(desk, ends_on=date(2026, 6, 30))
    with refused(Conflict, "same plan in that time"):
        sign(desk, starts_on=starts_on, ends_on=ends_on)


def test_the_next_contract_may_follow_the_day_after(desk: Desk) -> None:
    sign(desk, ends_on=date(2026, 6, 30))
    assert sign(desk, starts_on=date(2026, 7, 1)).pk


def test_another_client_may_have_the_same_plan_in_that_time(desk: Desk) -> None:
    sign(desk)
    assert sign(make_desk("OTHER", plan="select")).pk


def test_a_calendar_of_another_client_is_refused(desk: Desk, refused: Refusal) -> None:
    other = make_desk("OTHER", plan="select")
    with refused(Invalid, "another client"):
        sign(desk, calendar=other.contract.calendar)


def test_a_calendar_without_hours_is_refused(desk: Desk, refused: Refusal) -> None:
    empty = desk.client.calendars.create(name="Empty")
    with refused(Invalid, "no opening hours"):
        sign(desk, calendar=empty)


@pytest.mark.parametrize(
    "facts",
    [
        {"add_ons": ("gold",)},
        {"counted_channels": ("pigeon",)},
        {"programme_counts": {"health-check": 2}},
        {"resolution_thresholds": {"critical": 60}},
        {"hours_period": "month"},
    ],
)
def test_facts_that_the_plan_does_not_know_are_refused(
    facts: dict[str, Any], desk: Desk, refused: Refusal
) -> None:
    with refused(Invalid, "does not"):
        sign(desk, facts=ContractFacts(**facts))


@pytest.mark.parametrize("role", ["poc", "member", "engineer", "lead", "csm"])
def test_only_those_who_manage_contracts_open_them(role: str, desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "open contracts"):
        sign(desk, by=role)


def test_an_account_executive_opens_contracts_of_their_clients_only(desk: Desk, refused: Refusal) -> None:
    assert sign(desk, by="account_executive").pk
    stranger = make_desk("OTHER", plan="select")
    with refused(NotAllowed, "open contracts"):
        open_contract(
            actor=actor_of(stranger.account_executive),
            at=MONDAY,
            client=desk.client,
            version=make_plan_version("cloud"),
            name="Support",
            starts_on=MARCH,
            calendar=desk.contract.calendar,
        )


def test_a_changed_fact_is_told_with_before_and_after(desk: Desk) -> None:
    settle(desk, outcomes=("Fewer outages",), currency="GBP")
    record = Record.objects.get(kind="contract.settled")
    assert record.data == {"changed": {"outcomes": [[], ["Fewer outages"]]}}


def test_people_are_told_by_their_ids(desk: Desk) -> None:
    assert settle(desk, csm=desk.csm).csm == desk.csm
    assert Record.objects.get(kind="contract.settled").data == {"changed": {"csm": [None, desk.csm.pk]}}


def test_facts_that_stay_the_same_make_no_event(desk: Desk) -> None:
    settle(desk, currency="GBP")
    assert not Record.objects.filter(kind="contract.settled").exists()


def test_what_is_no_fact_cannot_be_set(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "Not a fact of a contract: client_id"):
        settle(desk, client_id=1)


def test_facts_are_checked_when_set_later_too(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "does not know gold"):
        settle(desk, add_ons=("gold",))


def test_a_point_of_contact_does_not_set_facts(desk: Desk, refused: Refusal) -> None:
    with refused(NotAllowed, "change contracts"):
        settle(desk, by="poc", outcomes=("More",))


def test_a_contract_ends_on_its_last_day(desk: Desk) -> None:
    ended = end_contract(actor=actor_of(desk.administrator), at=MONDAY, contract=desk.contract, ends_on=MARCH)
    assert ended.ends_on == MARCH
    assert Record.objects.get(kind="contract.settled").data["changed"] == {"ends_on": [None, "2026-03-01"]}


def test_a_contract_cannot_be_ended_before_its_start(desk: Desk, refused: Refusal) -> None:
    with refused(Invalid, "before it starts"):
        end_contract(
            actor=actor_of(desk.administrator), at=MONDAY, contract=desk.contract, ends_on=date(2025, 1, 1)
        )


def test_a_contract_cannot_be_drawn_out_into_the_next(desk: Desk, refused: Refusal) -> None:
    first = sign(desk, ends_on=date(2026, 6, 30))
    sign(desk, starts_on=date(2026, 7, 1))
    with refused(Conflict, "same plan"):
        end_contract(actor=actor_of(desk.administrator), at=MONDAY, contract=first, ends_on=date(2026, 7, 1))
