"""Briefs, and what the team that comes on does with them (E7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from escalation.models import Handoff
from escalation.services import send_back, sweep_handoffs, take_over, write_brief
from events.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotHere
from tests.escalation.handed import BRIEF, Sun, baton_of, chain_of, said
from tests.factories import actor_of, make_desk, make_staff, moment, refused
from tickets.models import Ticket

DUE = moment("2026-03-02 07:30")
LATER = moment("2026-03-02 07:50")


@pytest.fixture
def due(sun: Sun, critical: Ticket) -> Handoff:
    """The handoff from Sydney to Brussels, an hour before Sydney ends."""
    sweep_handoffs(at=DUE)
    return Handoff.objects.get(ticket=critical)


@pytest.fixture
def offered(sun: Sun, critical: Ticket, due: Handoff) -> Handoff:
    """The same with its brief."""
    return write_brief(actor=actor_of(sun.people["sydney"]), at=DUE, ticket=critical, brief=BRIEF)


def test_the_brief_is_kept_and_waits_for_the_team_that_comes_on(sun: Sun, offered: Handoff) -> None:
    assert (offered.state, offered.to_team) == ("offered", sun.teams["brussels"])
    assert (offered.findings, offered.tried) == (BRIEF.findings, BRIEF.tried)
    (record,) = said("handoff.offered")
    assert record.data["told_ids"] == [sun.people["brussels"].pk]


def test_a_brief_says_how_things_stand_and_what_comes_next(sun: Sun, critical: Ticket, due: Handoff) -> None:
    actor = actor_of(sun.people["sydney"])
    with refused(Invalid, field="findings"):
        write_brief(actor=actor, at=DUE, ticket=critical, brief=replace(BRIEF, findings=" "))
    with refused(Invalid, field="next_steps"):
        write_brief(actor=actor, at=DUE, ticket=critical, brief=replace(BRIEF, next_steps=""))


def test_a_brief_can_be_written_hours_ahead_and_is_not_asked_for_again(sun: Sun, critical: Ticket) -> None:
    early = moment("2026-03-02 05:10")
    write_brief(actor=actor_of(sun.people["sydney"]), at=early, ticket=critical, brief=BRIEF)
    sweep_handoffs(at=DUE)
    assert chain_of(critical) == [("sydney", "brussels", "02 08:30", "offered")]
    assert said("handoff.due") == []


def test_taking_it_over_makes_the_ticket_the_takers(sun: Sun, critical: Ticket, offered: Handoff) -> None:
    taker = sun.people["brussels"]
    take_over(actor=actor_of(taker), at=LATER, handoff=offered)
    critical.refresh_from_db()
    assert (critical.assignee, critical.team) == (taker, sun.teams["brussels"])
    assert baton_of(critical) == ("brussels", "2026-03-02 16:00")


def test_taking_it_twice_changes_nothing(sun: Sun, offered: Handoff) -> None:
    for minute in (50, 55):
        at = DUE.replace(minute=minute)
        take_over(actor=actor_of(sun.people["brussels"]), at=at, handoff=offered)
    assert len(said("handoff.accepted")) == 1


def test_what_somebody_has_taken_nobody_else_takes(sun: Sun, offered: Handoff) -> None:
    take_over(actor=actor_of(sun.people["brussels"]), at=LATER, handoff=offered)
    with refused(Conflict, match="Brussels engineer has taken it over"):
        take_over(actor=actor_of(sun.desk.lead), at=LATER, handoff=offered)


def test_nothing_is_taken_without_a_brief(sun: Sun, due: Handoff) -> None:
    with refused(Conflict, match="no brief yet"):
        take_over(actor=actor_of(sun.people["brussels"]), at=LATER, handoff=due)


def test_only_the_team_that_comes_on_takes_it_or_a_lead(sun: Sun, offered: Handoff) -> None:
    with refused(NotAllowed):
        take_over(actor=actor_of(sun.people["sydney"]), at=LATER, handoff=offered)
    take_over(actor=actor_of(sun.desk.lead), at=LATER, handoff=offered)
    assert Handoff.objects.get().answered_by == sun.desk.lead


def test_people_of_another_client_find_nothing(sun: Sun, critical: Ticket, offered: Handoff) -> None:
    stranger = actor_of(make_desk("BETA").engineer)
    with refused(NotHere):
        take_over(actor=stranger, at=LATER, handoff=offered)
    with refused(NotHere):
        write_brief(actor=stranger, at=LATER, ticket=critical, brief=BRIEF)


@pytest.mark.parametrize("role", ["poc", "member", "account_executive"])
def test_who_does_not_work_on_tickets_hands_nothing_over(
    sun: Sun, critical: Ticket, due: Handoff, role: str
) -> None:
    with refused(DomainError):
        write_brief(actor=actor_of(sun.desk.person(role)), at=DUE, ticket=critical, brief=BRIEF)


def test_sent_back_it_stays_where_it_is_until_the_brief_is_written_anew(
    sun: Sun, critical: Ticket, offered: Handoff
) -> None:
    taker, giver = actor_of(sun.people["brussels"]), actor_of(sun.people["sydney"])
    send_back(actor=taker, at=LATER, handoff=offered, reason="Which node was restarted?")
    assert baton_of(critical)[0] == "sydney"
    assert said("handoff.declined")[0].data["told_ids"] == [sun.people["sydney"].pk]
    with refused(Conflict, match="sent back"):
        take_over(actor=taker, at=LATER, handoff=offered)
    write_brief(actor=giver, at=LATER, ticket=critical, brief=replace(BRIEF, tried="Node 2 restarted."))
    assert take_over(actor=taker, at=LATER, handoff=offered).state == "accepted"


def test_sending_it_back_needs_a_reason(sun: Sun, offered: Handoff) -> None:
    with refused(Invalid, field="reason"):
        send_back(actor=actor_of(sun.people["brussels"]), at=LATER, handoff=offered, reason=" ")


def test_what_was_taken_is_not_sent_back(sun: Sun, offered: Handoff) -> None:
    taker = actor_of(sun.people["brussels"])
    take_over(actor=taker, at=LATER, handoff=offered)
    with refused(Conflict):
        send_back(actor=taker, at=LATER, handoff=offered, reason="Too late.")


def test_a_ticket_that_is_not_critical_is_not_handed_over(sun: Sun) -> None:
    ticket = sun.ticket(urgency="level-2")
    with refused(Conflict, match="is not handed over"):
        write_brief(actor=actor_of(sun.people["sydney"]), at=DUE, ticket=ticket, brief=BRIEF)


def test_who_is_away_is_not_told(sun: Sun, critical: Ticket, due: Handoff) -> None:
    colleague = make_staff(clients=(sun.desk.client,), name="Anouk")
    sun.teams["brussels"].people.add(colleague)
    sun.people["brussels"].away_until = moment("2026-03-09 08:00")
    sun.people["brussels"].save()
    write_brief(actor=actor_of(sun.people["sydney"]), at=DUE, ticket=critical, brief=BRIEF)
    assert said("handoff.offered")[0].data["told_ids"] == [colleague.pk]


def test_who_is_not_cleared_cannot_take_it(sun: Sun, offered: Handoff) -> None:
    sun.desk.contract.restricts_engineers = True
    sun.desk.contract.save()
    with refused(Invalid, match="not cleared"):
        take_over(actor=actor_of(sun.people["brussels"]), at=LATER, handoff=offered)
    offered.refresh_from_db()
    assert offered.state == "offered"
