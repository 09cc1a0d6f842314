"""The main story in a browser: a client files, an engineer answers and logs, a manager looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.story import let_the_worker_run, sign_in, signed_in
from tests.flows.story import Cast, cast_for
from tickets.models import Attachment, Message, Ticket


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A client on Total Care, its point of contact, an engineer and the success manager."""
    cast = cast_for("total-care")
    let_the_worker_run()
    return cast


def file_a_ticket(page: Page, log: Path) -> None:
    """Fill in the form as a point of contact does, and send it with a log file."""
    page.get_by_role("link", name="New ticket").first.click()
    page.get_by_role("radio", name="Critical").check()
    page.get_by_label("Subject").fill("Nobody can sign in")
    page.get_by_label("Tell us what you need").fill("Since nine o'clock everybody sees an error page.")
    page.set_input_files("input[type=file]", log)
    page.get_by_role("button", name="Send ticket").locator("visible=true").click()
    page.wait_for_url("**/tickets/HALD-1/")


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """A log file to attach."""
    path = tmp_path / "server.log"
    path.write_text("09:00:01 ERROR no route to the directory\n")
    return path


def test_the_main_story(
    page: Page,
    chromium: Browser,
    live_server: LiveServer,
    cast: Cast,
    log_file: Path,
    mailoutbox: list[EmailMessage],
) -> None:
    sign_in(page, cast.poc)
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    page.goto("/p/hald/new/")
    expect(page.locator("#answer")).to_contain_text("An engineer will answer by")
    file_a_ticket(page, log_file)
    let_the_worker_run()

    assert Attachment.objects.get(message__ticket__key="HALD-1").name == "server.log"
    assert {mail.to[0] for mail in mailoutbox} == {cast.poc.email, cast.engineer.email}

    with signed_in(chromium, live_server, cast.engineer) as desk:
        answer_and_log(desk)
    let_the_worker_run()

    page.reload()
    expect(page.locator("main")).to_contain_text("We are on it")
    assert "Sesame" not in page.content()
    page.goto("/p/hald/hours/")
    expect(page.locator("main")).to_contain_text("19:30")
    expect(page.locator("main")).to_contain_text("Looked at the proxy")

    page.goto("/p/hald/tickets/HALD-1/")
    expect(page.locator("main")).to_contain_text("The proxy was restarted.")
    page.get_by_role("button", name="Yes, close the ticket").click()
    expect(page.get_by_role("heading", name="Closed")).to_be_visible()
    assert Ticket.objects.get(key="HALD-1").status == "closed"

    with signed_in(chromium, live_server, cast.csm) as success:
        expect(success.locator("main")).to_contain_text("Hald Ltd")
        expect(success.locator("main")).to_contain_text("19:30 left")


def answer_and_log(desk: Page) -> None:
    """What the engineer does: take it, note, reply, log twenty minutes, solve."""
    expect(desk.locator("table")).to_contain_text("Nobody can sign in")
    desk.get_by_role("link", name="Nobody can sign in").click()
    desk.get_by_role("button", name="Take it").click()
    write(desk, "Sesame: the directory moved.", note=True)
    write(desk, "We are on it and write again soon.", note=False)
    expect(desk.locator("main")).to_contain_text("Met")
    desk.get_by_text("Log time without the timer").click()
    entry = desk.locator("#timer details form").first
    entry.locator("input[name=minutes]").fill("20m")
    entry.get_by_label("What was done").fill("Looked at the proxy")
    entry.get_by_role("button", name=re.compile("Log")).click()
    expect(desk.locator("#timer")).to_contain_text("0:30 billed")
    desk.goto("/desk/tickets/HALD-1/status/resolved/")
    desk.locator("main textarea").first.fill("The proxy was restarted.")
    desk.get_by_role("button", name="Send summary and solve").click()
    expect(desk.locator("main")).to_contain_text("The proxy was restarted.")


def write(desk: Page, words: str, *, note: bool) -> None:
    """Write a note or a reply, and wait until it stands in the conversation."""
    desk.get_by_text("Internal note" if note else "Public reply", exact=False).first.click()
    desk.locator("#composer-body").fill(words)
    desk.get_by_role("button", name="Add note" if note else "Send reply").click()
    expect(desk.locator("ol.cd-thread")).to_contain_text(words)


def test_a_double_click_on_send_files_one_ticket(page: Page, cast: Cast, log_file: Path) -> None:
    sign_in(page, cast.poc)
    page.goto("/p/hald/new/")
    page.get_by_label("Subject").fill("Once")
    page.get_by_label("Tell us what you need").fill("Only once, please.")

    page.get_by_role("button", name="Send ticket").locator("visible=true").dblclick()
    page.wait_for_url("**/tickets/HALD-1/")

    assert Ticket.objects.count() == 1
    assert Message.objects.count() == 1
