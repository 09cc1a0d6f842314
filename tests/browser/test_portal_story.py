"""The client's side of the main story in a real browser: filing on a phone, reading, answering, deciding."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client as Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from hours.services import grant_periods, log_time, request_overage
from tests.browser.looking import SIDEWAYS, faults_on
from tests.factories import Desk, actor_of, make_desk, make_environment, make_ticket, reply
from tickets.models import Ticket
from tickets.services import change_status

PHONE = {"width": 390, "height": 844}
PAGES = (
    "",
    "tickets/",
    "tickets/ACME-1/",
    "new/",
    "hours/",
    "plan/",
    "report/",
    "calendar/",
    "people/",
    "golden-rules/",
    "notices/",
    "profile/",
)


@pytest.fixture
def desk(live_server: LiveServer) -> Desk:
    """A client with hours and a system."""
    desk = make_desk(hours_period="month", hours_per_period_minutes=600)
    make_environment(desk.contract)
    grant_periods(at=timezone.now())
    return desk


def key_of(person: Person) -> str:
    """A session of that person."""
    session = Session()
    session.force_login(person)
    return session.cookies["caredesk"].value


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, desk: Desk) -> Iterator[Page]:
    """The member's phone, signed in; a script error or a breach of the policy fails the test."""
    context = chromium.new_context(base_url=live_server.url, viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    context.add_cookies([{"name": "caredesk", "value": key_of(desk.member), "url": live_server.url}])
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None
    )
    yield page
    context.close()
    assert faults == []


def test_a_ticket_is_filed_on_a_phone_in_few_touches(phone: Page) -> None:
    phone.goto("/p/acme/")
    phone.get_by_role("link", name=re.compile("^Incident")).click()
    phone.get_by_label("Subject").fill("Nobody can sign in")
    phone.locator("label.cd-choice", has_text="Critical").click()
    phone.get_by_label("Tell us what you need").fill("Since nine the page stays white.")
    phone.get_by_role("button", name="Send ticket").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nobody can sign in")
    expect(phone.get_by_text("You will hear from an engineer by")).to_be_visible()
    assert phone.evaluate(SIDEWAYS) <= 0
    assert Ticket.objects.get().urgency == "critical"


def test_the_answer_beside_the_form_follows_the_choices(phone: Page) -> None:
    phone.goto("/p/acme/new/")
    answer = phone.locator("#answer time")
    before = answer.first.get_attribute("datetime") or ""
    phone.locator("label.cd-choice", has_text="Critical").click()
    expect(answer.first).not_to_have_attribute("datetime", before)
    phone.get_by_label("Which service is it about?").select_option(label="Licensing and procurement")
    expect(phone.get_by_text("Not in your plan", exact=True)).to_be_visible()


def test_a_double_tap_files_one_ticket(phone: Page) -> None:
    phone.goto("/p/acme/new/")
    phone.get_by_label("Subject").fill("Nobody can sign in")
    phone.get_by_label("Tell us what you need").fill("White page.")
    phone.get_by_role("button", name="Send ticket").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nobody can sign in")
    assert Ticket.objects.count() == 1


def test_a_mistake_is_named_and_nothing_typed_is_lost(phone: Page) -> None:
    phone.goto("/p/acme/new/")
    phone.get_by_label("Tell us what you need").fill("White page.")
    phone.get_by_role("button", name="Send ticket").click()
    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_label("Tell us what you need")).to_have_value("White page.")
    assert phone.title().startswith("Error: ")


def test_what_is_typed_is_kept_while_one_is_away(phone: Page) -> None:
    phone.goto("/p/acme/new/")
    phone.get_by_label("Tell us what you need").fill("Half a thought")
    with phone.expect_response("**/new/draft/"):
        phone.get_by_label("Subject").focus()
    phone.goto("/p/acme/new/")
    expect(phone.get_by_label("Tell us what you need")).to_have_value("Half a thought")


def test_the_talk_goes_on_until_it_is_solved(phone: Page, desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, at=timezone.now())
    reply(ticket, desk.engineer, "Which board is it?", at=timezone.now())
    phone.goto("/p/acme/tickets/ACME-1/")
    phone.get_by_label("Your message").fill("The one of operations.")
    phone.get_by_role("button", name="Send reply").click()
    expect(phone.locator(".cd-msg__body", has_text="The one of operations.")).to_be_visible()
    for to, summary in (("in_progress", ""), ("resolved", "The filter was repaired.")):
        change_status(actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, to=to, summary=summary)
    phone.reload()
    phone.get_by_role("button", name="Yes, close the ticket").click()
    expect(phone.get_by_role("heading", name="Closed")).to_be_visible()


def test_more_hours_are_approved_from_the_first_page(page: Page, live_server: LiveServer, desk: Desk) -> None:
    ticket = make_ticket(desk.contract, requester=desk.member, at=timezone.now())
    request_overage(
        actor=actor_of(desk.engineer), at=timezone.now(), ticket=ticket, minutes=210, text="The move."
    )
    page.context.add_cookies([{"name": "caredesk", "value": key_of(desk.poc), "url": live_server.url}])
    page.goto("/p/acme/")
    page.get_by_role("link", name=re.compile("Decide.*Approve 3:30")).click()
    page.get_by_role("button", name=f"Approve the hours for {ticket.key}").click()
    expect(page.get_by_text("Approved; the work goes on.")).to_be_visible()
    expect(page.get_by_role("heading", name="Approve 3:30 beyond your hours?")).to_have_count(0)


@pytest.mark.looks
def test_axe_finds_nothing_and_nothing_is_cut_off(
    chromium: Browser, live_server: LiveServer, desk: Desk
) -> None:
    _history(desk)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "caredesk", "value": key_of(desk.poc), "url": live_server.url}])
    faults = faults_on(context.new_page(), *(f"/p/acme/{address}" for address in PAGES))
    context.close()
    assert faults == []


def _history(desk: Desk) -> None:
    """Something on every page: a talk, logged time, a question."""
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.member, at=now)
    reply(ticket, desk.engineer, "Which *board*?", at=now)
    log_time(
        actor=actor_of(desk.engineer), at=now, ticket=ticket, minutes=20, worked_on=now.date(), note="Read"
    )
    request_overage(actor=actor_of(desk.engineer), at=now, ticket=ticket, minutes=210, text="The move.")
