"""What the sweep of handoffs makes of hours in which it did not run (E7, fault F13, table 3.4)."""

from __future__ import annotations

from escalation.models import Escalation
from escalation.services import sweep_handoffs
from tests.escalation.handed import baton_of, chain_of, said
from tests.factories import moment
from tickets.models import Ticket

DUE = moment("2026-03-02 07:30")


def test_the_past_is_recorded_and_only_the_present_is_asked_for(critical: Ticket) -> None:
    sweep_handoffs(at=moment("2026-03-02 15:30"))
    assert chain_of(critical) == [("sydney", "brussels", "02 08:30", "lapsed")]
    assert (len(said("handoff.lapsed")), said("handoff.missed"), said("handoff.due")) == (1, [], [])
    sweep_handoffs(at=moment("2026-03-02 16:10"))
    assert chain_of(critical)[1] == ("brussels", "los-angeles", "02 17:00", "due")
    assert not Escalation.objects.exists()


def test_days_of_it_make_each_end_once(critical: Ticket) -> None:
    for _ in range(2):
        sweep_handoffs(at=moment("2026-03-05 12:00"))
    chain = chain_of(critical)
    assert len(chain) == len({row[2] for row in chain}) == 10
    assert {row[3] for row in chain} == {"lapsed"}
    assert baton_of(critical) == ("brussels", "2026-03-05 16:00")


def test_a_brief_asked_for_before_a_short_one_still_escalates(critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=moment("2026-03-02 11:30"))
    assert chain_of(critical)[0][3] == "missed"
    assert Escalation.objects.count() == 1


def test_one_whose_next_shift_is_over_too_escalates_no_more(critical: Ticket) -> None:
    sweep_handoffs(at=DUE)
    sweep_handoffs(at=moment("2026-03-02 17:00"))
    assert [row[3] for row in chain_of(critical)] == ["lapsed", "lapsed"]
    assert not Escalation.objects.exists()


def test_what_was_missed_in_the_last_minutes_is_caught_up_within_the_hour(critical: Ticket) -> None:
    sweep_handoffs(at=moment("2026-03-02 08:10"))
    assert chain_of(critical) == [("sydney", "brussels", "02 08:30", "due")]
