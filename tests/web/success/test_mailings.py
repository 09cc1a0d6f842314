"""Insights and events at the success desk (P5, P6): composed, seen, sent, and what became of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from events.models import Record
from notify.services import dispatch
from proactive.models import Mailing, MailingItem, Registration, Webinar
from proactive.services import register
from tests.factories import Desk, actor_of
from tests.factories.mailings import announced_webinar, mail_desk, post_all, sent_insight
from tests.web.success.world import signed_in, text_of

ITEM = {"topic": "app", "product": "Jira", "title": "Faster boards", "body": "By **half**."}
EVENT = {"title": "An hour", "description": "On boards.", "host": "Clement", "minutes": "60"}


@pytest.fixture
def desk(db: None) -> Desk:
    """A client on Total Care, whose plan carries both."""
    return mail_desk()


@pytest.fixture
def browser(desk: Desk) -> Browser:
    """The success manager's."""
    return signed_in(desk.csm)


def hour(days: int) -> str:
    return f"{timezone.now() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_an_insight_is_written_tested_and_sent(desk: Desk, browser: Browser) -> None:
    browser.post("/success/insights/new/", {"title": "News", "roles": ["poc"]})
    where = f"/success/insights/{Mailing.objects.get().pk}/"
    browser.post(f"{where}items/", ITEM)
    page = text_of(browser, where)
    assert "<strong>half</strong>" in page
    assert "1 contact, one mail each." in page
    browser.post(f"{where}test/")
    browser.post(f"{where}send/")
    assert Record.objects.filter(kind="mailing.tested").count() == 1
    assert "It is scheduled" in text_of(browser, where)


def test_an_item_is_changed_and_taken_out(desk: Desk, browser: Browser) -> None:
    browser.post("/success/insights/new/", {"title": "News"})
    where = f"/success/insights/{Mailing.objects.get().pk}/items/"
    browser.post(where, ITEM)
    one = f"{where}{MailingItem.objects.get().pk}/"
    browser.post(one, {**ITEM, "title": "Twice as fast"})
    assert MailingItem.objects.get().title == "Twice as fast"
    browser.post(f"{one}remove/")
    assert not MailingItem.objects.exists()


def test_a_moment_that_has_passed_is_said_beside_the_field(desk: Desk, browser: Browser) -> None:
    browser.post("/success/insights/new/", {"title": "News"})
    where = f"/success/insights/{Mailing.objects.get().pk}/"
    browser.post(f"{where}items/", ITEM)
    answer = browser.post(f"{where}schedule/", {"send_at": "2020-03-02T10:00"})
    assert answer.status_code == 422
    assert "That moment has passed" in answer.content.decode()


def test_progress_and_figures_follow_the_mails(desk: Desk, browser: Browser) -> None:
    mailing = sent_insight(desk, at=timezone.now())
    where = f"/success/insights/{mailing.pk}/"
    dispatch(at=timezone.now())
    fragment = browser.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "0 of 3" in fragment
    assert 'hx-trigger="every 2s"' in fragment
    assert "<html" not in fragment


def test_what_was_sent_stays(desk: Desk, browser: Browser) -> None:
    where = f"/success/insights/{sent_insight(desk).pk}/"
    for act in ("words/", "items/", "schedule/"):
        assert browser.get(f"{where}{act}").status_code == 409
    assert browser.post(f"{where}send/").status_code == 409


@pytest.mark.parametrize("role", ["account_executive", "poc"])
def test_others_write_nothing(desk: Desk, role: str) -> None:
    answer = signed_in(desk.person(role)).post("/success/insights/new/", {"title": "News"})
    assert answer.status_code in (403, 404)
    assert not Mailing.objects.exists()


def test_an_event_in_the_past_is_refused_and_what_was_typed_is_kept(desk: Desk, browser: Browser) -> None:
    answer = browser.post("/success/events/new/", {**EVENT, "starts_at": "2020-03-02T10:00"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "still to come" in page
    assert "On boards." in page


def test_an_event_is_planned_announced_and_called_off(desk: Desk, browser: Browser) -> None:
    browser.post("/success/events/new/", {**EVENT, "starts_at": hour(9)})
    webinar = Webinar.objects.get()
    where = f"/success/events/{webinar.pk}/"
    browser.post(f"{where}announce/", {"now": "1"})
    post_all(timezone.now())
    assert "3 people were given it" in text_of(browser, where)
    browser.post(f"{where}call-off/", {"reason": "The host is ill."})
    assert "The host is ill." in text_of(browser, where)


def test_a_new_hour_is_set_on_the_page(desk: Desk, browser: Browser) -> None:
    webinar = announced_webinar(desk, at=timezone.now())
    browser.post(f"/success/events/{webinar.pk}/change/", {**EVENT, "starts_at": hour(20)})
    webinar.refresh_from_db()
    assert (webinar.edition, webinar.title) == (1, "An hour")
    assert "Changed: An hour" in Mailing.objects.filter(kind="change").values_list("title", flat=True)


def test_who_came_is_noted_on_the_page(desk: Desk, browser: Browser) -> None:
    now = timezone.now()
    webinar = announced_webinar(desk, at=now - timedelta(days=11))
    at = webinar.starts_at - timedelta(days=1)
    seat = register(actor=actor_of(desk.poc), at=at, webinar=webinar, client_id=desk.client.pk)
    browser.post(f"/success/events/{webinar.pk}/attendance/", {"came": [str(seat.pk)]})
    assert Registration.objects.get().came
    assert "1 came, 0 did not" in text_of(browser, f"/success/events/{webinar.pk}/")


def test_names_of_foreign_clients_are_not_shown(desk: Desk) -> None:
    webinar = announced_webinar(desk)
    register(actor=actor_of(desk.poc), at=webinar.made_at, webinar=webinar, client_id=desk.client.pk)
    foreign = signed_in(mail_desk("OTHER").csm)
    page = text_of(foreign, f"/success/events/{webinar.pk}/")
    assert desk.poc.name not in page
    assert "Nobody of your clients." in page
