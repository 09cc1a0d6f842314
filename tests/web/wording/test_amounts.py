"""Hours, money, shares and sizes read as people write them."""

import pytest

from web.wording import amounts


@pytest.mark.parametrize(("minutes", "words"), [(45, "0:45"), (870, "14:30"), (0, "0:00"), (-15, "−0:15")])
def test_logged_minutes_read_as_hours_and_minutes(minutes: int, words: str) -> None:
    assert amounts.hmm(minutes) == words


@pytest.mark.parametrize(
    ("minor_units", "currency", "words"),
    [(350_000, "GBP", "£3,500"), (550_050, "USD", "$5,500.50"), (100, "CHF", "1 CHF"), (0, "EUR", "€0")],
)
def test_money_carries_its_sign_or_its_code(minor_units: int, currency: str, words: str) -> None:
    assert amounts.money(minor_units, currency) == words


@pytest.mark.parametrize(("part", "whole", "words"), [(64, 100, "64 %"), (1, 3, "33 %"), (0, 0, "–")])
def test_a_share_has_a_space_and_of_nothing_there_is_none(part: int, whole: int, words: str) -> None:
    assert amounts.percent(part, whole) == words


@pytest.mark.parametrize(
    ("size", "words"), [(120_832, "118 KB"), (10, "1 KB"), (2_516_582, "2.4 MB"), (1_048_576, "1.0 MB")]
)
def test_a_file_says_its_size(size: int, words: str) -> None:
    assert amounts.file_size(size) == words
