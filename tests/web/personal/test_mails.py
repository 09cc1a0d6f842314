"""The links at a mail's foot: choosing mails, and ending one group in one click without signing in."""

import pytest
from django.test import Client as Browser

from accounts.models import Person
from notify.letters import mail_off_token
from notify.models import Preference
from notify.routing import ALWAYS_AT_ONCE, GROUPS
from tests.factories import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A client with people who get mails."""
    return make_desk()


def address(person: Person, group: str = "proactive") -> str:
    """Where the mail's link leads."""
    return f"/settings/mail/off/{mail_off_token(person_id=person.pk, group=group)}"


def chosen(person: Person) -> dict[str, str]:
    """What the person chose."""
    return dict(Preference.objects.filter(person=person).values_list("group", "choice"))


def test_looking_asks_and_changes_nothing(desk: Desk) -> None:
    reply = Browser().get(address(desk.member))
    assert "End these mails?" in reply.content.decode()
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert chosen(desk.member) == {}


def test_a_mail_program_ends_them_with_one_post_and_no_form_key(desk: Desk) -> None:
    program = Browser(enforce_csrf_checks=True)
    reply = program.post(address(desk.member), {"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200
    assert chosen(desk.member) == {"proactive": "off"}


def test_ending_them_twice_is_no_fault(desk: Desk) -> None:
    for _ in range(2):
        assert Browser().post(address(desk.member)).status_code == 200
    assert chosen(desk.member) == {"proactive": "off"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bent_link_is_not_here(desk: Desk, method: str) -> None:
    reply = getattr(Browser(), method)(address(desk.member)[:-1] + "_")
    assert reply.status_code == 404
    assert chosen(desk.member) == {}


@pytest.mark.parametrize("group", ["decisions", "no-such-group"])
def test_what_waits_for_a_decision_cannot_be_ended(desk: Desk, group: str) -> None:
    assert Browser().post(address(desk.member, group)).status_code == 404
    assert chosen(desk.member) == {}


@pytest.mark.parametrize("role", ["member", "engineer"])
def test_people_of_both_sides_choose_their_mails(desk: Desk, role: str) -> None:
    browser, person = Browser(), desk.person(role)
    browser.force_login(person)
    page = browser.get("/settings/mail").content.decode()
    assert ("Tickets that I work on" in page) == (role == "engineer")
    groups = GROUPS.keys() - ALWAYS_AT_ONCE
    browser.post("/settings/mail", {"part": "mails", **dict.fromkeys(groups, "digest")})
    assert chosen(person)["tickets"] == "digest"


def test_a_stranger_signs_in_first(db: None) -> None:
    assert Browser().get("/settings/mail").headers["Location"].startswith("/accounts/login/")
