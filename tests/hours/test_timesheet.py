"""The week of a person: tickets down, days across, and what is left out of the sums (H1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from events.domain.errors import Invalid, NotAllowed, NotHere
from hours import services
from hours.models import TimeEntry
from hours.queries import Timesheet, timesheet
from hours.services import SheetCell
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, TODAY, Hours, direct_ticket, make_hours

FRIDAY = moment("2026-03-06 18:00")


def week(hours: Hours, on: date = TODAY) -> Timesheet:
    """The engineer's week."""
    return timesheet(hours.desk.engineer.pk, week_of=on)


def fill(hours: Hours, *cells: SheetCell, role: str = "engineer") -> list[TimeEntry]:
    """Send the sheet on Friday."""
    return services.fill_timesheet(actor=hours.actor(role), at=FRIDAY, cells=cells)


def cell(hours: Hours, minutes: int, *, day: int = 2, **facts: object) -> SheetCell:
    """A filled cell of that day of March."""
    words = {"ticket": hours.ticket, "note": "Tidied", **facts}
    return SheetCell(minutes=minutes, worked_on=date(2026, 3, day), **words)  # type: ignore[arg-type]


def test_an_empty_week_has_no_rows_and_seven_empty_days(hours: Hours) -> None:
    empty = week(hours)
    assert (empty.rows, empty.days, empty.total) == ((), (0,) * 7, 0)


@pytest.mark.parametrize("day", range(7))
def test_any_day_of_the_week_opens_the_same_week(hours: Hours, day: int) -> None:
    assert week(hours, TODAY + timedelta(days=day)).monday == TODAY


def test_worked_minutes_are_shown_and_not_the_billed_ones(hours: Hours) -> None:
    hours.log(50)
    assert (week(hours).total, week(hours).rows[0].entries[0].billed_minutes) == (50, 60)


def test_each_ticket_has_a_row_and_each_day_its_sum(hours: Hours) -> None:
    other = direct_ticket(hours.contract, 2)
    cells = [cell(hours, 45), cell(hours, 30, day=4), cell(hours, 60, day=4, ticket=other)]
    fill(hours, *cells)
    seen = week(hours)
    assert [row.days for row in seen.rows] == [(45, 0, 30, 0, 0, 0, 0), (0, 0, 60, 0, 0, 0, 0)]
    assert (seen.days, seen.total) == ((45, 0, 90, 0, 0, 0, 0), 135)


def test_several_entries_of_a_day_are_one_cell_with_both_behind_it(hours: Hours) -> None:
    fill(hours, cell(hours, 45), cell(hours, 30))
    (row,) = week(hours).rows
    assert (row.days[0], row.total, len(row.entries)) == (75, 75, 2)


def test_sunday_is_the_last_day_of_the_week_and_monday_begins_the_next(hours: Hours) -> None:
    late = moment("2026-03-09 09:00")
    hours.log(30, at=late, worked_on=date(2026, 3, 8))
    hours.log(45, at=late, worked_on=date(2026, 3, 9))
    assert (week(hours).days[6], week(hours).total) == (30, 30)
    assert week(hours, date(2026, 3, 9)).total == 45


def test_work_on_other_contracts_is_in_the_same_week(hours: Hours) -> None:
    other = make_hours("OTHER")
    hours.log(30, role="lead")
    lead = hours.actor("lead")
    work = {"worked_on": TODAY, "note": "Looked"}
    services.log_time(actor=lead, at=MONDAY, ticket=other.ticket, minutes=15, **work)  # type: ignore[arg-type]
    assert [row.total for row in timesheet(hours.desk.lead.pk, week_of=TODAY).rows] == [30, 15]


def test_nobody_elses_work_is_in_it(hours: Hours) -> None:
    hours.log(30, role="lead")
    assert week(hours).rows == ()


def test_a_corrected_entry_counts_once_as_it_stands(hours: Hours) -> None:
    entry = hours.log(60)
    services.correct_entry(
        actor=hours.actor("engineer"), at=MONDAY, entry=entry, minutes=30, reason="Lunch was in it"
    )
    assert week(hours).total == 30


def test_held_declined_and_unbilled_work_was_worked_too(hours: Hours) -> None:
    hours.log(10 * HOUR)
    hours.log(60)
    hours.log(15, activity="escalation")
    assert week(hours).total == 10 * HOUR + 75


def test_a_sheet_over_two_contracts_is_all_or_nothing(hours: Hours) -> None:
    other = make_hours("OTHER", ends_on=TODAY)
    cells = [cell(hours, 45), cell(hours, 30, day=3, ticket=other.ticket)]
    with pytest.raises(Invalid, match="ended") as refused:
        fill(hours, *cells, role="lead")
    assert list(refused.value.fields) == ["1.worked_on"]
    assert not TimeEntry.objects.exists()


def test_a_sheet_sent_twice_is_logged_once(hours: Hours) -> None:
    cells = [cell(hours, 45, request_key="w10-1"), cell(hours, 30, request_key="w10-2")]
    assert fill(hours, *cells) == fill(hours, *cells)
    assert TimeEntry.objects.count() == 2


@pytest.mark.parametrize("minutes", [0, -15, 25 * HOUR])
def test_a_cell_without_fit_minutes_is_named(hours: Hours, minutes: int) -> None:
    with pytest.raises(Invalid) as refused:
        fill(hours, cell(hours, 15), cell(hours, minutes))
    assert list(refused.value.fields) == ["1.minutes"]
    assert not TimeEntry.objects.exists()


def test_a_cell_on_a_ticket_that_one_may_not_read_is_not_there(hours: Hours) -> None:
    other = make_hours("OTHER")
    with pytest.raises(NotHere):
        fill(hours, cell(hours, 15), cell(hours, 15, ticket=other.ticket))
    assert not TimeEntry.objects.exists()


def test_contacts_fill_in_no_timesheets(hours: Hours) -> None:
    with pytest.raises(NotAllowed):
        fill(hours, cell(hours, 15), role="poc")
    assert not TimeEntry.objects.exists()


def test_an_empty_sheet_logs_nothing(hours: Hours) -> None:
    assert fill(hours) == []
