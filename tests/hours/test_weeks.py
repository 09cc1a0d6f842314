"""Weeks are handed in by their people, and leads see whose is missing (H1)."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from events.domain.errors import Conflict, Invalid, NotAllowed
from events.models import Record
from hours import services
from hours.models import HandedWeek
from hours.queries import open_weeks
from tests.factories import moment, refused
from tests.hours.conftest import TODAY, Hours

FRIDAY = moment("2026-03-06 18:00")
UTC = ZoneInfo("UTC")


def hand_in(hours: Hours, *, role: str = "engineer", week_of: date = TODAY) -> HandedWeek:
    """Hand the week in on Friday evening."""
    return services.hand_in_week(actor=hours.actor(role), at=FRIDAY, week_of=week_of, zone=UTC)


def missing() -> list[tuple[str, int]]:
    """Who has not handed the week in as it stands, and with how much."""
    return [(week.person.name, week.billed_minutes) for week in open_weeks(monday=TODAY)]


def test_a_week_is_handed_in_with_its_sums(hours: Hours) -> None:
    hours.log(50)
    week = hand_in(hours)
    assert (week.monday, week.worked_minutes, week.billed_minutes) == (TODAY, 50, 60)
    (told,) = Record.objects.filter(kind="week.handed_in")
    assert (told.subject_id, told.data["billed_minutes"]) == (hours.desk.engineer.pk, 60)


def test_leads_see_whose_week_is_missing_until_it_is_handed_in(hours: Hours) -> None:
    assert missing() == []
    hours.log(60)
    assert missing() == [(hours.desk.engineer.name, 60)]
    hand_in(hours)
    assert missing() == []


def test_a_week_that_changed_is_missing_again_and_handed_in_once_more(hours: Hours) -> None:
    hours.log(60)
    hand_in(hours)
    hours.log(30)
    assert missing() == [(hours.desk.engineer.name, 90)]
    assert hand_in(hours).number == 2


def test_a_week_that_stands_as_it_was_handed_in_is_not_handed_in_again(hours: Hours) -> None:
    hours.log(60)
    hand_in(hours)
    with refused(Conflict, "nothing has changed"):
        hand_in(hours)


def test_an_empty_week_and_one_to_come_are_refused(hours: Hours) -> None:
    with refused(Invalid, "No time is logged"):
        hand_in(hours)
    with refused(Invalid, "still to come"):
        hand_in(hours, week_of=date(2026, 3, 9))


@pytest.mark.parametrize("role", ["poc", "account_executive"])
def test_who_logs_no_time_hands_nothing_in(hours: Hours, role: str) -> None:
    with refused(NotAllowed):
        hand_in(hours, role=role)
