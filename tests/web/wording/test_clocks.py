"""A chip says its clock's state in an icon and in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from web.wording.clocks import (
    ClockChip,
    exempt_chip,
    met_chip,
    missed_chip,
    paused_chip,
    running_chip,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 10, 13, 7, 48, tzinfo=UTC)


def running(*, at_risk: bool = False, opens_at: datetime | None = None) -> ClockChip:
    """A clock with 1 h 27 min of open time left."""
    return running_chip(remaining_seconds=5_220, at_risk=at_risk, opens_at=opens_at, zone=AMSTERDAM, now=NOW)


def words(chip: ClockChip) -> tuple[str, str, str]:
    """The chip's state, number and words."""
    return chip.state, chip.strong, chip.rest


def test_a_running_clock_says_what_is_left() -> None:
    assert words(running()) == ("running", "1 h 27", "left")


def test_a_clock_at_risk_says_so() -> None:
    assert words(running(at_risk=True)) == ("risk", "1 h 27", "at risk")


def test_outside_support_hours_a_clock_says_when_it_goes_on_even_at_risk() -> None:
    opens = NOW + timedelta(hours=5, minutes=12)
    assert words(running(at_risk=True, opens_at=opens)) == ("closed", "1 h 27", "from 15:00")


def test_a_missed_clock_says_by_how_much() -> None:
    assert words(missed_chip(late_seconds=720)) == ("missed", "12 min", "late")


def test_a_paused_clock_says_for_whom_and_since_when() -> None:
    since = datetime(2026, 10, 12, 9, 40, tzinfo=UTC)
    chip = paused_chip(since=since, whom="client", zone=AMSTERDAM, now=NOW)
    assert words(chip) == ("paused", "Paused", "client, Mon 11:40")


def test_a_met_clock_says_how_much_was_used() -> None:
    assert words(met_chip(used_seconds=1_920, target_seconds=14_400)) == ("met", "Met", "32 min of 4 h")


def test_no_clock_always_has_a_reason() -> None:
    assert words(exempt_chip(reason="filed by phone")) == ("exempt", "No clock", "filed by phone")


def test_each_state_has_an_icon_and_a_class_of_its_own() -> None:
    chips = [running(), running(at_risk=True), missed_chip(late_seconds=1), exempt_chip(reason="phone")]
    assert len({chip.icon for chip in chips}) == len({chip.css for chip in chips}) == len(chips)


def test_a_chip_can_name_its_objective() -> None:
    assert running().label == ""
    assert running().about("status_update").label == "Update"
