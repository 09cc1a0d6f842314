"""Raising an escalation (E2): who may, why, with which facts, one at a time."""

from __future__ import annotations

import pytest

from escalation.models import Escalation, Tier
from escalation.queries import open_for
from escalation.services import raise_escalation
from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from tests.factories import MONDAY, Desk, actor_of, make_desk, moment, reply
from tickets.models import Ticket


def raised(
    desk: Desk, ticket: Ticket, role: str = "poc", ground: str = "slow_resolution", reason: str = ""
) -> Escalation:
    """The person in that role escalates the ticket at ten."""
    return raise_escalation(
        actor=actor_of(desk.person(role)),
        at=moment("2026-03-02 10:00"),
        ticket=ticket,
        ground=ground,
        reason=reason,
    )


@pytest.mark.parametrize("role", ["poc", "engineer", "lead", "csm", "administrator"])
def test_contacts_and_staff_escalate(desk: Desk, ticket: Ticket, role: str) -> None:
    assert raised(desk, ticket, role).level == 1


@pytest.mark.parametrize("role", ["observer", "account_executive"])
def test_observers_and_account_executives_do_not(desk: Desk, ticket: Ticket, role: str) -> None:
    with pytest.raises(NotAllowed):
        raised(desk, ticket, role)

    assert not Escalation.objects.exists()


def test_a_member_escalates_only_what_it_sees(desk: Desk, ticket: Ticket) -> None:
    with pytest.raises(NotHere):
        raised(desk, ticket, "member")


def test_another_client_finds_nothing(desk: Desk, ticket: Ticket) -> None:
    other = make_desk("OTHER")

    with pytest.raises(NotHere):
        raised(other, ticket)

    assert not Escalation.objects.exists()


def test_the_first_tier_answers_within_its_open_time(desk: Desk, ticket: Ticket) -> None:
    assert raised(desk, ticket).acknowledge_due_at == moment("2026-03-02 11:00")


def test_a_second_one_is_refused_while_one_is_open(desk: Desk, ticket: Ticket) -> None:
    raised(desk, ticket)

    with pytest.raises(Conflict):
        raised(desk, ticket, "lead")

    assert Escalation.objects.count() == 1


def test_an_unknown_ground_is_refused(desk: Desk, ticket: Ticket) -> None:
    with pytest.raises(Invalid) as refusal:
        raised(desk, ticket, ground="because")

    assert "ground" in refusal.value.fields


def test_something_else_needs_words(desk: Desk, ticket: Ticket) -> None:
    with pytest.raises(Invalid) as refusal:
        raised(desk, ticket, ground="other", reason="  ")

    assert "reason" in refusal.value.fields


def test_a_contract_without_a_path_says_so(desk: Desk, ticket: Ticket) -> None:
    Tier.objects.all().delete()

    with pytest.raises(Invalid, match="no escalation path"):
        raised(desk, ticket)


def test_the_facts_are_attached_by_the_system(desk: Desk, ticket: Ticket) -> None:
    reply(ticket, desk.engineer)

    facts = raised(desk, ticket).facts

    assert facts["public_messages"] == 2
    assert [one["objective"] for one in facts["clocks"]] == ["first_response"]
    assert facts["earlier_escalations"] == 0


def test_it_is_an_event_on_the_ticket(desk: Desk, ticket: Ticket) -> None:
    escalation = raised(desk, ticket)

    record = Record.objects.get(kind="escalation.raised")
    assert (record.subject_id, record.data["escalation_id"], record.data["level"]) == (
        ticket.pk,
        escalation.pk,
        1,
    )


def test_open_ones_are_listed_for_those_who_see_the_ticket(desk: Desk, ticket: Ticket) -> None:
    escalation = raised(desk, ticket)

    assert list(open_for(actor_of(desk.csm))) == [escalation]
    assert list(open_for(actor_of(make_desk("OTHER").csm))) == []


def test_what_was_raised_keeps_its_moment(desk: Desk, ticket: Ticket) -> None:
    assert raised(desk, ticket).raised_at == moment("2026-03-02 10:00") > MONDAY
