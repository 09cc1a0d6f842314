"""The weekly timesheet, questions about lines, the forecast, and what lists show."""

from __future__ import annotations

from datetime import date

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed, NotHere
from hours import services
from hours.models import Question, TimeEntry
from hours.queries import balances_of, entries_visible_to, entry_for, forecast, timesheet
from hours.services import SheetCell
from tests.factories import MONDAY, moment
from tests.hours.conftest import HOUR, Hours, direct_ticket, make_hours


def cell(hours: Hours, minutes: int, **facts: object) -> SheetCell:
    """One filled cell of Monday."""
    words = {"ticket": hours.ticket, "worked_on": MONDAY.date(), "note": "Tidied", **facts}
    return SheetCell(minutes=minutes, **words)  # type: ignore[arg-type]


def test_a_timesheet_logs_all_its_cells(hours: Hours) -> None:
    other = direct_ticket(hours.contract, 2)
    cells = [cell(hours, 45), cell(hours, 30, ticket=other)]
    services.fill_timesheet(actor=hours.actor("engineer"), at=MONDAY, cells=cells)
    sheet = timesheet(hours.desk.engineer.pk, week_of=date(2026, 3, 5))
    assert (sheet.monday, sheet.total, sheet.days[0]) == (MONDAY.date(), 75, 75)
    assert [row.total for row in sheet.rows] == [45, 30]


def test_one_faulty_cell_refuses_the_whole_sheet_and_is_named(hours: Hours) -> None:
    cells = [cell(hours, 45), cell(hours, 30, worked_on=date(2026, 3, 3))]
    with pytest.raises(Invalid) as refused:
        services.fill_timesheet(actor=hours.actor("engineer"), at=MONDAY, cells=cells)
    assert list(refused.value.fields) == ["1.worked_on"]
    assert not TimeEntry.objects.exists()


def test_the_timesheet_counts_in_quarters(hours: Hours) -> None:
    with pytest.raises(Invalid, match="quarter"):
        services.fill_timesheet(actor=hours.actor("engineer"), at=MONDAY, cells=[cell(hours, 20)])


def test_reversed_entries_leave_the_timesheet(hours: Hours) -> None:
    entry = hours.log(60)
    services.reverse_entry(actor=hours.actor("engineer"), at=MONDAY, entry=entry, reason="Wrong")
    assert timesheet(hours.desk.engineer.pk, week_of=MONDAY.date()).rows == ()


def test_a_question_is_answered_by_a_linked_correction(hours: Hours) -> None:
    entry = hours.log(60)
    question = services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=entry, text="So long?")
    made = services.correct_entry(
        actor=hours.actor("lead"), at=MONDAY, entry=entry, minutes=30, reason="Lunch was in it"
    )
    answered = services.answer_question(
        actor=hours.actor("lead"), at=MONDAY, question=question, answer="You are right", correction=made
    )
    assert (answered.state, answered.correction) == ("corrected", made)


def test_an_answer_alone_will_do(hours: Hours) -> None:
    question = services.question_line(
        actor=hours.actor("poc"), at=MONDAY, entry=hours.log(60), text="What for?"
    )
    services.answer_question(actor=hours.actor("engineer"), at=MONDAY, question=question, answer="Backups")
    with pytest.raises(Conflict):
        services.answer_question(actor=hours.actor("engineer"), at=MONDAY, question=question, answer="Again")


def test_a_strange_entry_is_no_correction(hours: Hours) -> None:
    question = services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=hours.log(60), text="?")
    with pytest.raises(Invalid):
        services.answer_question(
            actor=hours.actor("lead"), at=MONDAY, question=question, answer="See", correction=hours.log(15)
        )
    assert Question.objects.get().state == "open"


def test_one_question_at_a_time(hours: Hours) -> None:
    entry = hours.log(60)
    services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=entry, text="So long?")
    with pytest.raises(Conflict):
        services.question_line(actor=hours.actor("poc"), at=MONDAY, entry=entry, text="Really?")


@pytest.mark.parametrize("role", ["observer", "engineer"])
def test_only_a_point_of_contact_asks(hours: Hours, role: str) -> None:
    entry = hours.log(60)
    with pytest.raises(NotAllowed):
        services.question_line(actor=hours.actor(role), at=MONDAY, entry=entry, text="Why?")
    assert not Question.objects.exists()


def test_a_member_reads_no_entries_of_tickets_that_are_not_theirs(hours: Hours) -> None:
    entry = hours.log(60)
    assert not entries_visible_to(hours.actor("member")).exists()
    with pytest.raises(NotHere):
        entry_for(hours.actor("member"), entry.pk)


def test_another_client_reads_nothing(hours: Hours) -> None:
    entry = hours.log(60)
    with pytest.raises(NotHere):
        entry_for(make_hours("OTHER").actor("poc"), entry.pk)


def test_the_forecast_says_when_hours_run_out(db: None) -> None:
    steady = make_hours(reserved=100 * HOUR, hours_period="year")
    for day in (2, 9, 16, 23):
        steady.log(5 * HOUR, at=moment(f"2026-03-{day:02d} 09:00"))
    seen = forecast(steady.contract, at=moment("2026-03-29 09:00"))
    assert (seen.available, seen.forecast.minutes_a_week) == (80 * HOUR, 300)
    assert seen.forecast.runs_out_on == date(2026, 7, 19)
    assert seen.runs_out_early


def test_balances_of_many_contracts_cost_what_one_costs(
    hours: Hours, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    hours.log(60)
    other = make_hours("OTHER")
    other.log(30)
    with django_assert_num_queries(1):  # type: ignore[operator]
        seen = balances_of([hours.contract, other.contract], at=MONDAY)
    assert [seen[one.contract.pk].available for one in (hours, other)] == [540, 570]
