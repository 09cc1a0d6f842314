"""Reading notifications of Nagios (P8)."""

from typing import Any

import pytest

from intake.domain.malformed import MalformedError
from intake.domain.nagios import read_notification
from intake.domain.perfdata import value_in
from proactive.domain.checks import Check, Level

SWAP: dict[str, str] = {
    "type": "PROBLEM",
    "host": "jira-1",
    "service": "Swap Usage",
    "check": "",
    "state": "CRITICAL",
    "output": "SWAP CRITICAL - 5% free (102 MB out of 2048 MB)",
    "perfdata": "swap=102MB;0;0;0;2048",
    "time": "1772442000",
}


def form(**changes: str) -> dict[str, str]:
    """The notification with some fields otherwise."""
    return {**SWAP, **changes}


def test_a_notification_says_which_check_of_which_host_is_how_bad() -> None:
    signal = read_notification(SWAP)
    assert (signal.check, signal.stated, signal.name) == (Check.SWAP, Level.CRITICAL, "Swap Usage on jira-1")
    assert signal.value == pytest.approx(95.02, abs=0.01)
    assert signal.is_news


def test_repeats_and_recoveries_of_one_check_share_their_fingerprint() -> None:
    other = read_notification(form(type="RECOVERY", state="OK", output="fine", time="9"))
    assert other.fingerprint == read_notification(SWAP).fingerprint


@pytest.mark.parametrize("change", [{"host": "jira-2"}, {"service": "Swap Usage 2"}])
def test_another_host_or_service_is_another_problem(change: dict[str, str]) -> None:
    assert read_notification(form(**change)).fingerprint != read_notification(SWAP).fingerprint


def test_our_own_word_for_a_check_beats_its_name() -> None:
    assert read_notification(form(check="disk_home")).check is Check.DISK_HOME


def test_a_host_alert_without_a_service_is_about_the_web_service() -> None:
    signal = read_notification(form(service="", state="DOWN", perfdata=""))
    assert (signal.check, signal.stated, signal.name) == (Check.WEB, Level.CRITICAL, "jira-1")


@pytest.mark.parametrize("kind", ["ACKNOWLEDGEMENT", "FLAPPINGSTART", "DOWNTIMESTART", "CUSTOM"])
def test_other_notifications_are_no_news(kind: str) -> None:
    assert not read_notification(form(type=kind)).is_news


def test_unknown_counts_as_a_warning() -> None:
    assert read_notification(form(state="UNKNOWN", perfdata="")).stated is Level.WARNING


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "WHATEVER"}, "type"),
        ({"state": "BAD"}, "state"),
        ({"state": ""}, "state"),
        ({"host": "  "}, "host"),
        ({"host": "h" * 201}, "host"),
        ({"client": "ALPHA"}, "client"),
    ],
)
def test_what_is_wrong_is_said_field_by_field(change: dict[str, str], field: str) -> None:
    with pytest.raises(MalformedError) as caught:
        read_notification(form(**change))
    assert field in caught.value.fields


@pytest.mark.parametrize(
    ("check", "perfdata", "value"),
    [
        (Check.USERS, "users=7;20;50;0", 7),
        (Check.LOAD, "load1=9.100;8;16;0; load5=4.250;8;16;0; load15=2.0;8;16;0;", 4.25),
        (Check.PROCESSES, "procs=612;400;600;0;", 612),
        (Check.DISK_ROOT, "/=45000MB;40000;45000;0;50000", 10),
        (Check.DISK_DATA, "'/var/atlassian data'=25;;;0;100", 75),
        (Check.SWAP, "swap=0MB;0;0;0;0", None),
        (Check.DISK_ROOT, "/=45000MB", None),
        (Check.WEB, "time=0.1s;;;0.0;10 size=1B", None),
        (Check.LOAD, "=;;; load5=nan load5=", None),
        (Check.USERS, "", None),
    ],
)
def test_performance_data_gives_the_value_that_a_threshold_is_about(
    check: Check, perfdata: str, value: float | None
) -> None:
    assert value_in(check, perfdata) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize("text", ["'" * 50_000, "a=" * 20_000, "=" * 50_000, "a" * 90_000])
def test_hostile_performance_data_is_no_value_and_takes_no_time(text: str) -> None:
    found: Any = value_in(Check.DISK_ROOT, text)
    assert found is None
