"""When planned work is due (P1): windows of each cadence, moved to open days, the same each time."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.domain.calendar import Calendar
from contracts.domain.plan import Cadence
from proactive.domain.recurrence import Window, add_months, due_on, may_ask_again, windows

OFFICE = Calendar.from_dict(
    {
        "tz": "Europe/London",
        "weekly": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": ["2026-03-31"],
    }
)
START = date(2026, 1, 1)


def owed(
    cadence: Cadence, *, count: int = 0, ends_on: date | None = None, until: date = date(2026, 12, 31)
) -> list[Window]:
    """The windows of a contract that began with the year."""
    return list(windows(cadence, starts_on=START, ends_on=ends_on, count_a_year=count, until=until))


def test_monthly_work_has_a_window_a_month() -> None:
    found = owed(Cadence(kind="at_least", every_months=1))

    assert len(found) == 12
    assert found[1] == Window(date(2026, 2, 1), date(2026, 2, 28))


def test_yearly_work_has_a_window_a_year() -> None:
    assert owed(Cadence(kind="every", every_months=12)) == [Window(START, date(2026, 12, 31))]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 12])
def test_a_number_a_year_cuts_the_contract_year(count: int) -> None:
    found = owed(Cadence(kind="per_contract"), count=count)

    assert len(found) == count
    assert (found[0].first_on, found[-1].last_on) == (START, date(2026, 12, 31))


@pytest.mark.parametrize("kind", ["continuous", "as_needed", "on_request"])
def test_what_waits_for_somebody_has_no_windows(kind: str) -> None:
    assert owed(Cadence(kind=kind)) == []


def test_nothing_bought_owes_nothing() -> None:
    assert owed(Cadence(kind="per_contract"), count=0) == []


def test_the_last_window_ends_with_the_contract() -> None:
    found = owed(Cadence(kind="at_least", every_months=3), ends_on=date(2026, 5, 15))

    assert found[-1] == Window(date(2026, 4, 1), date(2026, 5, 15))


@given(
    months=st.integers(1, 18),
    start=st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    days=st.integers(0, 3000),
)
def test_windows_follow_each_other_without_gap(months: int, start: date, days: int) -> None:
    until = date.fromordinal(start.toordinal() + days)
    found = list(
        windows(
            Cadence(kind="at_least", every_months=months),
            starts_on=start,
            ends_on=None,
            count_a_year=0,
            until=until,
        )
    )

    assert found[0].first_on == start
    assert all((after.first_on - before.last_on).days == 1 for before, after in itertools.pairwise(found))


def test_work_is_due_on_the_last_open_day_of_its_window() -> None:
    assert due_on(Window(date(2026, 3, 1), date(2026, 3, 31)), calendar=OFFICE) == date(2026, 3, 30)


def test_a_window_without_an_open_day_is_due_at_its_end() -> None:
    weekend = Window(date(2026, 3, 7), date(2026, 3, 8))

    assert due_on(weekend, calendar=OFFICE) == date(2026, 3, 8)


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("asked_on", "allowed"),
    [(date(2026, 3, 31), False), (date(2026, 4, 1), True), (date(2025, 12, 31), True)],
)
def test_a_request_a_quarter_counts_calendar_quarters(asked_on: date, allowed: bool) -> None:
    cadence = Cadence(kind="on_request", limit=1, every_months=3)

    assert may_ask_again(cadence, asked_on=asked_on, earlier=[date(2026, 1, 2)]) is allowed
