"""What changed terms do to windows, which lie ahead of a renewal, and which year it is (P1, P4)."""

from __future__ import annotations

from datetime import date

import pytest

from proactive.domain.recurrence import Window
from proactive.domain.terms import ahead_of_renewal, contract_year, kept_window

SPRING = Window(date(2026, 4, 1), date(2026, 6, 30))
LONGER = Window(date(2026, 4, 1), date(2026, 9, 30))
SHORTER = Window(date(2026, 4, 1), date(2026, 5, 31))
BEFORE, WITHIN = date(2026, 3, 31), date(2026, 4, 1)


def test_what_has_not_begun_follows_the_new_terms() -> None:
    assert kept_window(SPRING, new=SHORTER, today=BEFORE, ends_on=None) == SHORTER


def test_what_has_not_begun_and_is_owed_no_more_goes() -> None:
    assert kept_window(SPRING, new=None, today=BEFORE, ends_on=None) is None


@pytest.mark.parametrize(("new", "kept"), [(None, SPRING), (SHORTER, SPRING), (LONGER, LONGER)])
def test_what_is_under_way_is_never_made_late_by_new_terms(new: Window | None, kept: Window) -> None:
    assert kept_window(SPRING, new=new, today=WITHIN, ends_on=None) == kept


def test_nothing_is_owed_beyond_the_contract() -> None:
    cut = kept_window(SPRING, new=LONGER, today=WITHIN, ends_on=date(2026, 5, 15))
    assert cut == Window(SPRING.first_on, date(2026, 5, 15))


def test_licences_are_looked_at_well_before_the_renewal() -> None:
    year = Window(date(2026, 1, 1), date(2026, 12, 31))
    assert ahead_of_renewal(year, kind="licence_optimisation").last_on == date(2026, 11, 1)
    assert ahead_of_renewal(year, kind="service_review") == year


def test_a_year_too_short_for_that_leaves_one_day() -> None:
    short = Window(date(2026, 1, 1), date(2026, 2, 1))
    assert ahead_of_renewal(short, kind="licence_optimisation") == Window(short.first_on, short.first_on)


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 3, 15), date(2026, 3, 15), date(2027, 3, 14)),
        (date(2027, 3, 14), date(2026, 3, 15), date(2027, 3, 14)),
        (date(2027, 3, 15), date(2027, 3, 15), date(2028, 3, 14)),
        (date(2026, 1, 1), date(2026, 3, 15), date(2027, 3, 14)),
    ],
)
def test_the_year_of_a_contract_begins_on_its_first_day(on: date, first: date, last: date) -> None:
    assert contract_year(date(2026, 3, 15), on=on) == Window(first, last)
