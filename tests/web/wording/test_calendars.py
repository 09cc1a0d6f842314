"""A calendar's week reads as people say it."""

import pytest

from contracts.domain.calendar import Calendar
from web.wording.calendars import opening_hours

NINE_TO_FIVE = [["09:00", "17:00"]]
LONDON = {"tz": "Europe/London"}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CASES = (
    ({"always": True}, "day and night"),
    (
        {**LONDON, "weekly": dict.fromkeys(WEEK[:5], NINE_TO_FIVE)},
        "Mon–Fri 09:00–17:00, London time",
    ),
    (
        {**LONDON, "weekly": {"mon": [["09:00", "12:00"], ["13:00", "17:00"]], "sat": [["10:00", "12:00"]]}},
        "Mon 09:00–12:00 and 13:00–17:00; Sat 10:00–12:00, London time",
    ),
    (
        {**LONDON, "weekly": {day: [["07:00", "19:00"]] for day in WEEK}},
        "every day 07:00–19:00, London time",
    ),
    (
        {
            "span": {
                "opens": ["mon", "10:00", "Australia/Sydney"],
                "closes": ["fri", "17:00", "America/Los_Angeles"],
            }
        },
        "from Mon 10:00 in Sydney to Fri 17:00 in Los Angeles",
    ),
)


@pytest.mark.parametrize(("spec", "words"), CASES)
def test_a_week_is_said_in_a_few_words(spec: dict[str, object], words: str) -> None:
    assert opening_hours(Calendar.from_dict(spec)) == words
