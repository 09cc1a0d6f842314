"""A desk that has long been under contract, people who are signed in, and what their pages say."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from tests.factories import Desk, make_desk, make_ticket
from tickets.models import Ticket

BACKEND = "django.contrib.auth.backends.ModelBackend"
SignIn = Callable[[Person], Client]
#: Before every test's tickets, and not so long ago that hours have years of months to go through.
LATELY = date(2026, 3, 1)


@pytest.fixture
def desk(db: None) -> Desk:
    """A client under Total Care with reserved hours, and a person in every role."""
    return make_desk("HAL", starts_on=LATELY, hours_period="month", hours_per_period_minutes=1200)


@pytest.fixture
def other(desk: Desk) -> Desk:
    """Another client with people of its own, none of whom serve the first."""
    return make_desk("ORR", starts_on=LATELY)


@pytest.fixture
def sign_in() -> SignIn:
    """Sign somebody in; each gets a browser of their own."""

    def sign(person: Person) -> Client:
        browser = Client()
        browser.force_login(person, backend=BACKEND)
        assert BACKEND_SESSION_KEY in browser.session
        return browser

    return sign


@pytest.fixture
def engineer(desk: Desk, sign_in: SignIn) -> Client:
    """The browser of the engineer who serves the client."""
    return sign_in(desk.engineer)


@pytest.fixture
def lead(desk: Desk, sign_in: SignIn) -> Client:
    """The browser of the lead."""
    return sign_in(desk.lead)


@pytest.fixture
def ticket(desk: Desk) -> Ticket:
    """A ticket that the point of contact filed half an hour ago."""
    return make_ticket(desk.contract, requester=desk.poc, at=timezone.now() - timedelta(minutes=30))


def text_of(browser: Client, address: str, **headers: str) -> str:
    """What a page says; it must be there."""
    answer = browser.get(address, follow=True, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
