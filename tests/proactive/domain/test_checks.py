"""Thresholds and names of checks (P8)."""

import pytest

from proactive.domain.checks import (
    KINDS,
    Check,
    Level,
    Thresholds,
    are_in_order,
    check_named,
    level_of,
    rank_of,
    usual,
    value_words,
)

SWAP = Thresholds(warning=60, critical=85)
DISK = Thresholds(warning=20, critical=10)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (59.9, Level.OK),
        (60, Level.WARNING),
        (84.9, Level.WARNING),
        (85, Level.CRITICAL),
        (100, Level.CRITICAL),
    ],
)
def test_a_value_that_reaches_its_threshold_has_crossed_it(value: float, level: Level) -> None:
    assert level_of(Check.SWAP, stated=Level.CRITICAL, value=value, thresholds=SWAP) is level


@pytest.mark.parametrize(
    ("value", "level"),
    [(20.1, Level.OK), (20, Level.WARNING), (10.1, Level.WARNING), (10, Level.CRITICAL), (0, Level.CRITICAL)],
)
def test_free_space_counts_downwards(value: float, level: Level) -> None:
    assert level_of(Check.DISK_DATA, stated=Level.WARNING, value=value, thresholds=DISK) is level


def test_without_a_value_the_senders_word_counts() -> None:
    assert level_of(Check.SWAP, stated=Level.WARNING, value=None, thresholds=SWAP) is Level.WARNING


def test_without_thresholds_the_senders_word_counts() -> None:
    assert level_of(Check.WEB, stated=Level.CRITICAL, value=3.5, thresholds=Thresholds()) is Level.CRITICAL


def test_the_end_of_a_failure_is_believed_whatever_the_value() -> None:
    assert level_of(Check.SWAP, stated=Level.OK, value=99, thresholds=SWAP) is Level.OK


def test_one_threshold_alone_is_enough() -> None:
    only = Thresholds(critical=85)
    assert level_of(Check.SWAP, stated=Level.WARNING, value=70, thresholds=only) is Level.OK


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("disk_home", Check.DISK_HOME),
        ("Current Users", Check.USERS),
        ("Current Load", Check.LOAD),
        ("Swap Usage", Check.SWAP),
        ("Total Processes", Check.PROCESSES),
        ("HTTP", Check.WEB),
        ("HTTPS certificate", Check.CERTIFICATE),
        ("Root Partition", Check.DISK_ROOT),
        ("Disk space application data", Check.DISK_DATA),
        ("Application home disk", Check.DISK_HOME),
        ("Weather", Check.OTHER),
        ("", Check.OTHER),
    ],
)
def test_names_of_monitoring_systems_are_understood(name: str, check: Check) -> None:
    assert check_named(name) is check


@pytest.mark.parametrize("check", list(Check))
def test_every_check_starts_with_thresholds_in_order_and_sound_ranks(check: Check) -> None:
    thresholds = usual(check)
    assert are_in_order(check, warning=thresholds.warning, critical=thresholds.critical)
    assert 1 <= rank_of(check, Level.CRITICAL) <= rank_of(check, Level.WARNING) <= 4
    assert KINDS[check].label


def test_a_web_service_that_is_down_is_of_the_worst_rank() -> None:
    assert rank_of(Check.WEB, Level.CRITICAL) == 1


def test_the_order_of_thresholds_turns_round_where_low_is_bad() -> None:
    assert not are_in_order(Check.DISK_ROOT, warning=5, critical=10)
    assert not are_in_order(Check.LOAD, warning=10, critical=5)
    assert are_in_order(Check.LOAD, warning=None, critical=5)


def test_values_are_told_with_their_unit() -> None:
    assert value_words(Check.SWAP, 91.234) == "91.23 % used"
    assert value_words(Check.WEB, None) == ""
