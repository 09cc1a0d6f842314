"""How moments and hours read in mails."""

from datetime import UTC, datetime

import pytest

from notify.domain.moments import hours_words, moment_words

OCTOBER = datetime(2026, 10, 13, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Paris", "Tue 13 Oct, 11:15 CEST"),
        ("UTC", "Tue 13 Oct, 09:15 UTC"),
        ("America/New_York", "Tue 13 Oct, 05:15 EDT"),
        ("America/Sao_Paulo", "Tue 13 Oct, 06:15 UTC-03"),
    ],
)
def test_a_moment_is_told_in_the_readers_zone_by_name(zone: str, words: str) -> None:
    assert moment_words(OCTOBER, zone=zone) == words


def test_another_year_is_named() -> None:
    assert moment_words(OCTOBER, zone="UTC", year=2027) == "Tue 13 Oct 2026, 09:15 UTC"
    assert moment_words(OCTOBER, zone="UTC", year=2026) == "Tue 13 Oct, 09:15 UTC"


@pytest.mark.parametrize(("minutes", "words"), [(0, "0:00"), (45, "0:45"), (870, "14:30"), (-90, "-1:30")])
def test_hours_read_as_hours_and_minutes(minutes: int, words: str) -> None:
    assert hours_words(minutes) == words
