"""Events and insights in the portal (P5, P6): a seat taken and given back, own products first."""

from __future__ import annotations

import pytest
from django.test import Client as Browser
from django.utils import timezone
from icalendar import Calendar

from proactive.models import Registration, Webinar
from proactive.services import ItemWords
from tests.factories import Desk, make_environment
from tests.factories.mailings import announced_webinar, mail_desk, sent_insight
from tests.web.success.world import signed_in, text_of


@pytest.fixture
def desk(db: None) -> Desk:
    """A client that runs Jira."""
    desk = mail_desk()
    make_environment(desk.contract, product="Jira")
    return desk


@pytest.fixture
def webinar(desk: Desk) -> Webinar:
    """An event in ten days."""
    return announced_webinar(desk, at=timezone.now())


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The member's."""
    return signed_in(desk.member)


def test_the_address_is_for_who_registered(webinar: Webinar, browser: Browser) -> None:
    where = f"/p/acme/events/{webinar.pk}/"
    assert "meet.example" not in text_of(browser, where)
    browser.post(where, {"answer": "come"})
    assert "https://meet.example/room" in text_of(browser, where)
    assert "You come" in text_of(browser, "/p/acme/events/")
    browser.post(where, {"answer": "leave"})
    assert not Registration.objects.filter(withdrawn_at__isnull=True).exists()


def test_the_file_is_one_that_calendars_read(webinar: Webinar, browser: Browser) -> None:
    answer = browser.get(f"/p/acme/events/{webinar.pk}/event.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == webinar.ends_at - webinar.starts_at
    assert "LOCATION" not in event


def test_a_full_event_says_so(desk: Desk, browser: Browser) -> None:
    webinar = announced_webinar(desk, at=timezone.now(), seats=1)
    signed_in(desk.poc).post(f"/p/acme/events/{webinar.pk}/", {"answer": "come"})
    assert "Every seat is taken" in text_of(browser, f"/p/acme/events/{webinar.pk}/")
    assert browser.post(f"/p/acme/events/{webinar.pk}/", {"answer": "come"}).status_code == 409


def test_an_insight_reads_with_own_products_first(desk: Desk, browser: Browser) -> None:
    items = [
        ItemWords(topic="news", title=f"On {name}", body="x", product=name) for name in ("Bamboo", "Jira")
    ]
    mailing = sent_insight(desk, *items)
    page = text_of(browser, f"/p/acme/insights/{mailing.pk}/")
    assert page.index("On Jira") < page.index("On Bamboo")
    assert mailing.title in text_of(browser, "/p/acme/events/")
