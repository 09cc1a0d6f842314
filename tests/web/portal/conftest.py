"""What tests of the portal start from: two clients apart from each other, and people at their doors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from hours.services import grant_periods
from tests.factories import Desk, make_desk

RESERVED = 600


@dataclass(frozen=True, kw_only=True)
class Door:
    """One person, signed in, at one client's portal."""

    person: Person
    slug: str
    browser: Browser

    def address(self, name: str, **where: object) -> str:
        """The address of a page of this client's portal."""
        return reverse(f"portal:{name}", kwargs={"client": self.slug, **where})

    def get(self, name: str, query: str = "", **where: object) -> HttpResponse:
        """Visit a page."""
        return cast("HttpResponse", self.browser.get(self.address(name, **where) + query))

    def post(self, name: str, typed: Mapping[str, Any] | None = None, **where: object) -> HttpResponse:
        """Send a form."""
        return cast("HttpResponse", self.browser.post(self.address(name, **where), dict(typed or {})))

    def page(self, name: str, query: str = "", **where: object) -> str:
        """What a page says, which must be there."""
        reply = self.get(name, query, **where)
        assert reply.status_code == 200, reply.status_code
        return reply.content.decode()


EnterAs = Callable[..., Door]


@pytest.fixture
def desk(db: None) -> Desk:
    """The client whose portal is tested, with reserved hours since the month began."""
    return make_hours_desk("ACME")


@pytest.fixture
def other(db: None) -> Desk:
    """Another client, which must never show."""
    return make_hours_desk("ORCA")


@pytest.fixture
def enter(desk: Desk) -> EnterAs:
    """Let a person in: by role at the client, or somebody else at an address of choice."""

    def as_(role: str = "poc", *, person: Person | None = None, slug: str = "") -> Door:
        who = person or desk.person(role)
        browser = Browser()
        browser.force_login(who)
        return Door(person=who, slug=slug or desk.client.slug, browser=browser)

    return as_


def make_hours_desk(key: str) -> Desk:
    """A desk on Total Care with ten reserved hours a month."""
    desk = make_desk(key, hours_period="month", hours_per_period_minutes=RESERVED)
    grant_periods(at=timezone.now())
    return desk
