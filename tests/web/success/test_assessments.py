"""Health assessments at the success desk, from the delivery to the ticket (P2)."""

from __future__ import annotations

import pytest
from django.test import Client as Browser

from proactive.models import Assessment, Check, Finding, Occurrence, State
from proactive.services import make_programmes
from tests.factories import MONDAY, Desk, make_desk, make_environment
from tests.factories.papers import draft_assessment, published_assessment
from tests.web.success.world import signed_in, text_of

TYPED = {
    "title": "Old index",
    "severity": "high",
    "detail": "Searches **miss** things.",
    "recommendation": "Build it anew.",
}


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Premier with its programmes made."""
    desk = make_desk(plan="premier-support")
    make_programmes(at=MONDAY, contract=desk.contract)
    return desk


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The success manager's."""
    return signed_in(desk.csm)


@pytest.fixture
def owed(desk: Desk) -> Occurrence:
    """The health check of the onboarding."""
    return Occurrence.objects.get(programme__contract=desk.contract, is_initial=True)


def test_it_is_begun_from_its_delivery(desk: Desk, owed: Occurrence, browser: Browser) -> None:
    environment = make_environment(desk.contract)
    assert "Begin it" in text_of(browser, f"/success/proactive/{owed.pk}/")
    answer = browser.post(f"/success/proactive/{owed.pk}/assessment/", {"environments": [environment.pk]})
    made = Assessment.objects.get()
    assert answer["Location"] == f"/success/assessments/{made.pk}/"
    assert "A draft; publishing it delivers this." in text_of(browser, f"/success/proactive/{owed.pk}/")


def test_without_an_environment_nothing_is_begun(owed: Occurrence, browser: Browser) -> None:
    assert browser.post(f"/success/proactive/{owed.pk}/assessment/", {}).status_code == 422
    assert not Assessment.objects.exists()


def test_points_are_filled_in_environment_by_environment(desk: Desk, browser: Browser) -> None:
    draft = draft_assessment(desk, looked_at=False)
    place = draft.places.get()
    check = Check.objects.filter(place=place).earliest("position")
    where = f"/success/assessments/{draft.pk}/checks/{place.pk}/"
    browser.post(where, {f"outcome-{check.pk}": "finding", f"note-{check.pk}": "Four hundred fields."})
    check.refresh_from_db()
    assert (check.outcome, check.note) == ("finding", "Four hundred fields.")
    assert "Four hundred fields." in text_of(browser, f"/success/assessments/{draft.pk}/")


def test_a_finding_is_added_written_anew_and_taken_out(desk: Desk, browser: Browser) -> None:
    draft = draft_assessment(desk)
    browser.post(f"/success/assessments/{draft.pk}/findings/", TYPED)
    finding = Finding.objects.get()
    browser.post(f"/success/findings/{finding.pk}/", {**TYPED, "title": "Index of March"})
    assert "Index of March" in text_of(browser, f"/success/assessments/{draft.pk}/")
    browser.post(f"/success/findings/{finding.pk}/remove/")
    assert not Finding.objects.exists()


def test_a_finding_without_advice_comes_back_with_what_was_typed(desk: Desk, browser: Browser) -> None:
    draft = draft_assessment(desk)
    answer = browser.post(f"/success/assessments/{draft.pk}/findings/", {**TYPED, "recommendation": ""})
    assert (answer.status_code, Finding.objects.count()) == (422, 0)
    assert "Searches **miss** things." in answer.content.decode()


def test_publishing_too_early_says_what_is_missing(desk: Desk, browser: Browser) -> None:
    draft = draft_assessment(desk, looked_at=False)
    answer = browser.post(f"/success/assessments/{draft.pk}/publish/")
    assert answer.status_code == 409
    assert "not looked at yet" in answer.content.decode()


def test_it_is_published_printed_and_made_a_ticket(desk: Desk, browser: Browser) -> None:
    made, finding = published_assessment(desk)
    page = text_of(browser, f"/success/assessments/{made.pk}/")
    assert "Make a ticket" in page
    assert "Publish it" not in page
    browser.post(f"/success/findings/{finding.pk}/ticket/")
    finding.refresh_from_db()
    assert finding.ticket is not None
    assert finding.ticket.key in text_of(browser, f"/success/assessments/{made.pk}/")
    assert browser.get(f"/success/assessments/{made.pk}/pdf/").content[:5] == b"%PDF-"


def test_what_was_put_right_is_noted(desk: Desk, browser: Browser) -> None:
    made, finding = published_assessment(desk)
    browser.post(f"/success/findings/{finding.pk}/settled/", {"note": "Built anew on Sunday."})
    assert "Built anew on Sunday." in text_of(browser, f"/success/assessments/{made.pk}/")


def test_an_account_executive_reads_and_writes_nothing(desk: Desk) -> None:
    draft = draft_assessment(desk)
    browser = signed_in(desk.account_executive)
    assert "Add a finding" not in text_of(browser, f"/success/assessments/{draft.pk}/")
    assert browser.post(f"/success/assessments/{draft.pk}/findings/", TYPED).status_code == 403


def test_delivering_it_shows_on_the_delivery(desk: Desk, owed: Occurrence, browser: Browser) -> None:
    published_assessment(desk, occurrence=owed)
    owed.refresh_from_db()
    assert owed.state == State.DELIVERED
    assert "The client reads it." in text_of(browser, f"/success/proactive/{owed.pk}/")
