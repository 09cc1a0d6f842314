"""Setting a team's hours (E6)."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Team
from escalation.models import TeamHours
from events.models import Record
from tests.factories import Desk, make_team
from tests.web.setup.conftest import SignedIn, Untouched

TYPED = {
    "name": "Sydney",
    "region": "apac",
    "works_as": "dedicated",
    "zone": "Australia/Sydney",
    "mon": "09:00-19:30",
    "country": "au",
    "holiday_region": "nsw",
    "closings": "2026-12-24 Christmas Eve",
    "products": "Jira, Bamboo",
}


@pytest.fixture
def team(desk: Desk) -> Team:
    """A team without hours."""
    return make_team()


def address(team: Team) -> str:
    """The page of its hours."""
    return f"/setup/people/teams/{team.pk}/hours/"


def test_a_team_without_hours_is_offered_office_hours(browser: Client, team: Team) -> None:
    page = browser.get(address(team)).content.decode()
    assert "09:00-17:00" in page
    assert "Hours of EMEA" in page


def test_hours_region_and_products_are_set(browser: Client, team: Team) -> None:
    assert browser.post(address(team), TYPED).status_code == 302
    hours = TeamHours.objects.get(team=team)
    assert (hours.kind, hours.products) == ("dedicated", ["Jira", "Bamboo"])
    assert hours.content["weekly"] == {"mon": [["09:00", "19:30"]]}
    assert {"2026-01-26", "2026-12-24"} <= set(hours.content["holidays"])
    team.refresh_from_db()
    assert (team.name, team.region, team.zone) == ("Sydney", "apac", "Australia/Sydney")


def test_what_was_set_is_shown_again(browser: Client, team: Team) -> None:
    browser.post(address(team), TYPED)
    page = browser.get(address(team)).content.decode()
    for words in ("09:00-19:30", "Jira, Bamboo", "2026-12-24 Christmas Eve", "AU"):
        assert words in page


def test_a_team_may_be_always_on(browser: Client, team: Team) -> None:
    browser.post(address(team), {**TYPED, "mon": "", "country": "", "is_always_on": "on"})
    assert TeamHours.objects.get(team=team).content == {"always": True}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mon": ""}, "Give at least one day its hours"),
        ({"mon": "nine to five"}, "Write hours like 09:00-17:00"),
        ({"zone": "Sydney"}, "is not known as a time zone"),
        ({"country": "ZZ"}, "is no country with known holidays"),
        ({"works_as": "night"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(
    browser: Client, team: Team, untouched: Untouched, wrong: dict[str, str], words: str
) -> None:
    with untouched():
        answer = browser.post(address(team), {**TYPED, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("role", ["engineer", "lead", "csm", "account_executive"])
def test_only_administrators_set_hours(desk: Desk, signed_in: SignedIn, team: Team, role: str) -> None:
    assert signed_in(desk.person(role)).post(address(team), TYPED).status_code == 404
    assert not TeamHours.objects.exists()


def test_a_team_that_is_not_there_has_no_hours(browser: Client) -> None:
    assert browser.get("/setup/people/teams/999999/hours/").status_code == 404


def test_every_change_is_in_the_log(browser: Client, team: Team) -> None:
    browser.post(address(team), TYPED)
    assert Record.objects.get(kind="team.hours_set").data["works_as"] == "dedicated"
