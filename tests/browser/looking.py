"""What axe and a ruler find on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

Fault = tuple[str, str, str]


def faults_of(page: Page) -> list[Fault]:
    """What is wrong with the page as it stands: where, by which rule, at which element."""
    found = Axe().run(page, options=RULES).response["violations"]
    faults = [(page.url, str(fault["id"]), str(fault["nodes"][0]["html"])[:200]) for fault in found]
    return [*faults, (page.url, "scrolls sideways", "")] if page.evaluate(SIDEWAYS) > 0 else faults


def faults_on(page: Page, *addresses: str) -> list[Fault]:
    """Open each address and gather what is wrong there, so that all of it is told together."""
    faults = []
    for address in addresses:
        page.goto(address)
        faults += faults_of(page)
    return faults
