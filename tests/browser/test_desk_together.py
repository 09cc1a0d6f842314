"""Finding, jumping, and working on tickets together, in a real browser."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import faults_of, faults_on
from tests.browser.test_desk import signed_in
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tickets.models import Ticket
from tickets.services import note_presence, post_message, save_canned_reply, save_view

PAGES = (
    "search/?q=turbine", "jump/?q=board", "?keep=1&columns=kind&columns=opened", "views/",
    "views/save/?rank=1",
    "narrow/?by=client", "texts/", "texts/new/", "tickets/HAL-1/texts/", "tickets/HAL-1/",
)  # fmt: skip


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    """A client with two tickets, a view, a text, and a note among what is said."""
    desk = make_desk("HAL", starts_on=date(2020, 1, 1))
    now = timezone.now()
    first, _ = (
        make_ticket(desk.contract, requester=desk.poc, at=now - timedelta(minutes=n)) for n in (30, 20)
    )
    by = actor_of(desk.engineer)
    reply(first, desk.engineer, "The turbine was oiled.", at=now)
    post_message(actor=by, at=now, ticket=first, body="Mind rule four.", visibility="internal")
    save_view(actor=by, name="Grave ones", query="rank=1")
    save_canned_reply(actor=by, at=now, title="Thanks", body="Thank you, {{requester}}.")
    return desk


@pytest.fixture
def screen(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The engineer's wide screen; a script error fails the test."""
    context = signed_in(chromium, live_server, desk.engineer, viewport={"width": 1440, "height": 900})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


@pytest.mark.looks
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chromium: Browser, live_server: LiveServer, desk: Desk, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    context = signed_in(chromium, live_server, desk.engineer, viewport=size, color_scheme=scheme)
    note_presence(actor=actor_of(desk.lead), at=timezone.now(), ticket=Ticket.objects.get(key="HAL-1"))
    faults = faults_on(context.new_page(), *(f"/desk/{address}" for address in PAGES))
    context.close()
    assert faults == []


def test_a_few_letters_lead_to_a_ticket_by_keys_alone(screen: Page) -> None:
    screen.goto("/desk/timesheet/")
    screen.keyboard.press("Control+k")
    expect(screen.locator("#jump-q")).to_be_focused()
    expect(screen.locator("#jump-targets [data-cd-target]").first).to_contain_text("Queue")
    screen.keyboard.type("turbine")
    expect(screen.locator("#jump-targets [data-cd-target]")).to_have_count(1)
    assert faults_of(screen) == []
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/desk/tickets/HAL-1/")
    screen.keyboard.press("Control+k")
    screen.keyboard.press("Escape")
    expect(screen.locator("#jump")).to_be_hidden()


def test_a_menu_of_filters_fetches_its_choices(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/")
    screen.get_by_role("button", name="Client").click()
    screen.get_by_role("link", name=desk.client.name).click()
    screen.wait_for_url("**/desk/?client=hal")


def test_a_queue_in_use_is_not_redrawn_and_one_at_rest_is(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/")
    changed = "htmx.trigger(document.body, 'cd-queue-changed'); 0"
    make_ticket(desk.contract, requester=desk.poc, subject="Just filed")
    screen.locator("[data-cd-pick]").first.check()
    screen.evaluate(changed)
    screen.wait_for_timeout(500)
    expect(screen.get_by_text("Just filed")).to_have_count(0)
    screen.keyboard.press("Escape")
    screen.evaluate(changed)
    expect(screen.get_by_text("Just filed")).to_be_visible()


def test_a_text_goes_in_at_the_cursor_by_keys(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/tickets/HAL-1/")
    screen.keyboard.press("i")
    expect(screen.get_by_role("button", name="Thanks")).to_be_focused()
    screen.keyboard.press("Enter")
    name = desk.poc.name.partition(" ")[0]
    expect(screen.locator("#composer-body")).to_have_value(f"Thank you, {name}.")


def test_a_quoted_note_turns_the_composer_into_a_note(screen: Page) -> None:
    screen.goto("/desk/tickets/HAL-1/")
    screen.locator(".cd-msg--note").get_by_role("link", name="Quote").click()
    expect(screen.locator("#mode-note")).to_be_checked()
    assert "> Mind rule four." in screen.locator("#composer-body").input_value()


def test_a_preview_shows_what_is_written_and_keeps_it(screen: Page) -> None:
    screen.goto("/desk/tickets/HAL-1/")
    screen.locator("#composer-body").fill("Some **bold** words")
    screen.get_by_role("button", name="Preview").click()
    expect(screen.locator("#preview strong")).to_have_text("bold")
    expect(screen.locator("#composer-body")).to_have_value("Some **bold** words")


def test_the_page_says_who_else_is_there(screen: Page, desk: Desk) -> None:
    note_presence(actor=actor_of(desk.lead), at=timezone.now(), ticket=Ticket.objects.get(key="HAL-1"))
    screen.goto("/desk/tickets/HAL-1/")
    expect(screen.locator("#presence")).to_contain_text(f"{desk.lead.name} has this ticket open.")
