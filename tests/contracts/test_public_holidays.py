"""Public holidays by country and region."""

from datetime import date

import pytest

from contracts.domain.calendar import Calendar
from contracts.public_holidays import UnknownCountry, UnknownRegion, UnknownYears, public_holidays


def test_a_country_has_its_holidays_by_date_and_name() -> None:
    found = public_holidays("DE", None, range(2026, 2027))
    assert len(found) == 9
    assert found["2026-12-25"] == "Christmas Day"


def test_a_region_has_more() -> None:
    bavaria = public_holidays("DE", "BY", range(2026, 2027))
    assert len(bavaria) == 12
    assert set(public_holidays("DE", None, range(2026, 2027))) < set(bavaria)


def test_several_years_come_in_order() -> None:
    found = list(public_holidays("BE", None, range(2026, 2029)))
    assert found == sorted(found)
    assert {on[:4] for on in found} == {"2026", "2027", "2028"}


def test_a_day_in_lieu_counts() -> None:
    assert "2026-12-28" in public_holidays("GB", "ENG", range(2026, 2027))


def test_changing_the_answer_changes_no_later_one() -> None:
    public_holidays("FR", None, range(2026, 2027)).clear()
    assert public_holidays("FR", None, range(2026, 2027))


def test_a_calendar_takes_them_as_they_come() -> None:
    named = public_holidays("DE", None, range(2026, 2028))
    calendar = Calendar.from_dict(
        {"tz": "Europe/Berlin", "weekly": {"fri": [["09:00", "17:00"]]}, "holidays": named}
    )
    assert calendar.holiday_name(date(2026, 4, 3)) == "Good Friday"


@pytest.mark.parametrize("country", ["XX", "", "Germany", "de"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry, match="as in DE"):
        public_holidays(country, None, range(2026, 2027))


def test_an_unknown_region_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownRegion, match="BY, HB"):
        public_holidays("DE", "BAVARIA", range(2026, 2027))


@pytest.mark.parametrize("years", [range(0), range(2026, 2026), range(1, 2), range(1000, 3000)])
def test_years_without_known_holidays_are_refused(years: range) -> None:
    with pytest.raises(UnknownYears, match="give"):
        public_holidays("DE", None, years)
