"""A lead's day in a real browser: what is escalated, who takes it, what is told to all, who is called in."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from escalation.models import Tier
from escalation.services import raise_escalation
from tests.browser.test_desk import signed_in
from tests.factories import Desk, actor_of, make_desk, make_ticket
from tickets.models import Message, Ticket, Watcher
from tickets.services import link_tickets


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    """A broken node: a ticket with one below it, escalated to the lead."""
    desk = make_desk("HAL", starts_on=date(2020, 1, 1))
    now = timezone.now()
    first, second = (
        make_ticket(desk.contract, requester=desk.poc, at=now - timedelta(minutes=n), subject=f"Node {n}")
        for n in (30, 20)
    )
    by = actor_of(desk.engineer)
    link_tickets(actor=by, at=now, source=first, target=second, kind="parent")
    Tier.objects.create(
        client=desk.client,
        contract=desk.contract,
        level=1,
        label="Lead",
        person=desk.lead,
        acknowledge_seconds=3600,
    )
    raise_escalation(actor=actor_of(desk.poc), at=now, ticket=first, ground="late_response")
    return desk


@pytest.fixture
def screen(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The lead's screen; a script error fails the test."""
    context = signed_in(chromium, live_server, desk.lead, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_a_lead_s_day(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/escalations/")
    screen.get_by_role("button", name="Take it on HAL-1").click()
    expect(screen.get_by_role("heading", name="Node 30")).to_be_visible()
    _gives_it_away(screen, desk)
    _tells_everybody(screen)
    _calls_a_colleague_in(screen, desk)
    screen.get_by_role("link", name="Service levels", exact=True).click()
    expect(screen.get_by_role("heading", name="Service levels", exact=True)).to_be_visible()


def _gives_it_away(screen: Page, desk: Desk) -> None:
    screen.wait_for_load_state("load")
    screen.keyboard.press("a")
    screen.get_by_role("combobox", name="Owner").select_option(label=desk.engineer.name)
    screen.get_by_role("button", name="Assign", exact=True).click()
    expect(screen.get_by_text(f"gave it to {desk.engineer.name}.")).to_be_visible()
    assert Ticket.objects.get(key="HAL-1").assignee == desk.engineer


def _tells_everybody(screen: Page) -> None:
    screen.get_by_role("button", name="More", exact=True).click()
    screen.get_by_role("link", name="One update to all below it").click()
    screen.get_by_label("The update").fill("The node is back.")
    screen.get_by_role("button", name="Send to 2 tickets").click()
    expect(screen.get_by_text("2 tickets have your update.")).to_be_visible()
    assert Message.objects.filter(body="The node is back.", visibility="public").count() == 2


def _calls_a_colleague_in(screen: Page, desk: Desk) -> None:
    screen.wait_for_load_state("load")
    screen.locator("label[for=mode-note]").click()
    screen.locator("#composer-body").press_sequentially(f"Please look, @{desk.csm.name[:3].lower()}")
    expect(screen.get_by_role("option", name=desk.csm.name)).to_be_visible()
    screen.keyboard.press("Enter")
    expect(screen.locator("#composer-body")).to_have_value(f"Please look, @{desk.csm.name} ")
    screen.keyboard.press("Control+Enter")
    expect(screen.get_by_text("Your note is kept.")).to_be_visible()
    assert Watcher.objects.filter(ticket__key="HAL-1", person=desk.csm).exists()
