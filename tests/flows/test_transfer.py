"""A client moves up to a plan with named contacts: what they filed earlier comes along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.models import Contract
from contracts.queries import newest_version
from contracts.services import ContractFacts, name_contact, open_contract
from events.domain.actor import SYSTEM
from slo.models import Clock
from slo.queries import clocks_of
from slo.services import rebuild, sweep_due
from tests.flows.story import FILED, Cast, cast_for, file_ticket, later
from tickets.models import Ticket
from tickets.services import post_message

#: A Thursday at ten, in the 24x5 week.
NAMED = FILED + timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    """A client on the standard offering Select."""
    return cast_for("select")


@pytest.fixture
def premier(cast: Cast) -> Contract:
    """The contract that it signs on top."""
    return open_contract(
        actor=SYSTEM,
        at=FILED,
        client=cast.contract.client,
        version=newest_version("premier-support"),
        name="Premier",
        starts_on=FILED.date(),
        calendar=cast.contract.calendar,
        facts=ContractFacts(contact_domains=("hald.example",)),
    )


def name(cast: Cast, contract: Contract) -> None:
    name_contact(actor=SYSTEM, at=NAMED, contract=contract, person=cast.poc)


def clock(ticket: Ticket) -> Clock:
    return clocks_of([ticket.pk])[ticket.pk][0]


def test_an_unanswered_ticket_is_promised_anew_from_the_naming_on(cast: Cast, premier: Contract) -> None:
    ticket = file_ticket(cast, at=NAMED - timedelta(minutes=60))
    assert clock(ticket).due_at == NAMED + timedelta(minutes=60)

    name(cast, premier)

    moved = clock(ticket)
    assert (moved.contract_id, moved.state) == (premier.pk, "running")
    assert moved.due_at == NAMED + timedelta(minutes=30)


def test_an_answered_ticket_stays_answered_in_time(cast: Cast, premier: Contract) -> None:
    ticket = file_ticket(cast)
    post_message(actor=cast.desk_side, at=later(90), ticket=ticket, body="We are on it.")
    before = clock(ticket)

    name(cast, premier)

    after = clock(ticket)
    assert (after.state, after.met_at, after.due_at) == ("met", before.met_at, before.due_at)


def test_a_missed_answer_stays_missed(cast: Cast, premier: Contract) -> None:
    ticket = file_ticket(cast)
    sweep_due(at=later(180))
    before = clock(ticket)

    name(cast, premier)

    assert (clock(ticket).state, clock(ticket).due_at) == ("missed", before.due_at)


def test_a_ticket_at_risk_is_still_owed(cast: Cast, premier: Contract) -> None:
    ticket = file_ticket(cast, at=NAMED - timedelta(minutes=110))
    sweep_due(at=NAMED - timedelta(minutes=5))
    assert clock(ticket).state == "running"

    name(cast, premier)

    assert clock(ticket).due_at == NAMED + timedelta(minutes=30)


def test_the_clocks_can_be_rebuilt_from_the_history(cast: Cast, premier: Contract) -> None:
    file_ticket(cast, at=NAMED - timedelta(minutes=60))
    answered = file_ticket(cast)
    post_message(actor=cast.desk_side, at=later(20), ticket=answered, body="We are on it.")
    name(cast, premier)

    assert list(rebuild(check=True, at=NAMED)) == []


def test_the_answer_after_the_move_meets_the_new_promise(cast: Cast, premier: Contract) -> None:
    ticket = file_ticket(cast, at=NAMED - timedelta(minutes=60))
    name(cast, premier)

    post_message(actor=cast.desk_side, at=NAMED + timedelta(minutes=10), ticket=ticket, body="We are on it.")

    assert (clock(ticket).state, clock(ticket).met_at) == ("met", NAMED + timedelta(minutes=10))
