"""Contracts that restrict their engineers take work of cleared people alone (domain.md §3, H1)."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.services import clear_engineer, end_clearance
from events.domain.errors import Invalid
from hours import services
from hours.models import TimeEntry, Timer
from tests.factories import MONDAY, moment
from tests.hours.conftest import Hours, make_hours

THURSDAY, FRIDAY = moment("2026-03-05 09:00"), moment("2026-03-06 09:00")


@pytest.fixture
def restricted(db: None) -> Hours:
    """A contract for which nobody is cleared yet."""
    return make_hours(restricts_engineers=True)


def clear(hours: Hours, role: str = "engineer") -> None:
    """Clear the person from Monday on."""
    person = hours.desk.person(role)
    clear_engineer(actor=hours.actor("lead"), at=MONDAY, contract=hours.contract, person=person)


def unclear(hours: Hours) -> None:
    """End the engineer's clearance on Thursday."""
    lead, engineer = hours.actor("lead"), hours.desk.engineer
    end_clearance(actor=lead, at=THURSDAY, contract=hours.contract, person=engineer)


@pytest.mark.parametrize("role", ["engineer", "csm", "lead"])
def test_who_is_not_cleared_logs_nothing_and_reads_who_clears(restricted: Hours, role: str) -> None:
    with pytest.raises(Invalid, match="clears people") as refused:
        restricted.log(30, role=role)
    assert (refused.value.code, list(refused.value.fields)) == ("not_cleared", ["person"])
    assert not TimeEntry.objects.exists()


def test_who_is_cleared_logs_as_everywhere(restricted: Hours) -> None:
    clear(restricted)
    assert restricted.log(30).state == "drawn"


def test_a_lead_cannot_log_for_somebody_who_is_not_cleared(restricted: Hours) -> None:
    clear(restricted, "lead")
    with pytest.raises(Invalid, match=restricted.desk.engineer.name):
        restricted.log(30, role="lead", person=restricted.desk.engineer)
    assert not TimeEntry.objects.exists()


def test_a_timer_is_refused_before_the_work_begins(restricted: Hours) -> None:
    with pytest.raises(Invalid, match="not cleared"):
        services.start_timer(actor=restricted.actor("engineer"), at=MONDAY, ticket=restricted.ticket)
    assert not Timer.objects.exists()


def test_work_done_while_cleared_can_still_be_written_down_afterwards(restricted: Hours) -> None:
    clear(restricted)
    unclear(restricted)
    assert restricted.log(30, at=FRIDAY, worked_on=date(2026, 3, 4)).state == "drawn"


def test_work_after_the_clearance_ended_is_refused(restricted: Hours) -> None:
    clear(restricted)
    unclear(restricted)
    with pytest.raises(Invalid, match="not cleared"):
        restricted.log(30, at=FRIDAY)
    assert not TimeEntry.objects.exists()


def test_what_was_logged_can_be_corrected_without_a_clearance(restricted: Hours) -> None:
    clear(restricted)
    entry = restricted.log(60)
    unclear(restricted)
    made = services.correct_entry(
        actor=restricted.actor("engineer"), at=FRIDAY, entry=entry, minutes=30, reason="Lunch was in it"
    )
    assert (made.state, made.billed_minutes) == ("drawn", 30)


def test_time_is_logged_for_staff_alone(hours: Hours) -> None:
    with pytest.raises(Invalid, match="Only staff") as refused:
        hours.log(30, role="lead", person=hours.desk.poc)
    assert refused.value.code == "not_staff"
    assert not TimeEntry.objects.exists()
