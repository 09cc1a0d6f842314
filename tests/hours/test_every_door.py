"""Every door through which work comes in refuses the same bad input, and without a trace (H1, H7, H9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from events.domain.errors import Invalid, NotAllowed, NotHere
from hours import services
from hours.models import TimeEntry
from tests.factories import MONDAY, moment
from tests.hours.conftest import TODAY, Hours, make_hours
from tests.hours.test_refusals import refused

Door = Callable[..., Any]
NOON = MONDAY + timedelta(hours=3)


@pytest.fixture
def begun(hours: Hours) -> Hours:
    """An open account with an hour drawn, and a timer running since nine."""
    hours.log(60)
    services.start_timer(actor=hours.actor("engineer"), at=MONDAY, ticket=hours.ticket)
    return hours


def by_entry(hours: Hours, **facts: Any) -> Any:  # noqa: ANN401
    """The form on the ticket, and the API."""
    return hours.log(facts.pop("minutes", 15), at=NOON, **facts)


def by_sheet(hours: Hours, **facts: Any) -> Any:  # noqa: ANN401
    """The timesheet."""
    cell = {"ticket": hours.ticket, "worked_on": TODAY, "minutes": 15, "note": "Mended", **facts}
    return services.fill_timesheet(
        actor=hours.actor("engineer"),
        at=NOON,
        cells=[services.SheetCell(**cell)],
    )


def by_timer(hours: Hours, **facts: Any) -> Any:  # noqa: ANN401
    """Stopping the timer with a time and a day of one's own."""
    timer = hours.ticket.timers.get()
    told = {"note": "Mended", "minutes": 15, **facts}
    return services.stop_timer(actor=hours.actor("engineer"), at=NOON, timer=timer, **told)


def by_correction(hours: Hours, **facts: Any) -> Any:  # noqa: ANN401
    """Writing an entry anew."""
    entry = TimeEntry.objects.earliest("id")
    return services.correct_entry(
        actor=hours.actor("engineer"), at=NOON, entry=entry, reason="Wrong", **facts
    )


DOORS = [by_entry, by_sheet, by_timer, by_correction]
MINUTES = {
    0: "reverse the entry",
    -15: "reverse the entry",
    1500: "split the work",
    7.5: "whole minutes",
    True: "whole minutes",
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("minutes", MINUTES)
def test_unfit_minutes(begun: Hours, door: Door, minutes: Any) -> None:  # noqa: ANN401
    with refused(Invalid, f"{MINUTES[minutes]}|quarter hours"):
        door(begun, minutes=minutes)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("worked_on", "words"),
    [
        (TODAY + timedelta(days=1), "still to come: it is 2 March 2026"),
        (date(2026, 2, 28), "The contract began on 1 March 2026"),
        (date(1, 1, 1), "The contract began on 1 March 2026"),
        (date(9999, 12, 31), "still to come"),
    ],
)
def test_unfit_days(begun: Hours, door: Door, worked_on: date, words: str) -> None:
    with refused(Invalid, words):
        door(begun, worked_on=worked_on)


@pytest.mark.parametrize("door", [by_entry, by_sheet, by_correction])
def test_a_note_that_is_too_long(begun: Hours, door: Door) -> None:
    with refused(Invalid, "2000 characters"):
        door(begun, note="x" * 2001)


@pytest.mark.parametrize("door", [by_entry, by_sheet, by_timer, by_correction])
def test_a_kind_of_work_that_is_none(begun: Hours, door: Door) -> None:
    with refused(Invalid, "kinds of work in the list"):
        door(begun, activity="gardening")


@pytest.mark.parametrize("door", [by_entry, by_sheet, by_timer])
def test_work_outside_of_the_scope(begun: Hours, door: Door) -> None:
    begun.ticket.category = "infrastructure"
    begun.ticket.save()
    with refused(Invalid, "exception or a change request"):
        door(begun)


@pytest.mark.parametrize("door", [by_entry, by_sheet, by_timer])
def test_a_closed_month(begun: Hours, door: Door) -> None:
    at = moment("2026-04-10 09:00")
    services.close_months(at=at)
    with refused(Invalid, "March 2026 is closed"):
        door(begun, worked_on=TODAY)


@pytest.mark.parametrize("door", [by_entry, by_sheet])
def test_the_ticket_of_another_client(begun: Hours, door: Door) -> None:
    foreign = make_hours("OTHER").ticket
    with refused(NotHere):
        door(begun, ticket=foreign)


@pytest.mark.parametrize("role", ["poc", "member", "observer", "account_executive"])
def test_people_who_log_no_time(begun: Hours, role: str) -> None:
    begun.ticket.requester = begun.desk.member
    begun.ticket.save()
    with refused(NotAllowed, "Engineers log their own time"):
        begun.log(15, role=role)


@pytest.mark.parametrize("act", [services.pause_timer, services.resume_timer, services.discard_timer])
def test_the_timer_of_somebody_else_is_not_there(begun: Hours, act: Door) -> None:
    timer = begun.ticket.timers.get()
    with refused(NotHere):
        act(actor=begun.actor("lead"), at=NOON, timer=timer)


def test_the_edges_of_a_day_are_in(begun: Hours) -> None:
    assert by_entry(begun, minutes=1).billed_minutes == 15
    assert by_entry(begun, minutes=1440, worked_on=date(2026, 3, 1)).billed_minutes == 1440
