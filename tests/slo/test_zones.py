"""S3 to S5 on living tickets: clocks over changes of the hour, odd zones, skipped days and spans."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.services import save_calendar
from slo.models import Clock
from slo.queries import explain
from slo.services import rebuild, sweep_due
from tests.factories import Desk, actor_of, make_desk, make_ticket, moment
from tickets.models import Ticket

ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
NIGHTS = {"sat": [["22:00", "06:00"]]}


def desk_in(zone: str, weekly: dict[str, Any] = ROUND_THE_CLOCK, **more: Any) -> Desk:  # noqa: ANN401
    """A desk on Total Care whose own calendar is that one."""
    desk = make_desk("ZONE")
    save_calendar(
        actor=actor_of(desk.administrator), at=moment("2026-01-01 00:00"), client=desk.client,
        name=desk.contract.calendar.name, content={"tz": zone, "weekly": weekly, "holidays": {}, **more},
    )  # fmt: skip
    return desk


def filed(desk: Desk, at: str, urgency: str = "medium") -> Ticket:
    """A ticket filed at that moment; medium has eight open hours, high one, critical half of one."""
    return make_ticket(desk.contract, requester=desk.poc, at=moment(at), urgency=urgency)


def due(ticket: Ticket) -> datetime:
    """When its answer is due."""
    due_at = Clock.objects.get(ticket=ticket).due_at
    assert due_at is not None
    return due_at


@pytest.mark.parametrize(
    ("zone", "opened", "until"),
    [
        ("Europe/Brussels", "2026-03-28 22:00", "2026-03-29 06:00"),
        ("Europe/Brussels", "2026-10-24 22:00", "2026-10-25 06:00"),
        ("Australia/Lord_Howe", "2026-04-04 10:00", "2026-04-04 18:00"),
        ("Pacific/Apia", "2026-04-04 10:00", "2026-04-04 18:00"),
        ("Asia/Kathmandu", "2026-03-02 09:00", "2026-03-02 17:00"),
    ],
)
def test_round_the_clock_no_change_of_the_hour_moves_a_due_time(
    zone: str, opened: str, until: str, db: None
) -> None:
    assert due(filed(desk_in(zone), opened)) == moment(until)


def test_a_night_without_the_skipped_hour_is_an_hour_shorter(db: None) -> None:
    ticket = filed(desk_in("Europe/Brussels", NIGHTS), "2026-03-28 21:00")
    (told,) = explain(ticket, at=moment("2026-03-28 21:00"))
    first = next(part for part in told.segments if part.kind == "open")
    assert (first.start, first.end, first.seconds) == (
        moment("2026-03-28 21:00"), moment("2026-03-29 04:00"), 7 * 3600,
    )  # fmt: skip
    assert due(ticket) == moment("2026-04-04 21:00")


def test_a_night_with_the_repeated_hour_is_an_hour_longer(db: None) -> None:
    ticket = filed(desk_in("Europe/Brussels", NIGHTS), "2026-10-24 20:00")
    assert due(ticket) == moment("2026-10-25 04:00")
    (told,) = explain(ticket, at=moment("2026-10-24 20:00"))
    assert [(part.kind, part.seconds) for part in told.segments] == [("open", 8 * 3600)]


def test_half_an_hour_that_is_skipped_is_not_counted(db: None) -> None:
    desk = desk_in("Australia/Lord_Howe", {"sun": [["01:30", "03:00"]]})
    ticket = filed(desk, "2026-10-03 12:00", "high")
    assert due(ticket) == moment("2026-10-03 16:00")


def test_half_an_hour_that_is_repeated_is_counted_twice(db: None) -> None:
    desk = desk_in("Australia/Lord_Howe", {"sun": [["01:30", "02:00"]]})
    ticket = filed(desk, "2026-04-04 12:00", "high")
    assert due(ticket) == moment("2026-04-04 15:30")


def test_a_window_inside_the_skipped_hour_does_not_open_that_day(db: None) -> None:
    desk = desk_in("Europe/Brussels", {"sun": [["02:00", "03:00"]]})
    ticket = filed(desk, "2026-03-28 12:00", "critical")
    assert due(ticket) == moment("2026-04-05 00:30")


def test_due_at_closing_time_and_not_at_the_next_opening(db: None) -> None:
    desk = desk_in("America/New_York", {"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]]})
    assert due(filed(desk, "2026-03-09 13:00")) == moment("2026-03-09 21:00")


def test_a_date_that_beats_a_holiday_opens(db: None) -> None:
    desk = desk_in(
        "Europe/London", {"mon": [["09:00", "17:00"]]},
        holidays={"2026-03-09": "Feast"}, overrides={"2026-03-09": [["10:00", "12:00"]]},
    )  # fmt: skip
    assert due(filed(desk, "2026-03-08 12:00", "high")) == moment("2026-03-09 11:00")


def test_the_evening_before_a_holiday_runs_on_into_it(db: None) -> None:
    desk = desk_in("Europe/London", {"fri": [["22:00", "06:00"]]}, holidays={"2026-03-07": "Feast"})
    assert due(filed(desk, "2026-03-06 20:00")) == moment("2026-03-07 06:00")


@pytest.mark.parametrize(
    ("opened", "until"),
    [
        ("2026-03-27 23:45", "2026-03-29 23:15"),
        ("2026-04-03 23:45", "2026-04-06 00:15"),
        ("2026-10-02 23:45", "2026-10-04 23:15"),
    ],
)
def test_premiers_week_closes_in_one_zone_and_opens_in_another(opened: str, until: str, db: None) -> None:
    desk = make_desk("PREM", "premier-support")
    ticket = make_ticket(desk.contract, at=moment(opened), urgency="level-1")
    assert due(ticket) == moment(until)


@pytest.mark.parametrize("zone", ["Europe/Brussels", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Gaza"])
@pytest.mark.parametrize("opened", ["2026-03-27 16:59", "2026-10-23 16:59", "2026-12-31 23:59"])
def test_whatever_the_zone_the_explanation_sums_and_the_sweep_agrees(
    zone: str, opened: str, db: None
) -> None:
    weekly = {day: [["08:30", "12:00"], ["13:00", "01:30"]] for day in ("mon", "thu", "fri", "sat", "sun")}
    ticket = filed(desk_in(zone, weekly), opened)
    later = due(ticket) + timedelta(seconds=1)
    sweep_due(at=later)
    (told,) = explain(ticket, at=later)
    assert sum(part.seconds for part in told.segments) == told.target_seconds == 8 * 3600
    assert (told.state, told.missed_at) == ("missed", due(ticket))
    assert rebuild(at=later, check=True) == []


def test_decades_ahead_a_clock_still_finds_its_due_time(db: None) -> None:
    ticket = filed(desk_in("Europe/Brussels", {"mon": [["09:00", "17:00"]]}), "2056-03-04 12:00")
    assert due(ticket) == moment("2056-03-06 16:00")
