"""The style guide as people with all kinds of eyes and screens meet it."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.looking import SIDEWAYS, faults_on

pytestmark = [pytest.mark.urls("tests.web.styleguide_urls"), pytest.mark.looks]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "address", ["/styleguide/?side=staff", "/styleguide/?side=portal", "/accounts/login/"]
)
def test_axe_finds_nothing(
    chromium: Browser, live_server: LiveServer, address: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    page = chromium.new_page(base_url=live_server.url, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    faults = faults_on(page, address)
    page.close()
    assert faults == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1600])
def test_nothing_scrolls_sideways(chromium: Browser, live_server: LiveServer, width: int) -> None:
    page = chromium.new_page(base_url=live_server.url, viewport={"width": width, "height": 900})
    page.goto("/styleguide/")
    wide = page.evaluate(SIDEWAYS)
    page.close()
    assert wide <= 0


def test_the_bulk_bar_waits_for_a_pick(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/styleguide/")
    assert not page.locator("[data-cd-bulk]").is_visible()
    page.get_by_label("Select HAL-1", exact=True).check()
    assert page.locator("[data-cd-bulk-count]").inner_text() == "1 selected"
    page.close()


def test_the_composer_says_who_reads_a_note(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/styleguide/")
    page.locator("label[for=mode-note]").click()
    assert page.get_by_text("Only Fairlead staff can read this").is_visible()
    assert page.get_by_role("button", name="Add note").is_visible()
    page.close()


def test_a_question_opens_with_the_harmless_answer_in_focus(
    chromium: Browser, live_server: LiveServer
) -> None:
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/styleguide/")
    page.get_by_role("button", name="Merge…").click()
    assert page.evaluate("document.activeElement.textContent") == "Keep both"
    page.close()
