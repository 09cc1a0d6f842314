"""Amounts are written with their unit, and nothing else is taken for one."""

import pytest

from contracts.reading.amounts import Within, minor_units, seconds, within, work_minutes


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("30m", Within(seconds=1800)),
        ("8h", Within(seconds=28800)),
        ("2bd", Within(business_days=2)),
        ("none", Within()),
    ],
)
def test_a_target_is_minutes_hours_business_days_or_none(text: str, amount: Within) -> None:
    assert within(text) == amount


@pytest.mark.parametrize(
    "text", ["30", "30s", "1d", "0m", "-5m", "1.5h", "8 h", "8H", " 8h", "", 30, None, "８h"]
)
def test_anything_else_is_no_target(text: object) -> None:
    with pytest.raises(ValueError, match='such as "30m"'):
        within(text)


def test_business_days_are_no_fixed_length() -> None:
    with pytest.raises(ValueError, match="no fixed length"):
        seconds("1bd")


def test_work_is_counted_in_minutes() -> None:
    assert (work_minutes("15m"), work_minutes("20h")) == (15, 1200)


def test_prices_become_pence() -> None:
    assert (minor_units("3500.00"), minor_units("0.99")) == (350_000, 99)


@pytest.mark.parametrize(
    "text", ["3500", "3,500.00", "3500.0", "03.00", "-1.00", 3500, 3500.0, None, "1e3.00"]
)
def test_a_price_without_two_decimals_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="two decimals"):
        minor_units(text)
