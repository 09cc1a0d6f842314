"""A window announced in time excludes its time; one announced later is kept and excludes nothing (S11)."""

from datetime import datetime, timedelta

import pytest

from contracts.models import MaintenanceWindow
from contracts.queries import maintenance_intervals
from contracts.services import announce_maintenance_window, cancel_maintenance_window
from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from tests.contracts.conftest import Refusal
from tests.factories import Desk, actor_of, make_environment, moment

START, END = moment("2026-03-07 20:00"), moment("2026-03-07 23:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def environment_id(desk: Desk) -> int:
    return make_environment(desk.contract).pk


def announce(desk: Desk, at: datetime, by: str = "poc", end: datetime = END) -> MaintenanceWindow:
    environment = desk.contract.environments.first() or make_environment(desk.contract)
    return announce_maintenance_window(
        actor=actor_of(desk.person(by)),
        at=at,
        environment=environment,
        starts_at=START,
        ends_at=end,
        summary="Upgrade",
        told=["ann@acme.example"],
    )


def cancel(desk: Desk, window: MaintenanceWindow, at: datetime, by: str = "poc") -> None:
    cancel_maintenance_window(actor=actor_of(desk.person(by)), at=at, window=window)


def test_a_window_announced_before_it_begins_excludes_its_time(desk: Desk, environment_id: int) -> None:
    window = announce(desk, at=START - SECOND)
    assert (window.excludes, window.told) == (True, ["ann@acme.example"])
    assert maintenance_intervals(environment_id) == [(START, END)]


@pytest.mark.parametrize("late", [START, START + SECOND, END + SECOND])
def test_one_announced_later_is_kept_and_excludes_nothing(
    late: datetime, desk: Desk, environment_id: int
) -> None:
    assert not announce(desk, at=late).excludes
    assert maintenance_intervals(environment_id) == []
    assert Record.objects.get(kind="window.announced").data["excludes"] is False


def test_a_window_must_end_after_it_starts(desk: Desk, refused: Refusal, environment_id: int) -> None:
    with refused(Invalid, "ends after it starts"):
        announce(desk, at=START - SECOND, end=START)


def test_a_window_called_off_beforehand_excludes_nothing(desk: Desk, environment_id: int) -> None:
    cancel(desk, announce(desk, at=START - 2 * SECOND), at=START - SECOND)
    assert maintenance_intervals(environment_id) == []


def test_one_called_off_halfway_excludes_what_has_passed(desk: Desk, environment_id: int) -> None:
    window = announce(desk, at=START - SECOND)
    for _ in range(2):
        cancel(desk, window, at=START + timedelta(hours=1))
    assert maintenance_intervals(environment_id) == [(START, START + timedelta(hours=1))]
    assert Record.objects.filter(kind="window.cancelled").count() == 1


def test_a_window_that_is_over_cannot_be_called_off(
    desk: Desk, refused: Refusal, environment_id: int
) -> None:
    window = announce(desk, at=START - SECOND)
    with refused(Conflict, "over"):
        cancel(desk, window, at=END)


def test_windows_of_another_environment_do_not_count(desk: Desk, environment_id: int) -> None:
    announce(desk, at=START - SECOND)
    assert maintenance_intervals(make_environment(desk.contract, "Test").pk) == []


@pytest.mark.parametrize("role", ["poc", "engineer", "csm", "lead"])
def test_either_side_announces(role: str, desk: Desk) -> None:
    assert announce(desk, at=START - SECOND, by=role).announced_by == desk.person(role).name


@pytest.mark.parametrize("role", ["member", "observer", "account_executive"])
def test_others_announce_nothing(role: str, desk: Desk, refused: Refusal, environment_id: int) -> None:
    with refused(NotAllowed, "announce maintenance"):
        announce(desk, at=START - SECOND, by=role)


def test_others_call_nothing_off(desk: Desk, refused: Refusal) -> None:
    window = announce(desk, at=START - SECOND)
    with refused(NotAllowed, "call maintenance off"):
        cancel(desk, window, at=START - SECOND, by="member")
