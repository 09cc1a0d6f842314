"""Corrections: reversals and new entries, both visible; minutes come back to where they belong (H2, H5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from events.models import Record
from hours import services
from hours.models import OverageRequest, TimeEntry
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, make_hours

APRIL = moment("2026-04-02 09:00")


def reverse(hours: Hours, entry: TimeEntry, *, role: str = "engineer", **facts: object) -> TimeEntry:
    """Take the entry back."""
    words = {"at": MONDAY, "reason": "Wrong ticket", **facts}
    return services.reverse_entry(actor=hours.actor(role), entry=entry, **words)  # type: ignore[arg-type]


def test_a_reversal_gives_the_minutes_back_and_both_entries_stay(hours: Hours) -> None:
    entry = hours.log(60)
    reversal = reverse(hours, entry)
    entry.refresh_from_db()
    assert (entry.state, reversal.state, reversal.billed_minutes) == ("reversed", "reversal", -60)
    assert hours.balance().available == 600
    assert hours.lines()[1:] == [("draw", -60), ("reversal", 60)]


def decline(hours: Hours) -> None:
    """Let the client say no to what it is asked."""
    asked = OverageRequest.objects.get(state="asked")
    services.decide_overage(actor=hours.actor("poc"), at=MONDAY, overage=asked, approve=False)


def test_the_account_is_locked_before_the_entry(hours: Hours) -> None:
    entry = hours.log(HOUR)
    with CaptureQueriesContext(connection) as seen:
        services.reverse_entry(actor=hours.actor("engineer"), at=MONDAY, entry=entry, reason="Wrong")
    asked = [one["sql"] for one in seen if one["sql"].startswith("SELECT")]
    account = next(place for place, sql in enumerate(asked) if 'FROM "hours_account"' in sql)
    entries = [place for place, sql in enumerate(asked) if 'FROM "hours_timeentry"' in sql]
    assert entries[0] < account < entries[1]


def test_an_entry_is_reversed_once(hours: Hours) -> None:
    entry = hours.log(60)
    reverse(hours, entry)
    with pytest.raises(Conflict):
        reverse(hours, entry)
    assert TimeEntry.objects.count() == 2


def test_a_reversal_cannot_be_reversed(hours: Hours) -> None:
    reversal = reverse(hours, hours.log(60))
    with pytest.raises(Conflict):
        reverse(hours, reversal)


def test_a_reversal_needs_a_reason(hours: Hours) -> None:
    entry = hours.log(60)
    with pytest.raises(Invalid):
        reverse(hours, entry, reason=" ")
    assert TimeEntry.objects.count() == 1


def test_somebody_elses_entry_is_refused(hours: Hours) -> None:
    entry = hours.log(60, role="lead")
    with pytest.raises(NotAllowed, match="somebody else"):
        reverse(hours, entry)
    assert not Record.objects.filter(kind="time.reversed").exists()


def test_a_lead_corrects_an_engineers_entry(hours: Hours) -> None:
    assert reverse(hours, hours.log(60), role="lead").state == "reversal"


def test_a_correction_is_a_reversal_and_a_new_entry(hours: Hours) -> None:
    entry = hours.log(60)
    made = services.correct_entry(
        actor=hours.actor("engineer"), at=MONDAY, entry=entry, minutes=30, reason="Lunch was in it"
    )
    assert (made.corrects, made.billed_minutes, made.state) == (entry, 30, "drawn")
    assert hours.balance().available == 570


def test_a_correction_may_use_the_minutes_it_gives_back(hours: Hours) -> None:
    entry = hours.log(10 * HOUR)
    made = services.correct_entry(
        actor=hours.actor("engineer"), at=MONDAY, entry=entry, reason="Typing", note="Other words"
    )
    assert (made.state, made.note, hours.balance().available) == ("drawn", "Other words", 0)


def test_an_entry_of_a_closed_month_is_corrected_in_the_open_one(hours: Hours) -> None:
    entry = hours.log(60)
    services.close_months(at=moment("2026-04-10 09:00"))
    made = services.correct_entry(
        actor=hours.actor("engineer"), at=moment("2026-04-10 10:00"), entry=entry, minutes=30, reason="Half"
    )
    assert made.worked_on == entry.worked_on
    assert hours.lines()[-4:] == [("reversal", 60), ("draw", -30), ("transfer", -30), ("transfer", 30)]


def test_minutes_that_come_back_late_are_not_lost_with_their_period(hours: Hours) -> None:
    entry = hours.log(60)
    reverse(hours, entry, at=APRIL)
    assert hours.balance(APRIL).available == 660


def test_minutes_that_come_back_late_find_a_period_that_is_used_up(hours: Hours) -> None:
    entry = hours.log(60)
    hours.log(10 * HOUR, at=APRIL)
    reverse(hours, entry, at=APRIL)
    assert hours.balance(APRIL).available == 60


def test_minutes_that_come_back_after_the_contract_expire(db: None) -> None:
    ended = make_hours(ends_on=MONDAY.date())
    entry = ended.log(60)
    reverse(ended, entry, at=APRIL)
    assert ended.lines()[-2:] == [("reversal", 60), ("expiry", -60)]


def test_minutes_that_come_back_draw_what_is_held(hours: Hours) -> None:
    first = hours.log(10 * HOUR)
    held = hours.log(60)
    reverse(hours, first)
    held.refresh_from_db()
    assert held.state == "drawn"
    assert held.overage is not None
    assert held.overage.state == "settled"


def test_a_held_entry_is_taken_back_without_a_movement(hours: Hours) -> None:
    hours.log(10 * HOUR)
    held = hours.log(60)
    reverse(hours, held)
    assert hours.balance().held == 0
    assert hours.lines() == [("grant", 600), ("draw", -600)]


def test_a_lead_writes_a_drawn_entry_off(hours: Hours) -> None:
    entry = hours.log(60)
    made = services.mark_not_billed(actor=hours.actor("lead"), at=MONDAY, entry=entry, reason="Our fault")
    assert (made.state, made.not_billed_reason, made.corrects) == ("not_billed", "Our fault", entry)
    assert hours.balance().available == 600


def test_a_lead_writes_a_held_entry_off(hours: Hours) -> None:
    hours.log(10 * HOUR)
    held = hours.log(60)
    made = services.mark_not_billed(actor=hours.actor("lead"), at=MONDAY, entry=held, reason="Goodwill")
    assert (made.pk, made.state, made.settled_reason) == (held.pk, "not_billed", "Goodwill")
    assert hours.balance().held == 0


def test_an_engineer_does_not_write_off(hours: Hours) -> None:
    entry = hours.log(60)
    with pytest.raises(NotAllowed):
        services.mark_not_billed(actor=hours.actor("engineer"), at=MONDAY, entry=entry, reason="Nice")
    assert hours.balance().available == 540


def correct(hours: Hours, entry: TimeEntry, *, role: str = "engineer", **facts: object) -> TimeEntry:
    """Write the entry anew."""
    words = {"at": MONDAY, "reason": "Typing", **facts}
    return services.correct_entry(actor=hours.actor(role), entry=entry, **words)  # type: ignore[arg-type]


def test_a_correction_keeps_what_a_lead_had_waived(hours: Hours) -> None:
    entry = hours.log(60, role="lead", person=hours.desk.engineer, not_billed_reason="Our fault")
    made = correct(hours, entry, note="Other words")
    assert (made.state, made.not_billed_reason) == ("not_billed", "Our fault")
    assert hours.balance().available == 600


def test_work_of_a_free_kind_is_billed_once_its_kind_is_corrected(hours: Hours) -> None:
    entry = hours.log(60, activity="escalation")
    assert correct(hours, entry, activity="requested_work").state == "drawn"


def test_what_the_client_declined_is_corrected_by_a_lead_alone(hours: Hours) -> None:
    hours.log(10 * HOUR)
    entry = hours.log(60)
    decline(hours)
    with pytest.raises(NotAllowed, match="a lead decides"):
        correct(hours, entry, minutes=30)
    assert TimeEntry.objects.count() == 2
    assert correct(hours, entry, role="lead", minutes=30).state == "held"


@pytest.mark.parametrize("worked_on", [date(2026, 3, 3), date(2026, 2, 27)])
def test_a_correction_to_an_impossible_day_leaves_the_entry_as_it_is(hours: Hours, worked_on: date) -> None:
    entry = hours.log(60)
    with pytest.raises(Invalid):
        correct(hours, entry, worked_on=worked_on)
    entry.refresh_from_db()
    assert (entry.state, hours.balance().available) == ("drawn", 540)


@pytest.mark.parametrize("minutes", [0, -5, 1441, 7.5])
def test_a_correction_to_unfit_minutes_leaves_the_entry_as_it_is(hours: Hours, minutes: int) -> None:
    entry = hours.log(60)
    with pytest.raises(Invalid):
        correct(hours, entry, minutes=minutes)
    assert hours.lines() == [("grant", 600), ("draw", -60)]


def test_a_correction_is_the_work_of_the_same_person(hours: Hours) -> None:
    made = correct(hours, hours.log(60), role="lead", minutes=30)
    assert (made.person, made.logged_by) == (hours.desk.engineer, hours.desk.lead)


def test_corrections_follow_each_other_in_one_chain(hours: Hours) -> None:
    first = hours.log(60)
    second = correct(hours, first, minutes=45)
    third = correct(hours, second, minutes=30)
    assert (third.corrects, second.corrects) == (second, first)
    assert hours.balance().available == 570


def test_an_entry_is_corrected_once(hours: Hours) -> None:
    entry = hours.log(60)
    correct(hours, entry, minutes=45)
    with pytest.raises(Conflict):
        correct(hours, entry, minutes=30)
    assert hours.balance().available == 555


def test_an_entry_that_split_is_given_back_bucket_by_bucket(db: None) -> None:
    rolling = make_hours(rollover_periods=1)
    rolling.log(9 * HOUR)
    entry = rolling.log(120, at=APRIL)
    reverse(rolling, entry, at=APRIL)
    left = {line.label: line.remaining for line in rolling.balance(APRIL).buckets}
    assert left == {"Carried over from 1 Mar 2026": 60, "Reserved hours from 1 Apr 2026": 600}


@pytest.mark.parametrize("role", ["poc", "observer", "account_executive", "member"])
def test_who_logs_no_time_takes_none_back(hours: Hours, role: str) -> None:
    entry = hours.log(60)
    with pytest.raises((NotAllowed, NotHere)):
        reverse(hours, entry, role=role)
    entry.refresh_from_db()
    assert entry.state == "drawn"


def test_asking_again_is_for_declined_entries_alone(hours: Hours) -> None:
    entry = hours.log(60)
    with pytest.raises(Conflict):
        services.ask_again(actor=hours.actor("lead"), at=MONDAY, entry=entry, reason="Once more")
    assert not Record.objects.filter(kind="hours.entry_settled").exists()


@pytest.mark.parametrize("act", [services.ask_again, services.mark_not_billed])
def test_settling_needs_a_reason(hours: Hours, act: Any) -> None:  # noqa: ANN401
    hours.log(10 * HOUR)
    held = hours.log(60)
    decline(hours)
    with pytest.raises(Invalid) as refused:
        act(actor=hours.actor("lead"), at=MONDAY, entry=held, reason="  ")
    assert "reason" in refused.value.fields
    assert hours.balance().declined == 60


def test_an_entry_is_written_off_once(hours: Hours) -> None:
    entry = hours.log(60, activity="escalation")
    with pytest.raises(Conflict):
        services.mark_not_billed(actor=hours.actor("lead"), at=MONDAY, entry=entry, reason="Twice")
    assert TimeEntry.objects.count() == 1
