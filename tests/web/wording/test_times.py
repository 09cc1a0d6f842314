"""Moments carry their zone; lengths of time read as people say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from web.wording import times

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 10, 13, 7, 48, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 10, 13, 9, 15, tzinfo=UTC), "11:15 CEST"),
        (datetime(2026, 10, 14, 8, 30, tzinfo=UTC), "Wed 14 Oct, 10:30 CEST"),
        (datetime(2026, 11, 5, 13, 0, tzinfo=UTC), "Thu 5 Nov, 14:00 CET"),
        (datetime(2027, 1, 4, 8, 0, tzinfo=UTC), "Mon 4 Jan 2027, 09:00 CET"),
    ],
)
def test_a_moment_drops_today_and_keeps_the_zone(value: datetime, words: str) -> None:
    assert times.moment(value, zone=AMSTERDAM, now=NOW) == words


def test_today_is_the_readers_own_day() -> None:
    value = datetime(2026, 10, 13, 22, 30, tzinfo=UTC)
    assert times.moment(value, zone=AMSTERDAM, now=NOW) == "Wed 14 Oct, 00:30 CEST"
    assert times.moment(value, zone=ZoneInfo("UTC"), now=NOW) == "22:30 UTC"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 10, 13, 9, 15, tzinfo=UTC), "11:15"),
        (datetime(2026, 10, 14, 9, 0, tzinfo=UTC), "Wed 11:00"),
        (datetime(2026, 10, 26, 10, 0, tzinfo=UTC), "Mon 26 Oct, 11:00"),
        (datetime(2025, 10, 9, 14, 20, tzinfo=UTC), "Thu 9 Oct 2025, 16:20"),
    ],
)
def test_a_table_that_names_its_zone_shows_short_moments(value: datetime, words: str) -> None:
    assert times.short_moment(value, zone=AMSTERDAM, now=NOW) == words


def test_the_same_weekday_of_next_week_shows_its_date() -> None:
    value = NOW + timedelta(days=7)
    assert times.short_moment(value, zone=AMSTERDAM, now=NOW) == "Tue 20 Oct, 09:48"


def test_a_zone_without_a_name_shows_how_far_it_is_from_utc() -> None:
    local = NOW.astimezone(ZoneInfo("America/Sao_Paulo"))
    assert times.zone_name(local) == "UTC-03:00"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Europe/Amsterdam", "Amsterdam time (CEST)"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time (UTC-03:00)"),
        ("UTC", "UTC"),
        ("Etc/GMT", "GMT"),
    ],
)
def test_a_zone_is_named_by_its_city(key: str, words: str) -> None:
    assert times.zone_in_words(ZoneInfo(key), at=NOW) == words


@pytest.mark.parametrize(
    ("off", "words"),
    [
        (timedelta(hours=1, minutes=27), "in 1 h 27 min"),
        (timedelta(minutes=-12), "12 min ago"),
        (timedelta(seconds=40), "now"),
        (timedelta(hours=-30), "30 h ago"),
        (timedelta(days=4, hours=3), "in 4 days"),
    ],
)
def test_a_moment_says_how_far_off_it_is(off: timedelta, words: str) -> None:
    assert times.relative(NOW + off, now=NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (5_220, "1 h 27 min", "1 h 27"),
        (3_840, "1 h 4 min", "1 h 04"),
        (1_979, "32 min", "32 min"),
        (14_400, "4 h", "4 h"),
        (59, "0 min", "0 min"),
        (-60, "0 min", "0 min"),
    ],
)
def test_a_duration_counts_whole_minutes(seconds: int, words: str, short: str) -> None:
    assert times.duration(seconds) == words
    assert times.duration_short(seconds) == short
