"""The sweep of handoffs: due once, missed once, the ticket never without an owner (E7)."""

from __future__ import annotations

import pytest

from escalation.invariants import INVARIANTS
from escalation.models import Baton, Escalation, Handoff, TeamHours
from escalation.services import raise_escalation, set_team_hours, sweep_handoffs, take_over, write_brief
from events.domain.actor import SYSTEM
from tests.escalation.crews import content_of
from tests.escalation.handed import BRIEF, Sun, baton_of, chain_of, said
from tests.factories import actor_of, moment
from tickets.models import Ticket
from tickets.services import assign, change_status

DUE = moment("2026-03-02 07:30")
END = moment("2026-03-02 08:30")


def healthy() -> bool:
    """Whether every invariant of the floor holds."""
    return all(check() == [] for _, check in INVARIANTS)


def test_a_critical_ticket_takes_up_a_baton_with_the_team_that_is_on(critical: Ticket) -> None:
    assert baton_of(critical) == ("sydney", "2026-03-02 07:30")


def test_before_the_hour_nothing_is_due(critical: Ticket) -> None:
    assert sweep_handoffs(at=DUE.replace(minute=29, second=59)) == 0
    assert not Handoff.objects.exists()


def test_sixty_minutes_before_the_end_the_brief_is_due_and_the_team_is_told_once(
    sun: Sun, critical: Ticket
) -> None:
    assert sweep_handoffs(at=DUE) == 1
    assert sweep_handoffs(at=DUE) == 0
    assert chain_of(critical) == [("sydney", "brussels", "02 08:30", "due")]
    (record,) = said("handoff.due")
    assert record.data["told_ids"] == [sun.people["sydney"].pk]
    assert record.data["due_at"] == "2026-03-02T08:30:00+00:00"


def test_unanswered_at_the_end_it_is_missed_dated_at_the_end_and_escalates(
    sun: Sun, critical: Ticket
) -> None:
    sweep_handoffs(at=DUE)
    for second in (0, 30):
        sweep_handoffs(at=END.replace(second=second))
    assert Handoff.objects.get(state="missed").missed_at == END
    assert (len(said("handoff.missed")), Escalation.objects.get().ground) == (1, "handoff")
    assert said("handoff.missed")[0].data["told_ids"] == [sun.people["brussels"].pk]


def test_a_second_before_the_end_it_is_not_missed(critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END.replace(minute=29, second=59))
    assert chain_of(critical)[0][3] == "due"


def test_missed_the_ticket_is_never_without_an_owner(sun: Sun, critical: Ticket) -> None:
    owner = sun.people["sydney"]
    assign(actor=SYSTEM, at=DUE, ticket=critical, assignee=owner, team=sun.teams["sydney"])
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END)
    critical.refresh_from_db()
    assert (critical.assignee, critical.team) == (owner, sun.teams["brussels"])
    assert baton_of(critical)[0] == "brussels"


def test_an_owner_who_left_does_not_stop_the_sweep(sun: Sun, critical: Ticket) -> None:
    owner = sun.people["sydney"]
    assign(actor=SYSTEM, at=DUE, ticket=critical, assignee=owner, team=sun.teams["sydney"])
    owner.assignments.all().delete()
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END)
    critical.refresh_from_db()
    assert (critical.assignee, critical.team) == (None, sun.teams["brussels"])


def test_what_was_missed_can_still_be_briefed_and_taken(sun: Sun, critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END)
    late = moment("2026-03-02 09:10")
    row = write_brief(actor=actor_of(sun.people["sydney"]), at=late, ticket=critical, brief=BRIEF)
    assert row.state == "missed"
    taken = take_over(actor=actor_of(sun.people["brussels"]), at=late, handoff=row)
    assert (taken.state, taken.missed_at) == ("accepted", END)
    assert healthy()


def test_a_ticket_that_is_escalated_already_is_not_escalated_twice(sun: Sun, critical: Ticket) -> None:
    raise_escalation(actor=actor_of(sun.desk.poc), at=DUE, ticket=critical, ground="late_response")
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END)
    assert Escalation.objects.get().ground == "late_response"
    assert len(said("handoff.missed")) == 1


def test_a_contract_can_switch_the_escalation_off(sun: Sun, critical: Ticket) -> None:
    sun.desk.contract.switches = {"escalate_handoff": False}
    sun.desk.contract.save()
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=END)
    assert not Escalation.objects.exists()
    assert len(said("handoff.missed")) == 1


def test_friday_evening_goes_to_the_weekend_team_and_on_to_sydney(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-06 20:00")
    for at in ("2026-03-07 00:00", "2026-03-07 01:00", "2026-03-09 01:00", "2026-03-09 02:00"):
        sweep_handoffs(at=moment(at))
    assert [row[:3] for row in chain_of(ticket)] == [
        ("los-angeles", "weekend", "07 01:00"),
        ("weekend", "sydney", "09 02:00"),
    ]


def test_an_older_one_that_nobody_took_is_settled_when_the_next_falls_due(critical: Ticket) -> None:
    for at in (DUE, END, moment("2026-03-02 16:00")):
        sweep_handoffs(at=at)
    assert [row[3] for row in chain_of(critical)] == ["lapsed", "due"]


def test_a_ticket_that_the_next_team_has_already_is_not_handed_over(sun: Sun, critical: Ticket) -> None:
    assign(actor=SYSTEM, at=moment("2026-03-02 05:30"), ticket=critical, team=sun.teams["brussels"])
    assert baton_of(critical)[0] == "sydney"
    sweep_handoffs(at=DUE)
    assert chain_of(critical) == [("sydney", "brussels", "02 08:30", "kept")]
    assert baton_of(critical) == ("brussels", "2026-03-02 16:00")
    assert said("handoff.due") == []


def test_given_by_hand_to_a_crew_that_is_on_the_baton_goes_along(sun: Sun, critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    assign(actor=SYSTEM, at=moment("2026-03-02 07:45"), ticket=critical, team=sun.teams["brussels"])
    assert baton_of(critical)[0] == "brussels"
    assert chain_of(critical)[0][3] == "kept"


@pytest.mark.parametrize("to", ["resolved", "cancelled"])
def test_a_settled_ticket_lays_its_baton_down(sun: Sun, critical: Ticket, to: str) -> None:
    sweep_handoffs(at=DUE)
    who = actor_of(sun.people["sydney"])
    change_status(actor=who, at=DUE, ticket=critical, to=to, summary="Done.", reason="Done.")
    assert not Baton.objects.exists()
    assert chain_of(critical)[0][3] == "dropped"
    assert healthy()


def test_taken_up_again_it_has_a_baton_from_then_on(sun: Sun, critical: Ticket) -> None:
    who, later = actor_of(sun.people["sydney"]), moment("2026-03-04 10:00")
    change_status(actor=who, at=DUE, ticket=critical, to="resolved", summary="Done.")
    change_status(actor=actor_of(sun.desk.poc), at=later, ticket=critical, to="in_progress")
    sweep_handoffs(at=moment("2026-03-04 10:01"))
    assert baton_of(critical)[0] == "brussels"
    assert chain_of(critical) == []


def test_shorter_hours_bring_the_handoff_forward(sun: Sun, critical: Ticket) -> None:
    at = moment("2026-03-02 05:30")
    content = {**content_of("sydney"), "weekly": {"mon": [["09:00", "17:30"]]}}
    set_team_hours(actor=SYSTEM, at=at, team=sun.teams["sydney"], works_as="dedicated", content=content)
    sweep_handoffs(at=at)
    assert chain_of(critical) == [("sydney", "brussels", "02 06:30", "due")]


def test_where_no_team_keeps_hours_nothing_is_handed_over(sun: Sun) -> None:
    for team in sun.teams.values():
        TeamHours.objects.get(team=team).delete()
    assert baton_of(sun.ticket()) == ("brussels", "")


def test_a_sweep_finds_all_that_is_due(sun: Sun) -> None:
    for _ in range(3):
        sun.ticket()
    assert sweep_handoffs(at=DUE) == 3
    assert len(said("handoff.due")) == 3
    assert healthy()
