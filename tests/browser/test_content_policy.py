"""The strict content policy holds in a real browser, and the pages need no more than it gives."""

from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

PLANTED = (
    "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
)


def test_the_sign_in_page_loads_its_style_from_here(page: Page) -> None:
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda reply: failed.append(reply.url) if reply.status >= 400 else None)
    page.goto("/accounts/login/", wait_until="networkidle")
    assert [url for url in failed if not url.endswith("/favicon.ico")] == []
    assert page.evaluate("document.styleSheets.length") > 0


def test_a_script_written_into_the_page_does_not_run(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/accounts/login/")
    page.evaluate(PLANTED)
    assert page.evaluate("window.ran") is None
    page.close()
