"""What the browser tests of the main story share: people who sign in, and the worker's turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from events.queries import database_now
from hours.services import grant_periods
from notify.services import deliver_due, dispatch
from slo.services import sweep_due
from tests.factories.people import PASSWORD


def sign_in(page: Page, person: Person) -> None:
    """Sign in as that person by e-mail and password."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)


@contextmanager
def signed_in(chromium: Browser, live_server: LiveServer, person: Person) -> Iterator[Page]:
    """A browser of their own for another person of the story."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, person)
    yield page
    context.close()


def let_the_worker_run() -> None:
    """One turn of the sweeps, as the worker would take it now."""
    at = database_now()
    grant_periods(at=at)
    sweep_due(at=at)
    dispatch(at=at)
    deliver_due(at=at)
