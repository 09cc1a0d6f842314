"""Service reviews at the success desk (P3): from the delivery to the minutes, and every number opens."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser

from proactive.models import Occurrence, Review, ReviewAction, State
from proactive.services import make_programmes
from tests.factories import Desk, moment
from tests.factories.reviews import draft_review, published_review
from tests.web.success.world import signed_in, text_of, worked_desk

MINUTES = {"held_on": "2026-04-01", "attendees": "Mara, Clement", "minutes": "We go **on**."}
TAKEN_ON = {"text": "Send the plan", "side": "provider", "owner": "Clement", "due_on": "2026-05-01"}


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with a month of work behind it, and a quarterly review."""
    desk = worked_desk()
    desk.contract.programme_counts = {"service-review": 4}
    desk.contract.save()
    make_programmes(at=moment("2026-01-01 09:00"), contract=desk.contract)
    return desk


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The success manager's."""
    return signed_in(desk.csm)


def test_it_is_prepared_from_its_delivery(desk: Desk, browser: Browser) -> None:
    owed = Occurrence.objects.filter(programme__service="service-review").earliest("id")
    period = {"from_on": "2026-03-01", "to_on": "2026-03-31"}
    answer = browser.post(f"/success/proactive/{owed.pk}/review/", period)
    assert answer["Location"] == f"/success/reviews/{Review.objects.get().pk}/"
    assert "publishing it" in text_of(browser, f"/success/proactive/{owed.pk}/")


def test_a_period_in_disorder_comes_back(desk: Desk, browser: Browser) -> None:
    owed = Occurrence.objects.filter(programme__service="service-review").earliest("id")
    period = {"from_on": "2026-03-31", "to_on": "2026-03-01"}
    assert browser.post(f"/success/proactive/{owed.pk}/review/", period).status_code == 422
    assert not Review.objects.exists()


def test_every_address_in_the_figures_opens(desk: Desk, browser: Browser) -> None:
    page = text_of(browser, f"/success/reviews/{draft_review(desk).pk}/")
    found = set(re.findall(r'<dd class="cd-tile__n"><a href="([^"]+)"', page))
    assert len(found) >= 5
    assert {browser.get(one.replace("&amp;", "&")).status_code for one in found} == {200}


def test_it_is_worked_out_anew_published_held_and_delivered(desk: Desk, browser: Browser) -> None:
    owed = Occurrence.objects.filter(programme__service="service-review").earliest("id")
    draft = draft_review(desk, occurrence=owed)
    where = f"/success/reviews/{draft.pk}/"
    browser.post(f"{where}again/")
    browser.post(f"{where}agenda/", {"title": "First quarter", "agenda": "1. Figures"})
    browser.post(f"{where}publish/")
    browser.post(f"{where}minutes/", MINUTES)
    browser.post(f"{where}actions/", TAKEN_ON)
    browser.post(f"/success/actions/{ReviewAction.objects.get().pk}/done/")
    page = text_of(browser, where)
    owed.refresh_from_db()
    assert owed.state == State.DELIVERED
    assert "<strong>on</strong>" in page
    assert "Send the plan" in page


def test_minutes_without_people_come_back_with_what_was_typed(desk: Desk, browser: Browser) -> None:
    made = published_review(desk)
    answer = browser.post(f"/success/reviews/{made.pk}/minutes/", {**MINUTES, "attendees": ""})
    assert answer.status_code == 422
    assert "We go **on**." in answer.content.decode()


def test_it_can_be_had_as_a_file(desk: Desk, browser: Browser) -> None:
    made = published_review(desk)
    first, second = (browser.get(f"/success/reviews/{made.pk}/pdf/").content for _ in range(2))
    assert first[:5] == b"%PDF-"
    assert first == second
