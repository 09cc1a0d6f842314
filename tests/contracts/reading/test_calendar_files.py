"""A calendar file gives what the calendar is built from."""

from datetime import date
from pathlib import Path

import pytest

from contracts.domain.calendar import Calendar
from contracts.reading import PlanFaults, read_catalogue
from contracts.reading.calendar_files import NamedCalendar

WEEKDAYS = 'tz = "Europe/Brussels"\n[weekly]\nmon = [["09:00", "17:00"]]\n'


def read(folder: Path, text: str) -> NamedCalendar:
    (folder / "one.toml").write_text(f'key = "one"\nlabel = "One"\n{text}', "utf-8")
    return read_catalogue(plans=folder / "none", calendars=folder).calendars["one"]


def test_an_always_open_calendar_has_no_business_days(tmp_path: Path) -> None:
    calendar = read(tmp_path, "always = true")
    assert (calendar.has_days, calendar.definition(holidays={})) == (False, {"always": True})


def test_a_span_names_both_its_edges(tmp_path: Path) -> None:
    text = '[span]\nopens = ["mon", "10:00", "Australia/Sydney"]\ncloses = ["fri", "17:00", "UTC"]'
    calendar = read(tmp_path, text)
    assert calendar.definition(holidays={}) == {
        "span": {"opens": ["mon", "10:00", "Australia/Sydney"], "closes": ["fri", "17:00", "UTC"]}
    }


def test_weekly_windows_take_the_holidays_they_are_given(tmp_path: Path) -> None:
    calendar = read(tmp_path, WEEKDAYS)
    content = calendar.definition(holidays={"2026-05-01": "Labour Day"})
    assert Calendar.from_dict(content).holiday_name(date(2026, 5, 1)) == ("Labour Day")


def test_dates_of_ones_own_stand_beside_the_public_ones(tmp_path: Path) -> None:
    text = WEEKDAYS + '[holidays]\ncountry = "BE"\n[holidays.dates]\n2026-12-24 = "Early close"\n'
    content = read(tmp_path, text).definition(holidays={"2026-12-25": "Christmas"})
    assert content["holidays"] == {"2026-12-24": "Early close", "2026-12-25": "Christmas"}


def test_a_date_can_have_windows_of_its_own(tmp_path: Path) -> None:
    text = WEEKDAYS + '[overrides]\n2026-12-24 = [["09:00", "12:00"]]\n'
    assert read(tmp_path, text).definition(holidays={})["overrides"] == {"2026-12-24": [["09:00", "12:00"]]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "exactly one of always"),
        ("always = true\n" + WEEKDAYS, "exactly one of always"),
        ('[weekly]\nmon = [["09:00", "17:00"]]', "tz belongs to weekly"),
        ('always = true\ntz = "UTC"', "tz belongs to weekly"),
        (WEEKDAYS + '[holidays]\ncountry = "Belgium"', "country"),
        (WEEKDAYS + '[overrides]\nsomeday = [["09:00", "12:00"]]', "someday"),
        ("local_holidays = true\nalways = true", "local_holidays belongs to a span"),
        ('[span]\nopens = ["mon", "10:00"]\ncloses = ["fri", "17:00", "UTC"]', "an edge is written"),
        ('[span]\nopens = ["moon", "10:00", "UTC"]\ncloses = ["fri", "17:00", "UTC"]', "an edge is written"),
        ('[span]\nopens = ["mon", "10:00", "Mars"]\ncloses = ["fri", "17:00", "UTC"]', "unknown time zone"),
        ('tz = "UTC"\n[weekly]\nmon = [["9", "17:00"]]', "pattern"),
    ],
)
def test_a_calendar_that_is_not_one_is_refused(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(PlanFaults, match=words):
        read(tmp_path, text)
