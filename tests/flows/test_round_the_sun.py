"""A critical ticket goes round the sun for a week, over every change of the clocks of its regions (E7)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escalation.invariants import INVARIANTS
from escalation.models import Baton, Escalation, Handoff
from escalation.services import sweep_handoffs, take_over, write_brief
from notify.models import Delivery
from notify.services import dispatch
from tests.escalation.handed import BRIEF, Sun, make_sun, said
from tests.factories import actor_of, moment
from tickets.models import Ticket

#: A Monday of each week in which the clocks of one of the regions change.
WEEKS = {
    "America goes forward": "2026-03-02",
    "Europe goes forward": "2026-03-23",
    "Australia goes back": "2026-03-30",
    "Australia goes forward": "2026-09-28",
    "Europe goes back": "2026-10-19",
    "America goes back": "2026-10-26",
}
#: When the shift of each team ends, on its own wall clock.
ENDS = {
    "sydney": ("Australia/Sydney", "19:30"),
    "brussels": ("Europe/Brussels", "18:00"),
    "los-angeles": ("America/Los_Angeles", "17:00"),
    "weekend": ("Europe/Brussels", "03:00"),
}
ROUND = ("brussels", "los-angeles", "sydney")
WEEK = timedelta(days=7)


@pytest.fixture
def sun(db: None) -> Sun:
    """Three regions and the weekend team, an engineer in each."""
    return make_sun()


def hand_on(sun: Sun, ticket: Ticket, *, at: datetime, takes: bool = True) -> Handoff:
    """The brief falls due at that moment; it is written, and taken half an hour later."""
    sweep_handoffs(at=at)
    handoff = Handoff.objects.filter(ticket=ticket, state="due").get()
    giver, taker = sun.people[handoff.from_team.key], sun.people[handoff.to_team.key]  # type: ignore[union-attr]
    write_brief(actor=actor_of(giver), at=at + timedelta(minutes=5), ticket=ticket, brief=BRIEF)
    if takes:
        take_over(actor=actor_of(taker), at=at + timedelta(minutes=30), handoff=handoff)
    return handoff


def look_at(ticket: Ticket) -> datetime:
    """When the sweep has something to do with the ticket next."""
    at = Baton.objects.get(ticket=ticket).look_at
    assert at is not None
    return at


@pytest.mark.parametrize("monday", WEEKS.values(), ids=WEEKS.keys())
def test_a_week_over_a_change_of_clocks_loses_no_handoff(sun: Sun, monday: str) -> None:
    start = moment(f"{monday} 12:00")
    ticket = sun.ticket(f"{monday} 12:00")
    while (at := look_at(ticket)) < start + WEEK:
        assert hand_on(sun, ticket, at=at).ends_at - at == timedelta(minutes=60)
        ticket.refresh_from_db()
        assert ticket.assignee is not None
        assert ticket.team == Baton.objects.get(ticket=ticket).team
    rows = list(Handoff.objects.select_related("from_team", "to_team").order_by("ends_at"))
    assert Counter(row.from_team.key for row in rows) == {
        "brussels": 5,
        "los-angeles": 5,
        "sydney": 5,
        "weekend": 1,
    }
    assert {row.state for row in rows} == {"accepted"}
    for row in rows:
        zone, wall = ENDS[row.from_team.key]
        assert f"{row.ends_at.astimezone(ZoneInfo(zone)):%H:%M}" == wall
    assert all(check() == [] for _, check in INVARIANTS)


def test_the_regions_follow_one_another_and_the_weekend_team_stands_between(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-02 12:00")
    for _ in range(16):
        hand_on(sun, ticket, at=look_at(ticket))
    givers = [row.from_team.key for row in Handoff.objects.select_related("from_team").order_by("ends_at")]
    assert givers[:6] == [*ROUND, *ROUND]
    assert givers[12:] == ["brussels", "los-angeles", "weekend", "sydney"]


def test_what_nobody_takes_escalates_and_everybody_hears_of_it_once(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-02 12:00")
    handoff = hand_on(sun, ticket, at=look_at(ticket), takes=False)
    for seconds in (0, 20, 40):
        sweep_handoffs(at=handoff.ends_at + timedelta(seconds=seconds))
    while dispatch(at=handoff.ends_at + timedelta(minutes=1)):
        pass
    assert (len(said("handoff.missed")), Escalation.objects.count()) == (1, 1)
    mails = Delivery.objects.filter(channel="email", record__kind__in=("handoff.missed", "escalation.raised"))
    told = Counter(mails.values_list("record__kind", "person__name"))
    assert set(told.values()) == {1}
    assert told["handoff.missed", "Los-Angeles engineer"] == 1
    assert told["escalation.raised", sun.desk.lead.name] == 1


def test_the_history_of_a_handoff_stands_on_the_ticket(sun: Sun) -> None:
    ticket = sun.ticket("2026-03-02 12:00")
    hand_on(sun, ticket, at=look_at(ticket))
    kinds = [row.kind for row in said("handoff.due") + said("handoff.offered") + said("handoff.accepted")]
    assert kinds == ["handoff.due", "handoff.offered", "handoff.accepted"]
    assert {row.subject_id for row in said("handoff.accepted")} == {ticket.pk}
