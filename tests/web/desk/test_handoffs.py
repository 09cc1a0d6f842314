"""The board of handoffs, the brief, and the panel on the ticket (E7)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalation.models import Handoff, TeamHours
from escalation.services import write_brief
from tests.escalation.handed import BRIEF, Sun, critical_now, make_sun, shifts_of_now
from tests.factories import actor_of, make_ticket
from tests.web.desk.conftest import SignIn, text_of
from tickets.models import Ticket

TYPED = {"findings": "Half of them can sign in.", "next_steps": "Rebuild the index.", "tried": "A restart."}


@pytest.fixture
def sun(db: None) -> Sun:
    """Sydney ends in half an hour, Brussels has come on an hour ago; both on the clock of this moment."""
    sun = make_sun("HAL")
    shifts_of_now(sun, timezone.now())
    return sun


@pytest.fixture
def critical(sun: Sun) -> Ticket:
    """A critical ticket that Sydney has, with its brief due."""
    return critical_now(sun, timezone.now())


@pytest.fixture
def giver(sun: Sun, sign_in: SignIn) -> Client:
    """The browser of the engineer in Sydney."""
    return sign_in(sun.people["sydney"])


@pytest.fixture
def taker(sun: Sun, sign_in: SignIn) -> Client:
    """The browser of the engineer in Brussels."""
    return sign_in(sun.people["brussels"])


def offer(sun: Sun, ticket: Ticket) -> Handoff:
    """The brief is written."""
    return write_brief(actor=actor_of(sun.people["sydney"]), at=timezone.now(), ticket=ticket, brief=BRIEF)


def place(ticket: Ticket, what: str) -> str:
    """An address of the ticket."""
    return f"/desk/tickets/{ticket.key}/{what}"


def test_the_board_says_who_hands_over_to_whom_and_what_lacks_a_brief(
    sun: Sun, critical: Ticket, giver: Client
) -> None:
    page = text_of(giver, "/desk/handoffs/")
    assert "<h1>Handoff: Sydney to Brussels</h1>" in page
    assert "Both teams are on until" in page
    assert critical.key in page
    assert "Nothing can be taken over without a brief." in page


def test_written_the_brief_waits_for_the_other_team(
    sun: Sun, critical: Ticket, giver: Client, taker: Client
) -> None:
    assert giver.post(place(critical, "brief/"), TYPED).status_code == 302
    page = text_of(taker, "/desk/handoffs/")
    assert "Half of them can sign in." in page
    assert "Waiting for Brussels" in page
    assert "Take over" in page
    assert "Take over" not in text_of(giver, "/desk/handoffs/")


def test_a_brief_without_findings_comes_back_with_what_was_typed(critical: Ticket, giver: Client) -> None:
    answer = giver.post(place(critical, "brief/"), {**TYPED, "findings": ""})
    assert answer.status_code == 422
    assert "Rebuild the index." in answer.content.decode()
    assert Handoff.objects.get().state == "due"


def test_the_form_begins_with_what_the_ticket_knows(sun: Sun, critical: Ticket, giver: Client) -> None:
    offer(sun, critical)
    page = text_of(giver, place(critical, "brief/"))
    assert BRIEF.findings in page
    assert "Sanne, by phone" in page


def test_taken_over_it_is_the_takers_and_the_board_says_so(sun: Sun, critical: Ticket, taker: Client) -> None:
    handoff = offer(sun, critical)
    assert taker.post(place(critical, f"handoffs/{handoff.pk}/take/")).status_code == 302
    critical.refresh_from_db()
    assert critical.assignee == sun.people["brussels"]
    page = text_of(taker, "/desk/handoffs/")
    assert "Taken by Brussels" in page
    assert f"Taken by {sun.people['brussels'].name}" in page


def test_the_way_there_counts_what_waits_for_ones_own_team(
    sun: Sun, critical: Ticket, giver: Client, taker: Client
) -> None:
    offer(sun, critical)
    assert "to take over</span>" in text_of(taker, "/desk/")
    assert "to take over</span>" not in text_of(giver, "/desk/")


def test_sent_back_the_reason_stands_on_the_card_and_on_the_ticket(
    sun: Sun, critical: Ticket, giver: Client, taker: Client
) -> None:
    handoff = offer(sun, critical)
    address = place(critical, f"handoffs/{handoff.pk}/send-back/")
    assert taker.post(address, {"reason": ""}).status_code == 422
    assert taker.post(address, {"reason": "Which node?"}).status_code == 302
    assert "Sent back: Which node?" in text_of(giver, "/desk/handoffs/")
    assert "sent it back:</strong> Which node?" in text_of(giver, place(critical, ""))


def test_the_ticket_shows_who_has_it_the_brief_and_its_history(
    sun: Sun, critical: Ticket, taker: Client
) -> None:
    handoff = offer(sun, critical)
    page = text_of(taker, place(critical, ""))
    assert "Sydney has it since" in page
    assert BRIEF.findings in page
    assert "wrote the brief for Brussels." in page
    taker.post(place(critical, f"handoffs/{handoff.pk}/take/"))
    assert "took it over from Sydney." in text_of(taker, place(critical, ""))


def test_a_ticket_that_is_not_handed_over_has_no_panel(sun: Sun, giver: Client) -> None:
    ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc, urgency="level-3", at=timezone.now())
    assert 'id="handoff"' not in text_of(giver, place(ticket, ""))


def test_before_any_team_keeps_hours_the_board_says_what_to_do(sun: Sun, giver: Client) -> None:
    TeamHours.objects.all().delete()
    assert "No team keeps hours yet" in text_of(giver, "/desk/handoffs/")


def test_the_board_costs_the_same_with_one_card_and_with_many(
    sun: Sun, critical: Ticket, giver: Client
) -> None:
    few = statements(giver)
    for _ in range(3):
        critical_now(sun, timezone.now())
    assert statements(giver) == few


def statements(browser: Client) -> int:
    """How many statements the board costs."""
    browser.get("/desk/handoffs/")
    with CaptureQueriesContext(connection) as seen:
        browser.get("/desk/handoffs/")
    return len(seen)


def test_who_may_not_read_notes_reads_no_briefs(sun: Sun, critical: Ticket, sign_in: SignIn) -> None:
    offer(sun, critical)
    reader = sign_in(sun.desk.account_executive)
    assert BRIEF.findings not in text_of(reader, "/desk/handoffs/")
    assert BRIEF.findings not in text_of(reader, place(critical, ""))
