"""Licences and talks with makers at the success desk (P4, P7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from proactive.models import LicenceLine, LicenceReview, Occurrence, VendorRequest
from proactive.services import make_programmes
from tests.factories import Desk, make_desk
from tests.web.success.world import signed_in, text_of

TODAY = timezone.now().date()
MATTER = {"topic": "quote", "vendor": "Maker", "subject": "500 licences"}


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, with its programmes made."""
    desk = make_desk()
    make_programmes(at=timezone.now(), contract=desk.contract)
    return desk


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The success manager's."""
    return signed_in(desk.csm)


def test_licences_are_counted_and_published(desk: Desk, browser: Browser) -> None:
    owed = Occurrence.objects.filter(programme__kind="licence_optimisation").latest("id")
    renewal = (TODAY + timedelta(days=200)).isoformat()
    browser.post(f"/success/proactive/{owed.pk}/licences/", {"renewal_on": renewal})
    where = f"/success/licences/{LicenceReview.objects.get().pk}/"
    count = {"product": "Jira", "entitled": 500, "used": 420, "active": 380}
    assert browser.post(f"{where}count/", {**count, "active": 421}).status_code == 422
    browser.post(f"{where}count/", count)
    browser.post(f"{where}publish/", {"summary": "Take some back."})
    assert LicenceLine.objects.get().forecast == 420
    assert "Published" in text_of(browser, where)


def test_a_matter_is_taken_up_followed_quoted_and_closed(desk: Desk, browser: Browser) -> None:
    browser.post(f"/success/vendors/new/{desk.contract.pk}/", MATTER)
    one = VendorRequest.objects.get()
    where, day = f"/success/vendors/{one.pk}/", (TODAY + timedelta(days=5)).isoformat()
    browser.post(f"{where}follow-up/", {"note": "Written to them.", "follow_up_on": day, "reference": "M-1"})
    browser.post(f"{where}quote/", {"amount": "1234.50", "currency": "EUR", "valid_until": day})
    page = text_of(browser, where)
    assert "€1,234.50" in page
    assert "M-1" in page
    browser.post(f"{where}close/", {"outcome": "Bought."})
    one.refresh_from_db()
    assert one.closed_at is not None


def test_what_is_late_stands_first_in_the_list_and_on_the_calendar_page(desk: Desk, browser: Browser) -> None:
    browser.post(f"/success/vendors/new/{desk.contract.pk}/", MATTER)
    VendorRequest.objects.update(follow_up_on=TODAY - timedelta(days=3))
    assert "To be asked again" in text_of(browser, "/success/vendors/")
    assert "500 licences" in text_of(browser, "/success/proactive/")
