"""A handoff between two engineers, and what the client sees of an escalation, in real browsers (E3, E7)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from escalation.models import Escalation, Handoff
from tests.browser.looking import faults_on
from tests.browser.story import signed_in
from tests.browser.test_desk import signed_in as signed_in_with
from tests.escalation.handed import Sun, critical_now, make_sun, shifts_of_now
from tickets.models import Ticket


@pytest.fixture
def sun(live_server: LiveServer) -> Sun:
    """Sydney ends in half an hour, Brussels has come on."""
    sun = make_sun("HAL")
    shifts_of_now(sun, timezone.now())
    return sun


@pytest.fixture
def critical(sun: Sun) -> Ticket:
    """A critical ticket whose brief is due."""
    return critical_now(sun, timezone.now())


@pytest.fixture
def giver(chromium: Browser, live_server: LiveServer, sun: Sun) -> Iterator[Page]:
    """The engineer in Sydney."""
    with signed_in(chromium, live_server, sun.people["sydney"]) as page:
        yield page


@pytest.fixture
def taker(chromium: Browser, live_server: LiveServer, sun: Sun) -> Iterator[Page]:
    """The engineer in Brussels."""
    with signed_in(chromium, live_server, sun.people["brussels"]) as page:
        yield page


def test_one_engineer_writes_the_brief_and_the_other_takes_it_over(
    sun: Sun, critical: Ticket, giver: Page, taker: Page
) -> None:
    giver.goto("/desk/handoffs/")
    giver.get_by_role("link", name=f"Write brief {critical.key}").click()
    giver.get_by_label("How things stand").fill("Half of them can sign in.")
    giver.get_by_label("What comes next").fill("Rebuild the index.")
    giver.get_by_role("button", name="Hand over").click()
    expect(giver.get_by_text(f"The brief of {critical.key} is written.")).to_be_visible()
    taker.goto("/desk/handoffs/")
    expect(taker.get_by_text("Half of them can sign in.")).to_be_visible()
    taker.get_by_role("button", name=f"Take over {critical.key}").click()
    expect(taker.get_by_text(f"{critical.key} is yours now.")).to_be_visible()
    assert Handoff.objects.get().answered_by == sun.people["brussels"]


def test_it_is_sent_back_and_written_anew(sun: Sun, critical: Ticket, giver: Page, taker: Page) -> None:
    giver.goto(f"/desk/tickets/{critical.key}/brief/")
    giver.get_by_label("How things stand").fill("It is slow.")
    giver.get_by_label("What comes next").fill("Wait.")
    giver.get_by_role("button", name="Hand over").click()
    taker.goto(f"/desk/tickets/{critical.key}/")
    taker.get_by_role("link", name="Send back").click()
    taker.get_by_label("Why", exact=True).fill("Which node is slow?")
    taker.get_by_role("button", name="Send back").click()
    giver.goto("/desk/handoffs/")
    expect(giver.get_by_text("Sent back: Which node is slow?")).to_be_visible()


def test_the_client_escalates_and_reads_each_step(
    chromium: Browser, live_server: LiveServer, sun: Sun, critical: Ticket
) -> None:
    with signed_in(chromium, live_server, sun.desk.poc) as client:
        client.goto(f"/p/hal/tickets/{critical.key}/")
        client.locator("summary", has_text="Escalate this ticket").click()
        client.get_by_label("What is wrong?").select_option("late_response")
        client.get_by_role("button", name=f"Escalate {critical.key}").click()
        expect(client.get_by_text("Waiting for tier 1")).to_be_visible()
    assert Escalation.objects.get().ground == "late_response"


@pytest.mark.looks
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chromium: Browser, live_server: LiveServer, sun: Sun, critical: Ticket
) -> None:
    faults = []
    for person, address in pages(sun, critical):
        context = signed_in_with(chromium, live_server, person, viewport={"width": 1440, "height": 900})
        faults += faults_on(context.new_page(), address)
        context.close()
    assert faults == []


def pages(sun: Sun, ticket: Ticket) -> list[tuple[Person, str]]:
    """Every page of coverage and handoffs, with who looks at it."""
    engineer, administrator = sun.people["sydney"], sun.desk.administrator
    return [
        (engineer, "/desk/handoffs/"),
        (engineer, "/desk/coverage/"),
        (engineer, f"/desk/tickets/{ticket.key}/"),
        (engineer, f"/desk/tickets/{ticket.key}/brief/"),
        (engineer, f"/desk/tickets/{ticket.key}/suggest/"),
        (administrator, f"/setup/people/teams/{sun.teams['sydney'].pk}/hours/"),
    ]
