"""The relay round the sun: until when a crew has the baton, and who takes it (E7)."""

from __future__ import annotations

from datetime import timedelta

from contracts.domain.calendar import Calendar
from escalation.domain.coverage import Kind
from escalation.domain.relay import Ring, holder_at, leg_from
from tests.escalation.crews import crew, ring_of_four
from tests.factories import moment

RING = Ring(crews=ring_of_four())
SYDNEY, BRUSSELS, LOS_ANGELES, WEEKEND = RING.crews
ALWAYS = crew("sydney", team_id=99, calendar=Calendar.from_dict({"always": True}))


def test_the_tickets_own_team_has_it_while_it_is_on() -> None:
    overlap = moment("2026-03-02 07:30")
    assert holder_at(RING, overlap, team_id=SYDNEY.team_id) == SYDNEY


def test_else_the_crew_that_has_just_come_on_has_it() -> None:
    assert holder_at(RING, moment("2026-03-02 07:30"), team_id=LOS_ANGELES.team_id) == BRUSSELS


def test_while_nobody_of_the_ring_is_on_the_stand_in_has_it() -> None:
    ring = Ring(crews=(BRUSSELS,), stand_in=ALWAYS)
    assert holder_at(ring, moment("2026-03-02 20:00")) == ALWAYS


def test_without_a_stand_in_it_waits_for_who_comes_on_next() -> None:
    ring = Ring(crews=(BRUSSELS, LOS_ANGELES))
    assert holder_at(ring, moment("2026-03-03 04:00")) == BRUSSELS


def test_a_ring_of_nobody_has_no_holder() -> None:
    assert holder_at(Ring(crews=()), moment("2026-03-02 07:30")) is None


def test_a_leg_ends_with_the_shift_and_its_brief_is_due_an_hour_before() -> None:
    leg = leg_from(RING, SYDNEY, moment("2026-03-02 01:00"))
    assert leg is not None
    assert (leg.ends_at, leg.due_at) == (moment("2026-03-02 08:30"), moment("2026-03-02 07:30"))
    assert leg.receiver == BRUSSELS
    assert leg.overlap == (moment("2026-03-02 07:00"), moment("2026-03-02 08:30"))


def test_friday_evening_in_los_angeles_goes_to_the_weekend_team() -> None:
    leg = leg_from(RING, LOS_ANGELES, moment("2026-03-06 20:00"))
    assert leg is not None
    assert leg.receiver == WEEKEND


def test_the_weekend_team_is_a_region_like_another() -> None:
    leg = leg_from(RING, WEEKEND, moment("2026-03-07 12:00"))
    assert leg is not None
    assert (leg.receiver, leg.ends_at) == (SYDNEY, moment("2026-03-09 02:00"))


def test_a_crew_that_is_off_has_the_baton_for_its_next_shift() -> None:
    leg = leg_from(Ring(crews=(BRUSSELS, LOS_ANGELES)), BRUSSELS, moment("2026-03-03 04:00"))
    assert leg is not None
    assert leg.ends_at == moment("2026-03-03 17:00")


def test_over_a_gap_it_goes_to_who_comes_on_next() -> None:
    leg = leg_from(Ring(crews=(BRUSSELS, LOS_ANGELES)), LOS_ANGELES, moment("2026-03-02 20:00"))
    assert leg is not None
    assert (leg.receiver, leg.overlap, leg.has_gap) == (BRUSSELS, None, True)


def test_a_lone_crew_has_nobody_to_hand_over_to() -> None:
    leg = leg_from(Ring(crews=(BRUSSELS,)), BRUSSELS, moment("2026-03-02 10:00"))
    assert leg is not None
    assert (leg.receiver, leg.has_gap) == (None, True)


def test_a_crew_that_never_goes_off_hands_nothing_over() -> None:
    assert leg_from(Ring(crews=(ALWAYS, BRUSSELS)), ALWAYS, moment("2026-03-02 10:00")) is None


def test_a_stand_in_gives_it_back_an_hour_after_the_ring_came_on() -> None:
    leg = leg_from(Ring(crews=(BRUSSELS,), stand_in=ALWAYS), ALWAYS, moment("2026-03-02 20:00"))
    assert leg is not None
    assert (leg.ends_at, leg.receiver) == (moment("2026-03-03 08:00"), BRUSSELS)


def test_a_year_round_the_sun_has_an_overlap_at_every_handoff() -> None:
    at, holder = moment("2026-01-01 12:00"), BRUSSELS
    while at < moment("2027-01-01 00:00"):
        leg = leg_from(RING, holder, at)
        assert leg is not None
        assert leg.receiver is not None
        assert leg.overlap is not None, leg
        assert leg.overlap[1] - leg.overlap[0] >= timedelta(minutes=30), leg
        at, holder = leg.ends_at, leg.receiver


def test_the_stand_in_is_told_apart_from_the_ring() -> None:
    ring = Ring(crews=(BRUSSELS,), stand_in=ALWAYS)
    assert ring.crew(99) is None
    assert ring.member(99) == ALWAYS
    assert Ring(crews=(BRUSSELS,), stand_in=BRUSSELS).everybody == (BRUSSELS,)
    assert ALWAYS.kind is Kind.DEDICATED
