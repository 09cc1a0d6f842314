"""Deciding about work beyond the hours: more or less than asked, until a day, after signing in again."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hours.models import OverageRequest
from hours.services import request_overage
from tests.factories import Desk, actor_of, make_ticket
from tests.web.portal.conftest import EnterAs


@pytest.fixture
def asked(desk: Desk) -> OverageRequest:
    """A question for three and a half hours more."""
    now = timezone.now()
    ticket = make_ticket(desk.contract, requester=desk.member, at=now)
    return request_overage(
        actor=actor_of(desk.engineer), at=now, ticket=ticket, minutes=210, text="The whole move."
    )


def yes(**changes: str) -> dict[str, str]:
    """The form as it stands on the page, with approval pressed."""
    return {"decision": "approved", "minutes": "3:30", "expires_on": "", "answer": "", **changes}


def in_days(days: int) -> date:
    """A day from today."""
    return timezone.now().date() + timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("3:30", 210), ("2:00", 120), ("40", 2400), (".25", 15), ("", 210)]
)
def test_as_much_is_approved_as_is_typed(
    enter: EnterAs, asked: OverageRequest, typed: str, minutes: int
) -> None:
    enter().post("decide_overage", yes(minutes=typed), request_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.approved_minutes) == ("approved", minutes)


def test_who_decided_when_until_when_and_in_which_words_is_shown(
    enter: EnterAs, asked: OverageRequest
) -> None:
    door, until = enter(), in_days(10)
    door.post(
        "decide_overage",
        yes(minutes="2:00", expires_on=f"{until}", answer="For the first half."),
        request_id=asked.pk,
    )
    page = door.page("hours")
    assert "2:00 approved of 3:30 asked" in page
    assert door.person.name in page.partition("Decided beyond your hours")[2]
    assert "“For the first half.”" in page
    assert f"Good until {until.day} {until:%b %Y}" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": "0"}, "at least one minute"),
        ({"minutes": "-1"}, "is no amount of time"),
        ({"minutes": "３"}, "is no amount of time"),
        ({"minutes": "2000:00"}, "more than 1666:40"),
        ({"expires_on": "2020-01-01"}, "Choose today or a later day."),
        ({"expires_on": "soon"}, "Enter a valid date"),
        ({"decision": ""}, "Choose whether you approve or decline."),
        ({"decision": "perhaps"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_on_the_form_and_nothing_is_decided(
    enter: EnterAs, asked: OverageRequest, changes: dict[str, str], words: str
) -> None:
    reply = enter().post("decide_overage", yes(answer="Go on.", **changes), request_id=asked.pk)
    assert reply.status_code == 422
    assert words in reply.content.decode()
    assert "Go on." in reply.content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_declining_asks_for_no_amount(enter: EnterAs, asked: OverageRequest) -> None:
    told = yes(decision="declined", minutes="soon", answer="Not this month.")
    enter().post("decide_overage", told, request_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.approved_minutes) == ("declined", "Not this month.", None)


def limit(desk: Desk, minutes: int) -> None:
    """Above so many minutes one signs in again."""
    desk.contract.overage_reauth_minutes = minutes
    desk.contract.save(update_fields=["overage_reauth_minutes"])


def test_signing_in_again_leads_back_to_what_was_typed(
    enter: EnterAs, desk: Desk, asked: OverageRequest
) -> None:
    limit(desk, 60)
    door = enter()
    reply: Any = door.post("decide_overage", yes(minutes="3:00", answer="Go on."), request_id=asked.pk)
    assert f"overage-{asked.pk}" in reply.headers["Location"]
    page = door.page("hours")
    assert 'value="3:00"' in page
    assert "Go on." in page


def test_the_amount_that_is_approved_decides_about_signing_in(
    enter: EnterAs, desk: Desk, asked: OverageRequest
) -> None:
    limit(desk, 60)
    enter().post("decide_overage", yes(minutes="1:00"), request_id=asked.pk)
    asked.refresh_from_db()
    assert asked.approved_minutes == 60


def test_a_fresh_sign_in_opens_a_large_approval(enter: EnterAs, desk: Desk, asked: OverageRequest) -> None:
    limit(desk, 60)
    door = enter()
    session = door.browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    door.post("decide_overage", yes(), request_id=asked.pk)
    asked.refresh_from_db()
    assert asked.approved_minutes == 210


def test_an_observer_sees_the_question_and_no_form(enter: EnterAs, asked: OverageRequest) -> None:
    page = enter("observer").page("hours")
    assert "A point of contact decides." in page
    assert 'name="decision"' not in page
