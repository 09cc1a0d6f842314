"""The calendar for calendar programs (P10): one's own, private, revocable, valid whatever people type."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from icalendar import Calendar

from accounts.models import CalendarFeed
from accounts.services import end_membership
from contracts.services import announce_maintenance_window
from events.domain.actor import SYSTEM
from proactive.services import make_programmes
from tests.factories import Desk, actor_of, make_contact, make_environment
from tests.factories.mailings import announced_webinar, mail_desk
from tests.web.success.world import signed_in, text_of

NASTY = "Night\r\nATTENDEE:mailto:x@evil.example\r\nBEGIN:VALARM\u2028\x0b" + "long " * 40
ADDRESS = re.compile(r"/feeds/[\w-]{43}\.ics")


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with programmes and maintenance ahead of it, whose summary tries everything."""
    desk = mail_desk()
    now = timezone.now()
    make_programmes(at=now, contract=desk.contract)
    announce_maintenance_window(
        actor=actor_of(desk.engineer),
        at=now,
        environment=make_environment(desk.contract),
        starts_at=now + timedelta(days=3),
        ends_at=now + timedelta(days=3, hours=2),
        summary=NASTY[:300],
        told=[],
    )
    announced_webinar(desk, at=now)
    return desk


def made(browser: Browser, where: str = "/p/acme/profile/calendar/") -> str:
    found = ADDRESS.search(browser.post(where, {"act": "make"}).content.decode())
    assert found
    return found[0]


def titles(address: str) -> list[str]:
    answer = Browser().get(address)
    assert answer.status_code == 200
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_contacts_program_reads_services_maintenance_and_events(desk: Desk) -> None:
    read = titles(made(signed_in(desk.member)))
    assert "Automation that lasts" in read
    assert any("Production: Night" in title for title in read)
    assert any("Insights" in title for title in read)


def test_nothing_typed_adds_a_component_or_a_property(desk: Desk) -> None:
    answer = Browser().get(made(signed_in(desk.poc)))
    calendar = Calendar.from_ical(answer.content)
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert not [event for event in calendar.walk("VEVENT") if "ATTENDEE" in event or event.errors]
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75


def test_the_address_is_shown_once_and_kept_as_a_digest_alone(desk: Desk) -> None:
    browser = signed_in(desk.poc)
    token = made(browser).split("/")[-1].removesuffix(".ics")
    assert token not in text_of(browser, "/p/acme/profile/")
    assert token not in str(CalendarFeed.objects.values())


def test_a_new_address_ends_the_former_and_revoking_ends_both(desk: Desk) -> None:
    browser = signed_in(desk.poc)
    first, second = made(browser), made(browser)
    assert [Browser().get(one).status_code for one in (first, second)] == [404, 200]
    browser.post("/p/acme/profile/calendar/", {"act": "revoke"})
    assert Browser().get(second).status_code == 404


def test_who_left_reads_nothing_any_more(desk: Desk) -> None:
    address = made(signed_in(desk.member))
    end_membership(actor=SYSTEM, at=timezone.now(), membership=desk.member.memberships.get())
    assert Browser().get(address).status_code == 404


def test_a_contact_of_two_clients_reads_one_of_them(desk: Desk) -> None:
    other = mail_desk("OTHER")
    address = made(signed_in(make_contact(other.client)), "/p/other/profile/calendar/")
    assert not any("Night" in title for title in titles(address))


def test_staff_read_their_clients_by_name_and_no_others(desk: Desk) -> None:
    stranger = mail_desk("OTHER").csm
    own, foreign = (titles(made(signed_in(one), "/desk/profile/calendar/")) for one in (desk.csm, stranger))
    assert any(title.startswith("Acme Ltd: Insights") for title in own)
    assert not any("Acme" in title for title in foreign)


def test_an_unchanged_calendar_is_told_so(desk: Desk) -> None:
    address = made(signed_in(desk.poc))
    etag = Browser().get(address).headers["ETag"]
    again = Browser().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("token", ["nothing", "a" * 43, "%00" * 43])
def test_other_texts_open_nothing(db: None, token: str) -> None:
    assert Browser().get(f"/feeds/{token}.ics").status_code == 404


@pytest.mark.parametrize("where", ["/p/acme/calendar/?view=list", "/success/proactive/?view=list"])
def test_the_pages_show_events_too_as_a_list(desk: Desk, where: str) -> None:
    browser = signed_in(desk.poc if where.startswith("/p/") else desk.csm)
    month = f"{timezone.now() + timedelta(days=10):%Y-%m}"
    page = text_of(browser, f"{where}&month={month}")
    assert "Automation that lasts" in page
    assert "<table" not in page
