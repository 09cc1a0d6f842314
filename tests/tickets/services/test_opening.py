"""Opening a ticket."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from contracts.models import Contract
from events.domain.actor import SYSTEM, Actor
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import (
    MONDAY,
    Desk,
    actor_of,
    make_contact,
    make_desk,
    make_environment,
    make_team,
    make_ticket,
    moment,
    name_contact,
    refused,
)
from tickets.models import Ticket
from tickets.services import open_ticket

FIRST: dict[str, Any] = {
    "request_type": "incident",
    "urgency": "critical",
    "subject": "Down",
    "description": "All of it.",
}


def test_a_ticket_starts_new_under_its_number_with_its_description(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, subject=" No\r\nboard ", description="Now.")
    assert (ticket.key, ticket.status, ticket.subject) == ("ACME-1", "new", "No board")
    message = ticket.messages.get()
    assert (message.kind, message.body, message.author_kind) == ("description", "Now.", "contact")


def test_the_event_says_when_it_was_received_and_what_the_plan_makes_of_it(desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
    opened = Record.objects.get(kind="ticket.opened")
    assert (opened.at, opened.actor_id, opened.subject_id) == (MONDAY, desk.poc.pk, ticket.pk)
    assert (opened.data["rank"], opened.data["category"], opened.data["exempt_reason"]) == (
        1,
        "configuration",
        "",
    )


def test_numbers_run_on_for_each_client_apart(desk: Desk, other_desk: Desk) -> None:
    keys = [
        make_ticket(contract, requester=poc).key
        for contract, poc in (
            (desk.contract, desk.poc),
            (other_desk.contract, other_desk.poc),
            (desk.contract, desk.poc),
        )
    ]
    assert keys == ["ACME-1", "BETA-1", "ACME-2"]


def test_a_refused_ticket_uses_no_number(desk: Desk) -> None:
    with refused(Invalid, field="subject"):
        make_ticket(desk.contract, requester=desk.poc, subject=" ")
    assert make_ticket(desk.contract, requester=desk.poc).key == "ACME-1"


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"subject": "\x00"}, "subject"),
        ({"subject": "x" * 251}, "subject"),
        ({"description": " \n"}, "description"),
        ({"description": "x" * 100_001}, "description"),
        ({"urgency": "severity-a"}, "urgency"),
        ({"request_type": "wish"}, "request_type"),
        ({"category": "cooking"}, "category"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_a_field_that_is_wrong_is_named(desk: Desk, fault: dict[str, Any], field: str) -> None:
    with refused(Invalid, field=field):
        make_ticket(desk.contract, requester=desk.poc, **fault)


def test_all_faults_are_told_at_once(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        make_ticket(desk.contract, requester=desk.poc, subject="", urgency="x", request_type="y")
    assert set(caught.value.fields) == {"subject", "urgency", "request_type"}


@pytest.mark.parametrize("role", ["poc", "member", "lead", "csm", "administrator"])
def test_who_may_open_opens(desk: Desk, role: str) -> None:
    actor = actor_of(desk.person(role))
    assert open_ticket(actor=actor, at=MONDAY, contract=desk.contract, **FIRST).key == "ACME-1"


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_who_only_reads_is_refused(desk: Desk, role: str) -> None:
    with refused(NotAllowed):
        open_ticket(actor=actor_of(desk.person(role)), at=MONDAY, contract=desk.contract, **FIRST)


@pytest.mark.parametrize("role", ["poc", "member", "engineer", "csm"])
def test_a_foreign_contract_is_not_there(desk: Desk, other_desk: Desk, role: str) -> None:
    with refused(NotHere):
        open_ticket(actor=actor_of(other_desk.person(role)), at=MONDAY, contract=desk.contract, **FIRST)


def test_an_engineer_opens_on_behalf_of_a_contact(desk: Desk) -> None:
    engineer = actor_of(desk.engineer)
    with refused(Invalid, field="requester"):
        make_ticket(desk.contract, actor=engineer, channel="phone")
    ticket = make_ticket(desk.contract, actor=engineer, requester=desk.member, channel="phone")
    assert ticket.requester == desk.member
    assert ticket.messages.get().author == desk.engineer


def test_a_contact_opens_for_nobody_else(desk: Desk) -> None:
    with refused(Invalid, field="requester"):
        make_ticket(desk.contract, actor=actor_of(desk.poc), requester=desk.member)


def test_nobody_opens_on_behalf_of_an_observer_or_a_stranger(desk: Desk, other_desk: Desk) -> None:
    for stranger in (desk.observer, other_desk.poc, desk.engineer):
        with refused(NotAllowed):
            make_ticket(desk.contract, actor=actor_of(desk.lead), requester=stranger, channel="phone")


def test_an_environment_of_another_contract_is_refused(desk: Desk, other_desk: Desk) -> None:
    foreign = make_environment(other_desk.contract)
    with refused(Invalid, field="environment"):
        make_ticket(desk.contract, requester=desk.poc, environment=foreign)


def test_participants_are_contacts_of_the_client(desk: Desk, other_desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.poc, participants=[desk.member, desk.poc])
    assert [row.person for row in ticket.participants.all()] == [desk.member]
    for stranger in (other_desk.poc, desk.engineer):
        with refused(Invalid, field="participants"):
            make_ticket(desk.contract, requester=desk.poc, participants=[stranger])


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"starts_on": date(2026, 3, 3)}, "begins on 03 March 2026"),
        ({"ends_on": date(2026, 3, 1)}, "ended on 01 March 2026"),
    ],
)
def test_a_contract_not_in_force_takes_no_ticket(db: None, dates: dict[str, Any], words: str) -> None:
    desk = make_desk(**dates)
    with refused(NotAllowed, words):
        make_ticket(desk.contract, requester=desk.poc)


def test_on_its_last_day_a_contract_takes_tickets_by_the_clients_own_date(db: None) -> None:
    desk = make_desk(ends_on=date(2026, 3, 1))
    late = moment("2026-03-01 23:59")
    assert make_ticket(desk.contract, requester=desk.poc, at=late).key == "ACME-1"


class TestTwice:
    """The same form sent twice."""

    def test_it_makes_one_ticket(self, desk: Desk) -> None:
        first = make_ticket(desk.contract, requester=desk.poc, submission_id="form-1")
        second = make_ticket(desk.contract, requester=desk.poc, submission_id="form-1", subject="Again")
        assert first == second
        assert Record.objects.filter(kind="ticket.opened").count() == 1

    def test_another_client_may_use_the_same_id(self, desk: Desk, other_desk: Desk) -> None:
        first = make_ticket(desk.contract, requester=desk.poc, submission_id="form-1")
        second = make_ticket(other_desk.contract, requester=other_desk.poc, submission_id="form-1")
        assert first.client != second.client

    def test_a_member_does_not_reach_a_ticket_of_others_by_it(self, desk: Desk) -> None:
        make_ticket(desk.contract, requester=desk.poc, submission_id="form-1")
        with refused(Conflict):
            make_ticket(desk.contract, requester=desk.member, submission_id="form-1")

    @pytest.mark.parametrize("bad", ["x" * 65, "form\x00", "f\u00f6rm", "a\nb"])
    def test_an_id_that_no_row_keeps_is_refused(self, desk: Desk, bad: str) -> None:
        with refused(Invalid, field="submission_id"):
            make_ticket(desk.contract, requester=desk.poc, submission_id=bad)

    def test_without_an_id_each_is_a_ticket(self, desk: Desk) -> None:
        keys = {make_ticket(desk.contract, requester=desk.poc, submission_id=None).key for _ in range(2)}
        assert keys == {"ACME-1", "ACME-2"}


class TestScope:
    """What the plan covers (domain.md §3.1, S11)."""

    def test_included_work_has_clocks(self, desk: Desk) -> None:
        ticket = make_ticket(desk.contract, requester=desk.poc, category="configuration")
        assert (ticket.coverage, ticket.flags, ticket.exempt_reason) == ("included", [], "")

    def test_excluded_work_can_be_filed_and_has_none(self, desk: Desk) -> None:
        ticket = make_ticket(desk.contract, requester=desk.poc, category="licensing")
        assert (ticket.coverage, ticket.flags) == ("excluded", ["excluded"])
        assert "exception" in ticket.exempt_reason

    def test_best_endeavours_have_none(self, db: None) -> None:
        desk = make_desk(plan="pay-as-you-go")
        assert make_ticket(desk.contract, requester=desk.poc).exempt_reason

    def test_a_channel_that_the_plan_exempts_has_none(self, desk: Desk) -> None:
        ticket = make_ticket(desk.contract, requester=desk.poc, channel="email")
        assert ticket.exempt_reason

    def test_a_contract_may_count_a_channel_all_the_same(self, db: None) -> None:
        desk = make_desk(counted_channels=["email"])
        assert make_ticket(desk.contract, requester=desk.poc, channel="email").exempt_reason == ""


class TestPremier:
    """Named contacts, instances and weekends (domain.md §3.2, E6)."""

    @pytest.fixture
    def desk(self, db: None) -> Desk:
        desk = make_desk(plan="premier-support")
        name_contact(desk.contract, desk.poc)
        return desk

    def test_a_named_contact_opens(self, desk: Desk) -> None:
        assert make_ticket(desk.contract, requester=desk.poc).flags == []

    def test_anybody_else_is_refused_with_the_way_out(self, desk: Desk) -> None:
        with refused(NotAllowed, "Only named contacts .* add you as a participant"):
            make_ticket(desk.contract, requester=desk.member)

    @pytest.mark.parametrize(("by_staff", "channel"), [(True, "phone"), (False, "email")])
    def test_what_comes_in_otherwise_has_no_clock(self, desk: Desk, by_staff: bool, channel: str) -> None:
        actor = actor_of(desk.lead) if by_staff else SYSTEM
        ticket = make_ticket(desk.contract, actor=actor, requester=desk.member, channel=channel)
        assert "not_named" in ticket.flags
        assert "named contact" in ticket.exempt_reason

    def test_a_non_production_instance_is_level_4(self, desk: Desk) -> None:
        test_system = make_environment(desk.contract, "Test", is_production=False)
        ticket = make_ticket(desk.contract, requester=desk.poc, environment=test_system, urgency="level-1")
        assert (ticket.urgency, ticket.rank, ticket.flags) == ("level-4", 4, ["non_production"])

    @pytest.mark.parametrize("facts", [{"is_supported": False}, {"maintenance_ends_on": date(2026, 3, 1)}])
    def test_an_instance_without_maintenance_is_flagged_for_a_lead(
        self, desk: Desk, facts: dict[str, Any]
    ) -> None:
        ticket = make_ticket(
            desk.contract, requester=desk.poc, environment=make_environment(desk.contract, **facts)
        )
        approval = ticket.approvals.get()
        assert ticket.flags == ["unsupported_instance"]
        assert (approval.kind, approval.asked_of_role, approval.state) == ("unsupported", "lead", "asked")

    def test_maintenance_that_ends_today_is_current(self, desk: Desk) -> None:
        instance = make_environment(desk.contract, maintenance_ends_on=date(2026, 3, 2))
        assert make_ticket(desk.contract, requester=desk.poc, environment=instance).flags == []

    def test_at_the_weekend_the_standard_team_has_it(self, desk: Desk) -> None:
        dedicated, standard = make_team(key="premier"), make_team(key="standard")
        Contract.objects.filter(pk=desk.contract.pk).update(dedicated_team=dedicated, standard_team=standard)
        desk.contract.refresh_from_db()
        weekday = make_ticket(desk.contract, requester=desk.poc, at=moment("2026-03-04 12:00"))
        weekend = make_ticket(desk.contract, requester=desk.poc, at=moment("2026-03-07 12:00"))
        assert (weekday.team, weekday.flags) == (dedicated, [])
        assert (weekend.team, weekend.flags) == (standard, ["weekend_coverage"])


def test_an_integration_opens_under_its_one_contract(desk: Desk) -> None:
    key = Actor(kind="integration", name="Jira", roles={desk.client.pk: "poc"}, contract_id=desk.contract.pk)
    ticket = make_ticket(desk.contract, actor=key, channel="api", external_reference="JIRA-7")
    assert (ticket.external_reference, ticket.messages.get().author_kind) == ("JIRA-7", "integration")
    second = make_desk("GAMMA").contract
    with refused(NotHere):
        make_ticket(second, actor=key, channel="api")


def test_a_person_of_two_clients_opens_in_the_one_they_name(desk: Desk, other_desk: Desk) -> None:
    both = make_contact(desk.client, "poc")
    ticket = make_ticket(desk.contract, requester=both)
    assert ticket.client == desk.client
    with refused(NotHere):
        make_ticket(other_desk.contract, requester=both)


def test_opening_costs_seven_statements_of_this_floor(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_ticket(desk.contract, requester=desk.poc)
    contract = Contract.objects.with_terms().get(pk=desk.contract.pk)
    actor = actor_of(desk.poc)
    facts: dict[str, Any] = {**FIRST, "requester": desk.poc}
    with django_assert_max_num_queries(7 + 2):  # two for the savepoint that stands in for the transaction
        open_ticket(actor=actor, at=MONDAY, contract=contract, **facts)
    assert Ticket.objects.count() == 2
