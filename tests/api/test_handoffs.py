"""Handoffs by API: read and written by staff alone (E7)."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.api.conftest import Caller, caller_of_client, caller_of_staff
from tests.escalation.handed import Sun, critical_now, make_sun, shifts_of_now
from tickets.models import Ticket

BRIEF = {"findings": "Half of them can sign in.", "next_steps": "Rebuild the index."}


@pytest.fixture
def sun(db: None) -> Sun:
    """Sydney ends in half an hour, Brussels has come on."""
    sun = make_sun("HAL")
    shifts_of_now(sun, timezone.now())
    return sun


@pytest.fixture
def critical(sun: Sun) -> Ticket:
    """A critical ticket whose brief is due."""
    return critical_now(sun, timezone.now())


def caller(sun: Sun, region: str) -> Caller:
    """A script of the engineer there."""
    return caller_of_staff(sun.people[region])


def test_a_script_writes_the_brief_and_another_takes_it_over(sun: Sun, critical: Ticket) -> None:
    address = f"tickets/{critical.key}/handoffs"
    written = caller(sun, "sydney").post(address, BRIEF)
    assert (written.status_code, written.json()["state"]) == (201, "offered")
    assert (written.json()["from_team"], written.json()["to_team"]) == ("Sydney", "Brussels")
    taken = caller(sun, "brussels").post(f"{address}/{written.json()['id']}/take-over", {})
    assert (taken.status_code, taken.json()["answered_by"]) == (200, "Brussels engineer")
    (row,) = caller(sun, "sydney").get(address).json()["results"]
    assert (row["state"], row["findings"]) == ("accepted", BRIEF["findings"])


def test_it_is_sent_back_with_a_reason(sun: Sun, critical: Ticket) -> None:
    address = f"tickets/{critical.key}/handoffs"
    written = caller(sun, "sydney").post(address, BRIEF).json()
    place = f"{address}/{written['id']}/send-back"
    assert caller(sun, "brussels").post(place, {}).status_code == 400
    answer = caller(sun, "brussels").post(place, {"reason": "Which node?"})
    assert (answer.json()["state"], answer.json()["answer"]) == ("declined", "Which node?")


def test_the_client_has_no_such_address(sun: Sun, critical: Ticket) -> None:
    jira = caller_of_client(sun.desk)
    answer = jira.get(f"tickets/{critical.key}/handoffs")
    assert answer.status_code in (403, 404)
    assert b"Sydney" not in answer.content


def test_no_client_reads_of_handoffs_in_the_feed(sun: Sun, critical: Ticket) -> None:
    told = caller_of_client(sun.desk).get(f"tickets/{critical.key}/events").content.decode()
    assert "ticket.opened" in told
    assert "handoff." not in told
    assert "has_team" not in told
