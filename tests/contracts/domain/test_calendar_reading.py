"""Calendars as they are written: read, written back, and refused with the way to mend them."""

import pickle
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from contracts.domain.calendar import (
    BadDate,
    BadWindow,
    Calendar,
    CalendarError,
    FractionalAmount,
    NaiveDatetime,
    NeverOpens,
    UnknownZone,
)
from tests.contracts.domain.calendar_specs import PREMIER, WORKDAYS, daily, each, office, utc

MONDAY: dict[str, Any] = {"mon": [["09:00", "17:00"]]}


@pytest.mark.parametrize(
    "spec",
    [
        {"always": True},
        PREMIER,
        {"tz": "UTC", "weekly": MONDAY, "holidays": ["2026-01-01"], "overrides": {"2026-01-02": []}},
        {"tz": "Asia/Tokyo", "weekly": {}, "holidays": [], "overrides": {"2026-01-02": [["22:00", "06:00"]]}},
        {"tz": "UTC", "weekly": MONDAY, "holidays": {"2026-01-01": "New Year"}, "overrides": {}},
        {"tz": "UTC", "weekly": {"sun": [["00:00", "24:00"]]}, "holidays": [], "overrides": {}},
    ],
)
def test_a_calendar_is_written_back_as_it_was_read(spec: dict[str, Any]) -> None:
    assert Calendar.from_dict(spec).to_dict() == spec


def test_equal_calendars_are_one_object_however_they_are_written() -> None:
    plain = {"tz": "UTC", "weekly": MONDAY, "holidays": ["2026-12-26", "2026-12-25"]}
    other = {
        "holidays": (date(2026, 12, 25), date(2026, 12, 26)),
        "weekly": {"mon": (("09:00", "17:00"),)},
        "tz": "UTC",
    }
    assert Calendar.from_dict(plain) is Calendar.from_dict(other)
    assert Calendar.from_json(Calendar.from_dict(plain).canonical) is Calendar.from_dict(plain)


def test_an_edited_calendar_is_another_one_and_answers_anew() -> None:
    before, after = office(), office(holidays=["2026-03-09"])
    assert before != after
    assert before.is_open(utc("2026-03-09 10:00"))
    assert not after.is_open(utc("2026-03-09 10:00"))


def test_calendars_can_be_keys_and_travel_between_processes() -> None:
    calendar = office()
    assert pickle.loads(pickle.dumps(calendar)) is calendar  # noqa: S301 (our own bytes)
    assert {calendar: 1}[Calendar.from_dict(calendar.to_dict())] == 1
    assert calendar != "09:00-17:00"


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        office().canonical = "{}"  # type: ignore[misc]


def test_a_calendar_knows_its_zone_and_kind() -> None:
    assert office("Asia/Tokyo").zone == "Asia/Tokyo"
    always = Calendar.from_dict({"always": True})
    assert (always.zone, always.is_always, office().is_always) == ("UTC", True, False)


@pytest.mark.parametrize(
    ("weekly", "hours"),
    [
        (each(WORKDAYS, ["09:00", "17:00"]), 8),
        (each(WORKDAYS, ["09:00", "13:00"], ["14:00", "17:00"]), 7),
        (each(WORKDAYS, ["09:00", "13:00"], ["12:00", "17:00"]), 8),
        (each(WORKDAYS, ["09:00", "17:00"]) | {"fri": [["09:00", "12:00"]]}, 8),
        ({"mon": [["09:00", "17:00"]], "tue": [["09:00", "12:00"]]}, 8),
        ({"mon": [["22:00", "06:30"]]}, 8.5),
    ],
)
def test_a_business_day_is_the_commonest_length_of_the_open_days(
    weekly: dict[str, Any], hours: float
) -> None:
    assert Calendar.from_dict({"tz": "UTC", "weekly": weekly}).full_day_seconds() == hours * 3600


def test_a_business_day_of_single_dates_is_theirs_and_of_always_the_whole_day() -> None:
    dated = Calendar.from_dict({"tz": "UTC", "overrides": {"2026-01-02": [["10:00", "14:00"]]}})
    assert dated.full_day_seconds() == 4 * 3600
    assert Calendar.from_dict({"always": True}).full_day_seconds() == 86_400


@pytest.mark.parametrize(
    "zone",
    [
        "Mars/Base",
        "",
        None,
        3,
        ["UTC"],
        "../etc/passwd",
        "/etc/localtime",
        "localtime",
        "Europe",
        "right/UTC",
        "Factory",
    ],
)
def test_an_unknown_zone_is_refused(zone: object) -> None:
    with pytest.raises(UnknownZone, match="as in Europe/Berlin"):
        Calendar.from_dict({"tz": zone, "weekly": MONDAY})


@pytest.mark.parametrize(
    "spec",
    [
        {"tz": "UTC"},
        {"tz": "UTC", "weekly": {}},
        {"tz": "UTC", "weekly": {"mon": []}, "overrides": {"2026-01-01": []}},
    ],
)
def test_a_calendar_that_never_opens_is_refused(spec: dict[str, Any]) -> None:
    with pytest.raises(NeverOpens, match="give it one"):
        Calendar.from_dict(spec)


@pytest.mark.parametrize(
    "windows",
    [
        [["9:00", "17:00"]],
        [["09:00", "24:30"]],
        [["09:00", "09:00"]],
        [["24:00", "06:00"]],
        [["09:00"]],
        ["09:00", "17:00"],
        "09:00-17:00",
        [["09:00", 17]],
        [["09:60", "17:00"]],
        [["٠٩:٠٠", "17:00"]],
        None,
    ],
)
def test_a_window_not_written_right_is_refused_with_its_place(windows: object) -> None:
    with pytest.raises(BadWindow, match=r"^weekly\.tue: "):
        Calendar.from_dict({"tz": "UTC", "weekly": {"tue": windows}})
    with pytest.raises(BadWindow, match=r"^overrides\.2026-01-01: "):
        Calendar.from_dict({"tz": "UTC", "weekly": MONDAY, "overrides": {"2026-01-01": windows}})


@pytest.mark.parametrize("weekly", [{"Mon": []}, {"monday": []}, {0: []}, [["09:00", "17:00"]]])
def test_a_week_not_written_right_is_refused(weekly: object) -> None:
    with pytest.raises(BadWindow, match="weekly: "):
        Calendar.from_dict({"tz": "UTC", "weekly": weekly})


@pytest.mark.parametrize(
    "on", ["2026-02-29", "20260101", "01.01.2026", 20260101, None, utc("2026-01-01 00:00")]
)
def test_a_date_not_written_right_is_refused(on: object) -> None:
    every: list[dict[str, object]] = [{"holidays": [on]}, {"holidays": {on: "name"}}, {"overrides": {on: []}}]
    for dated in every:
        with pytest.raises(BadDate, match="as in 2026-12-25"):
            Calendar.from_dict({"tz": "UTC", "weekly": MONDAY, **dated})


@pytest.mark.parametrize(
    "dated", [{"holidays": "2026-01-01"}, {"holidays": {"2026-01-01": 1}}, {"overrides": []}]
)
def test_dates_not_listed_right_are_refused(dated: dict[str, Any]) -> None:
    with pytest.raises(BadDate, match=r"holidays: |overrides: "):
        Calendar.from_dict({"tz": "UTC", "weekly": MONDAY, **dated})


@pytest.mark.parametrize(
    "spec",
    [
        {"always": False},
        {"always": True, "tz": "UTC"},
        {"tz": "UTC", "week": MONDAY},
        {**PREMIER, "tz": "UTC"},
    ],
)
def test_what_is_not_understood_is_refused(spec: dict[str, Any]) -> None:
    with pytest.raises(CalendarError):
        Calendar.from_dict(spec)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", 3, {}, None])
def test_a_text_that_is_no_calendar_is_refused(text: Any) -> None:  # noqa: ANN401 (anything may come)
    with pytest.raises(CalendarError):
        Calendar.from_json(text)


@pytest.mark.parametrize("seconds", [1.0, 1.5, True, "60", None, float("nan")])
def test_an_amount_that_is_not_whole_seconds_is_refused(seconds: object) -> None:
    with pytest.raises(FractionalAmount, match="whole seconds"):
        office().add(utc("2026-03-09 10:00"), seconds)  # type: ignore[arg-type]
    with pytest.raises(FractionalAmount, match="whole seconds"):
        office().add_many([], seconds)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "at", [utc("2026-03-09 10:00").replace(tzinfo=None), date(2026, 3, 9), "2026-03-09", None, 0]
)
def test_a_moment_without_a_zone_is_refused_everywhere(at: Any) -> None:  # noqa: ANN401 (anything may come)
    calendar, now = daily("UTC", ["09:00", "17:00"]), utc("2026-03-09 10:00")
    asked: list[Callable[[], object]] = [
        *(partial(ask, at) for ask in (calendar.is_open, calendar.next_open, calendar.closed_reason)),
        *(partial(ask, at, now) for ask in (calendar.elapsed, calendar.intervals, calendar.stretches)),
        *(partial(ask, now, at) for ask in (calendar.elapsed, calendar.intervals, calendar.stretches)),
        *(partial(calendar.add, at, seconds) for seconds in (-60, 0, 60)),
        partial(calendar.add_many, [at], 60),
    ]
    for ask in asked:
        with pytest.raises(NaiveDatetime, match="with its zone"):
            ask()
