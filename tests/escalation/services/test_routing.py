"""Routing: to the team that is on, to its people by turn, and to who stands in (E6)."""

from __future__ import annotations

import pytest

from escalation.queries import on_for, suggestion_for
from escalation.services import give_by_turn, set_team_hours, sweep_absences
from events.domain.actor import SYSTEM
from events.domain.errors import Conflict, NotAllowed
from tests.escalation.crews import content_of
from tests.escalation.handed import Sun, said
from tests.factories import actor_of, make_desk, make_environment, make_staff, make_ticket, moment, refused
from tickets.models import Ticket
from tickets.services import assign, note_next_due

TUESDAY = moment("2026-03-03 10:00")


def by_turn(sun: Sun, region: str = "brussels") -> None:
    """The team of that region gives new tickets to its people at once."""
    set_team_hours(
        actor=SYSTEM,
        at=TUESDAY,
        team=sun.teams[region],
        works_as="dedicated",
        content=content_of(region),
        gives_by_turn=True,
    )


@pytest.mark.parametrize(
    ("at", "region"),
    [
        ("2026-03-03 02:00", "sydney"),
        ("2026-03-03 10:00", "brussels"),
        ("2026-03-03 20:00", "los-angeles"),
        ("2026-03-07 10:00", "weekend"),
    ],
)
def test_a_new_ticket_goes_to_the_team_that_is_on(sun: Sun, at: str, region: str) -> None:
    ticket = sun.ticket(at)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (sun.teams[region], None)


def test_why_it_went_there_is_on_the_ticket(sun: Sun) -> None:
    sun.ticket("2026-03-03 02:00")
    (record,) = said("ticket.assigned")
    assert record.data["reason"] == "The dedicated team is on."


def test_a_team_outside_the_contracts_regions_is_not_asked(sun: Sun) -> None:
    sun.desk.contract.regions = ["brussels"]
    sun.desk.contract.save()
    duty = on_for(sun.desk.contract, at=moment("2026-03-03 02:00"))
    assert duty.crew is None
    assert duty.because == "no dedicated team is on, and the standard team is off"


def test_under_a_contract_without_teams_nothing_is_routed(db: None) -> None:
    desk = make_desk()
    assert make_ticket(desk.contract).team is None
    assert said("ticket.assigned") == []


def test_where_the_team_gives_by_turn_people_take_turns(sun: Sun) -> None:
    by_turn(sun)
    colleague = make_staff(clients=(sun.desk.client,), name="Anouk")
    sun.teams["brussels"].people.add(colleague)
    owners = []
    for minute in range(4):
        ticket = sun.ticket(f"2026-03-03 10:0{minute}")
        ticket.refresh_from_db()
        owners.append(ticket.assignee)
    assert owners == [colleague, sun.people["brussels"], colleague, sun.people["brussels"]]
    assert "next in Brussels: 1 open ticket" in said("ticket.assigned")[-1].data["reason"]


def test_nobody_who_is_away_unfit_or_not_cleared_gets_one_by_turn(sun: Sun) -> None:
    by_turn(sun)
    make_staff(name="Foreign")
    sun.teams["brussels"].people.add(make_staff(name="Foreign two"))
    sun.people["brussels"].away_until = moment("2026-03-09 08:00")
    sun.people["brussels"].save()
    ticket = sun.ticket("2026-03-03 10:00")
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (sun.teams["brussels"], None)
    reasons = [one.reason for one in suggestion_for(ticket, at=TUESDAY).placings]
    assert reasons == ["away", "does not serve this client"]


def test_the_product_decides_between_teams_that_are_on(sun: Sun) -> None:
    set_team_hours(
        actor=SYSTEM,
        at=TUESDAY,
        team=sun.teams["sydney"],
        works_as="dedicated",
        content=content_of("brussels"),
        products=["Bamboo"],
    )
    environment = make_environment(sun.desk.contract, "Builds", product="Bamboo")
    sun.desk.contract.dedicated_team = None
    sun.desk.contract.save()
    ticket = sun.ticket("2026-03-03 10:00", environment=environment)
    ticket.refresh_from_db()
    assert ticket.team == sun.teams["sydney"]


def test_a_suggestion_taken_counts_as_a_turn(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-03 10:00")
    person = sun.people["brussels"]
    given = give_by_turn(actor=actor_of(sun.desk.lead), at=TUESDAY, ticket=ticket, person=person)
    assert given.assignee == person
    assert suggestion_for(ticket, at=TUESDAY).placings[0].candidate.last_given_at == TUESDAY


def test_a_suggestion_that_is_stale_is_refused(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-03 10:00")
    with refused(Conflict, match="not on for this ticket any more"):
        give_by_turn(actor=actor_of(sun.desk.lead), at=TUESDAY, ticket=ticket, person=sun.people["sydney"])


def test_an_engineer_takes_the_suggestion_for_themselves_alone(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-03 10:00")
    with refused(NotAllowed):
        give_by_turn(
            actor=actor_of(sun.people["sydney"]), at=TUESDAY, ticket=ticket, person=sun.people["brussels"]
        )


@pytest.fixture
def owned(sun: Sun) -> Ticket:
    """A ticket of somebody who goes away, with a colleague beside them; an answer is due within the hour."""
    sun.teams["brussels"].people.add(make_staff(clients=(sun.desk.client,), name="Anouk"))
    ticket = sun.ticket("2026-03-03 10:00")
    assign(actor=SYSTEM, at=TUESDAY, ticket=ticket, assignee=sun.people["brussels"])
    note_next_due(due={ticket.pk: (moment("2026-03-03 10:30"), False)})
    return ticket


def go_away(sun: Sun, until: str) -> None:
    """The engineer in Brussels is away until then."""
    sun.people["brussels"].away_until = moment(until)
    sun.people["brussels"].save()


def test_what_falls_due_while_its_owner_is_away_is_stood_in_for_once(sun: Sun, owned: Ticket) -> None:
    go_away(sun, "2026-03-03 17:00")
    assert sweep_absences(at=TUESDAY) == 1
    assert sweep_absences(at=TUESDAY) == 0
    owned.refresh_from_db()
    assert owned.assignee is not None
    assert owned.assignee.name == "Anouk"
    assert said("ticket.assigned")[-1].data["reason"].startswith("Brussels engineer is away; Anouk is next")


def test_what_is_due_after_the_return_stays(sun: Sun, owned: Ticket) -> None:
    go_away(sun, "2026-03-03 10:30")
    assert sweep_absences(at=TUESDAY) == 0


def test_where_nobody_can_stand_in_it_stays(sun: Sun, owned: Ticket) -> None:
    sun.teams["brussels"].people.set([sun.people["brussels"]])
    go_away(sun, "2026-03-03 17:00")
    assert sweep_absences(at=TUESDAY) == 0
    owned.refresh_from_db()
    assert owned.assignee == sun.people["brussels"]


def test_who_is_back_keeps_their_tickets(sun: Sun, owned: Ticket) -> None:
    go_away(sun, "2026-03-03 09:59")
    assert sweep_absences(at=TUESDAY) == 0
