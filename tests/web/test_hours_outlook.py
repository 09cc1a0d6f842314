"""How hours are going, in words and as a drawing: the run-out day with its range (H10)."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from hours.domain.forecast import Forecast
from hours.queries import Balance, HoursForecast
from web.hours_outlook import Outlook, outlook_of

TODAY = date(2026, 10, 13)
MONTH_END = date(2026, 11, 1)


def outlook(
    empty: date | None, between: tuple[date | None, date | None], *, ends: date | None = MONTH_END
) -> Outlook:
    """Ten of forty hours are left; so much is foretold."""
    told = Forecast(minutes_a_week=300, runs_out_on=empty, earliest_on=between[0], latest_on=between[1])
    expected = HoursForecast(
        zone="Europe/London",
        available=600,
        period_ends_on=ends,
        forecast=told,
        drawn_by_day={date(2026, 10, 5): 1800},
    )
    balance = Balance(granted=2400, drawn=1800, available=600)
    return outlook_of(balance, expected, today=TODAY, zone=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("between", "words"),
    [
        ((date(2026, 10, 18), date(2026, 10, 25)), "between Sun 18 Oct and Sun 25 Oct"),
        ((date(2026, 10, 18), date(2026, 11, 1)), "Sun 18 Oct at the earliest"),
        ((date(2026, 10, 18), None), "Sun 18 Oct at the earliest"),
        ((date(2026, 10, 31), date(2026, 11, 9)), "Sat 31 Oct at the earliest"),
        ((date(2026, 11, 1), date(2026, 11, 9)), ""),
        ((None, None), ""),
    ],
)
def test_the_range_is_said_as_far_as_the_period_goes(
    between: tuple[date | None, date | None], words: str
) -> None:
    assert outlook(date(2026, 10, 21), between).range_words == words


def test_a_day_of_another_year_carries_it() -> None:
    told = outlook(date(2027, 1, 5), (date(2026, 12, 20), date(2027, 2, 1)), ends=None)
    assert told.range_words == "between Sun 20 Dec and Mon 1 Feb 2027"
    assert told.tiles()[-1].number == "Tue 5 Jan 2027"


def test_running_out_early_says_by_how_much_and_its_range() -> None:
    pace = outlook(date(2026, 10, 21), (date(2026, 10, 18), date(2026, 10, 25))).tiles()[-1]
    assert pace.extra == "Runs out 11 days early, between Sun 18 Oct and Sun 25 Oct"


def test_the_drawing_shows_the_range_as_a_wedge_within_the_chart() -> None:
    chart = outlook(date(2026, 10, 21), (date(2026, 10, 18), date(2026, 10, 25))).chart()
    assert chart is not None
    assert chart.band.count("L") == 2
    cut = outlook(date(2026, 10, 21), (date(2026, 10, 18), date(2026, 12, 1))).chart()
    assert cut is not None
    assert "L100 258" in cut.band


def test_a_range_beyond_the_period_is_not_drawn() -> None:
    chart = outlook(date(2027, 3, 1), (date(2027, 1, 1), None)).chart()
    assert chart is not None
    assert chart.band == ""
