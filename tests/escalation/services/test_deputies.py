"""A tier that is off duty falls to its deputy (E1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from accounts.models import Person
from escalation.models import Escalation
from escalation.services import TierDetails, raise_escalation, set_path, sweep
from events.domain.actor import SYSTEM
from tests.escalation.crews import make_crew
from tests.escalation.handed import said
from tests.factories import MONDAY, Desk, actor_of, make_staff, make_ticket, moment
from tickets.models import Ticket

TEN = moment("2026-03-02 10:00")
FRIDAY = moment("2026-03-06 18:00")


@pytest.fixture
def deputy(desk: Desk) -> Person:
    """A deputy on the first tier."""
    deputy = make_staff("lead", name="Deputy")
    path(desk, deputy=deputy)
    return deputy


def path(desk: Desk, **facts: object) -> None:
    """A path of two tiers; the first has a deputy, and whatever else is said."""
    first = TierDetails(level=1, label="Duty manager", acknowledge_seconds=3600, person=desk.lead)
    second = TierDetails(level=2, label="Head", acknowledge_seconds=3600, person=desk.administrator)
    set_path(actor=SYSTEM, at=MONDAY, contract=desk.contract, tiers=[replace(first, **facts), second])  # type: ignore[arg-type]


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket of the client."""
    return make_ticket(desk.contract, requester=desk.poc)


def away(person: Person, until: datetime = FRIDAY) -> None:
    """The person is away until then."""
    person.away_until = until
    person.save()


def raised(desk: Desk, ticket: Ticket) -> Escalation:
    """The point of contact escalates at ten."""
    return raise_escalation(actor=actor_of(desk.poc), at=TEN, ticket=ticket, ground="slow_resolution")


def test_on_duty_the_tier_itself_is_asked(desk: Desk, deputy: Person, ticket: Ticket) -> None:
    assert (raised(desk, ticket).asked, said("escalation.raised")[0].data["told_ids"]) == (
        desk.lead,
        [desk.lead.pk],
    )


def test_while_it_is_away_the_deputy_is_asked_and_told_why(
    desk: Desk, deputy: Person, ticket: Ticket
) -> None:
    away(desk.lead)
    escalation = raised(desk, ticket)
    assert escalation.asked == deputy
    assert escalation.asked_because == f"{desk.lead.name} is away; the deputy is asked."
    assert said("escalation.raised")[0].data["told_ids"] == [deputy.pk]


def test_at_the_moment_of_return_the_tier_is_on_duty_again(
    desk: Desk, deputy: Person, ticket: Ticket
) -> None:
    away(desk.lead, TEN)
    assert raised(desk, ticket).asked == desk.lead


def test_outside_the_hours_of_its_team_the_deputy_is_asked(
    desk: Desk, deputy: Person, ticket: Ticket
) -> None:
    make_crew("los-angeles", desk.lead)
    escalation = raised(desk, ticket)
    assert (escalation.asked, escalation.asked_because) == (
        deputy,
        f"{desk.lead.name} is off duty; the deputy is asked.",
    )


def test_with_the_deputy_away_too_the_tier_is_asked_all_the_same(
    desk: Desk, deputy: Person, ticket: Ticket
) -> None:
    away(desk.lead)
    away(deputy)
    assert raised(desk, ticket).asked == desk.lead


def test_a_tier_that_is_a_team_tells_those_who_are_here(desk: Desk, ticket: Ticket) -> None:
    here, gone = (make_staff("lead", name=name) for name in ("Here", "Gone"))
    away(gone)
    path(desk, person=None, team=make_crew("brussels", here, gone))
    assert raised(desk, ticket).asked is None
    assert said("escalation.raised")[0].data["told_ids"] == [here.pk]


def test_climbing_asks_the_deputy_of_the_next_tier_as_well(
    desk: Desk, deputy: Person, ticket: Ticket
) -> None:
    set_path(
        actor=SYSTEM,
        at=MONDAY,
        contract=desk.contract,
        tiers=[
            TierDetails(level=1, label="Duty manager", acknowledge_seconds=3600, person=desk.lead),
            TierDetails(level=2, label="Head", acknowledge_seconds=3600, person=desk.csm, deputy=deputy),
        ],
    )
    away(desk.csm)
    escalation = raised(desk, ticket)
    sweep(at=moment("2026-03-02 11:00"))
    escalation.refresh_from_db()
    assert (escalation.level, escalation.asked) == (2, deputy)
    assert said("escalation.climbed")[0].data["told_ids"] == [deputy.pk]
