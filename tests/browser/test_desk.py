"""The desk in a real browser: by keyboard, without script, on a phone, and for all kinds of eyes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client as Session
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from escalation.models import Tier
from escalation.services import raise_escalation
from hours.services import grant_periods, log_time, start_timer
from tests.browser.looking import faults_on
from tests.factories import Desk, actor_of, make_desk, make_ticket, reply
from tickets.models import Draft, Ticket
from tickets.services import post_message

PAGES = (
    "", "tickets/HAL-1/", "tickets/HAL-1/assign/", "tickets/HAL-1/status/", "tickets/HAL-1/status/resolved/",
    "tickets/HAL-1/details/", "tickets/HAL-1/call/", "tickets/HAL-1/more/", "search/?q=board", "new/",
    "new/?client=hal", "escalations/", "timesheet/", "notices/", "profile/",
)  # fmt: skip


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    """A client with hours, three tickets, and a first one on which much has happened."""
    now = timezone.now()
    lately = now.date() - timedelta(days=60)
    desk = make_desk("HAL", starts_on=lately, hours_period="month", hours_per_period_minutes=1200)
    grant_periods(at=now)
    first, _, _ = (
        make_ticket(desk.contract, requester=desk.poc, at=now - timedelta(minutes=n)) for n in (30, 20, 10)
    )
    Tier.objects.create(
        client=desk.client, contract=desk.contract, level=1, label="Lead", acknowledge_seconds=3600
    )
    by = actor_of(desk.engineer)
    raise_escalation(actor=actor_of(desk.poc), at=now, ticket=first, ground="late_response")
    reply(first, desk.engineer, "We look into it.", at=now)
    post_message(actor=by, at=now, ticket=first, body="Mind rule four.", visibility="internal")
    log_time(actor=by, at=now, ticket=first, minutes=20, worked_on=now.date(), note="Read the logs")
    start_timer(actor=by, at=now - timedelta(minutes=22), ticket=first)
    return desk


def signed_in(
    chromium: Browser, live_server: LiveServer, person: Person, **options: object
) -> BrowserContext:
    """A browser of that person's own, signed in."""
    context = chromium.new_context(
        base_url=live_server.url,
        reduced_motion="reduce",
        timezone_id="UTC",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    session = Session()
    session.force_login(person)
    kept = session.cookies["caredesk"].value
    context.add_cookies([{"name": "caredesk", "value": kept, "url": live_server.url}])
    return context


@pytest.fixture
def screen(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The engineer's wide screen; a script error fails the test."""
    context = signed_in(chromium, live_server, desk.engineer, viewport={"width": 1440, "height": 900})
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def scriptless(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The engineer's browser, in which no script runs."""
    context = signed_in(chromium, live_server, desk.engineer, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.looks
def test_axe_finds_nothing_and_nothing_scrolls_sideways(screen: Page) -> None:
    assert faults_on(screen, *(f"/desk/{address}" for address in PAGES)) == []


def test_the_queue_is_walked_and_opened_by_keys(screen: Page) -> None:
    screen.goto("/desk/")
    screen.keyboard.press("j")
    screen.keyboard.press("j")
    expect(screen.locator("tr.is-cursor .cd-key")).to_have_count(1)
    screen.keyboard.press("k")
    key = screen.locator("tr.is-cursor .cd-key").inner_text()
    screen.keyboard.press("Enter")
    screen.wait_for_url(f"**/desk/tickets/{key}/")


def test_rows_are_picked_and_acted_on_by_keys(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/")
    for key in ("j", "x", "j", "x"):
        screen.keyboard.press(key)
    expect(screen.locator("[data-cd-bulk-count]")).to_have_text("2 selected")
    screen.keyboard.press("a")
    expect(screen.get_by_role("heading", name="Who owns them?")).to_be_visible()
    screen.get_by_role("button", name="Assign").click()
    expect(screen.get_by_role("heading", name="2 done")).to_be_visible()
    assert Ticket.objects.filter(assignee=desk.engineer).count() == 2


def test_a_refreshed_queue_keeps_cursor_and_picks(screen: Page) -> None:
    screen.goto("/desk/")
    for key in ("j", "j", "x"):
        screen.keyboard.press(key)
    picked = screen.locator("tr.is-picked .cd-key").inner_text()
    refresh = "htmx.ajax('GET', document.querySelector('[data-cd-refresh]').getAttribute('hx-get'), '#queue')"
    with screen.expect_response("**/desk/?rows=50"):
        screen.evaluate(f"{refresh}; 0")
    expect(screen.locator("tr.is-picked .cd-key")).to_have_text(picked)
    expect(screen.locator("tr.is-cursor .cd-key")).to_have_text(picked)
    expect(screen.locator("[data-cd-bulk-count]")).to_have_text("1 selected")


def test_more_rows_are_appended_below_their_heading(
    screen: Page, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.desk.queue.PAGE", 2)
    screen.goto("/desk/")
    expect(screen.locator("[data-cd-row]")).to_have_count(2)
    screen.get_by_role("link", name="Load 50 more").click()
    expect(screen.locator("[data-cd-row]")).to_have_count(3)
    expect(screen.get_by_role("link", name="Load 50 more")).to_have_count(0)
    titles = screen.locator("tr.cd-group th").all_inner_texts()
    assert len(titles) == len(set(titles))


def test_an_act_opens_on_the_ticket_with_the_cursor_in_it(screen: Page, desk: Desk) -> None:
    screen.goto("/desk/tickets/HAL-2/")
    screen.keyboard.press("a")
    expect(screen.get_by_role("heading", name="Who owns it?")).to_be_visible()
    screen.wait_for_function("document.activeElement.name === 'assignee'")
    screen.get_by_role("button", name="Assign").click()
    expect(screen.get_by_text("HAL-2 has a new owner.")).to_be_visible()
    screen.keyboard.press("s")
    screen.get_by_role("link", name="Mark it solved").first.click()
    screen.locator("#act").get_by_label("What was done").fill("The disk is bigger.")
    screen.get_by_role("button", name="Send summary and solve").click()
    expect(screen.locator("ol.cd-thread")).to_contain_text("The disk is bigger.")
    assert Ticket.objects.get(key="HAL-2").status == "resolved"


def test_a_note_is_written_by_keys_alone_and_looks_like_none_other(screen: Page) -> None:
    screen.goto("/desk/tickets/HAL-2/")
    screen.keyboard.press("n")
    expect(screen.get_by_text("Only our staff can read this")).to_be_visible()
    screen.locator("#composer-body").fill("Same as last month.")
    screen.keyboard.press("Control+Enter")
    expect(screen.locator("article.cd-msg--note")).to_contain_text("Same as last month.")


def test_what_is_typed_is_kept_on_leaving_the_field(screen: Page) -> None:
    screen.goto("/desk/tickets/HAL-2/")
    screen.locator("#composer-body").fill("Half a thought")
    with screen.expect_response("**/draft/"):
        screen.locator("h1").click()
    assert Draft.objects.get().body == "Half a thought"
    screen.reload()
    expect(screen.locator("#composer-body")).to_have_value("Half a thought")


def test_the_timer_counts_on_and_is_stopped_by_its_key(screen: Page) -> None:
    screen.goto("/desk/tickets/HAL-1/")
    before = screen.locator(".cd-timer__face").inner_text()
    expect(screen.locator(".cd-timer__face")).not_to_have_text(before)
    screen.get_by_label("What you are doing").fill("Publish the workflow")
    screen.locator("h1").click()
    screen.keyboard.press("t")
    expect(screen.locator("#timer")).to_contain_text("Publish the workflow")
    expect(screen.locator("#timer")).to_contain_text("1:00 billed")


def test_the_timesheet_is_walked_by_arrows_and_filled_by_numbers(screen: Page) -> None:
    screen.goto("/desk/timesheet/")
    note = screen.get_by_label("HAL-1, what was done, or why it is less")
    note.fill("Published the workflow")
    screen.locator("tr", has=note).locator("input.cd-cell-in:enabled").first.focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.type(".5")
    screen.keyboard.press("Enter")
    expect(screen.locator("body")).to_contain_text("1 entry, 0:30 logged.")


def test_single_keys_rest_where_they_are_turned_off(screen: Page) -> None:
    screen.goto("/desk/profile/")
    screen.get_by_role("button", name="Turn them off").click()
    screen.goto("/desk/tickets/HAL-2/")
    screen.keyboard.press("a")
    expect(screen.locator("#act")).to_be_empty()


def test_everything_needed_works_without_script(scriptless: Page, desk: Desk) -> None:
    page = scriptless
    page.goto("/desk/tickets/HAL-2/")
    page.get_by_role("link", name="Owner: no owner, assign").click()
    page.get_by_role("button", name="Assign").click()
    page.locator("#composer-body").fill("We look into it.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("ol.cd-thread")).to_contain_text("We look into it.")
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Tags").click()
    page.get_by_role("textbox", name="Tags").fill("disk")
    page.get_by_role("button", name="Save tags").click()
    page.get_by_role("button", name="Start timer").click()
    expect(page.get_by_role("button", name="Stop and log")).to_be_visible()
    found = Ticket.objects.get(key="HAL-2")
    assert (found.assignee, found.tags) == (desk.engineer, ["disk"])


def test_the_form_of_a_call_answers_while_it_is_filled_in(screen: Page) -> None:
    screen.goto("/desk/new/?client=hal")
    expect(screen.locator("#answer")).to_contain_text("No clock runs.")
    screen.get_by_label("How it reached us").select_option("chat")
    screen.get_by_label("How it reached us").select_option("phone")
    screen.get_by_role("radio", name="Critical").check()
    screen.get_by_label("Subject").fill("Nobody can print")
    screen.get_by_label("What they need").fill("Since nine nobody can print.")
    screen.get_by_role("button", name="File ticket").click()
    expect(screen.get_by_role("heading", name="Nobody can print")).to_be_visible()
