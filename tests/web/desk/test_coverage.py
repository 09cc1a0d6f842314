"""The coverage of four weeks, and whose turn it is (E6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.services import clear_engineer
from escalation.models import TeamHours
from events.domain.actor import SYSTEM
from tests.escalation.handed import Sun, make_sun
from tests.factories import make_desk, make_team, make_ticket, moment
from tests.web.desk.conftest import LATELY, SignIn, text_of


@pytest.fixture
def sun(db: None) -> Sun:
    """Three regions and the weekend team."""
    return make_sun("HAL")


@pytest.fixture
def lead(sun: Sun, sign_in: SignIn) -> Client:
    """The lead's browser."""
    return sign_in(sun.desk.lead)


def test_four_weeks_are_drawn_with_a_table_beside_each(sun: Sun, lead: Client) -> None:
    page = text_of(lead, "/desk/coverage/")
    assert page.count("Show as a table") == 4
    for name in ("Sydney", "Brussels", "Los-Angeles", "Weekend"):
        assert name in page


def test_without_gaps_that_is_said(sun: Sun, lead: Client) -> None:
    assert "every promised week has its dedicated team" in text_of(lead, "/desk/coverage/")


def test_a_region_that_is_missing_leaves_gaps_that_are_named(sun: Sun, lead: Client) -> None:
    TeamHours.objects.get(team=sun.teams["los-angeles"]).delete()
    page = text_of(lead, "/desk/coverage/")
    assert "Nobody is on" in page
    assert "No dedicated team for Premier Support" in page


def test_cleared_engineers_are_counted_where_the_contract_restricts_them(sun: Sun, lead: Client) -> None:
    sun.desk.contract.restricts_engineers = True
    sun.desk.contract.save()
    assert "Nobody</span>" in text_of(lead, "/desk/coverage/")
    clear_engineer(actor=SYSTEM, at=timezone.now(), contract=sun.desk.contract, person=sun.people["sydney"])
    assert "1 of 5 are cleared" in text_of(lead, "/desk/coverage/")


def test_engineers_see_only_the_contracts_of_their_clients(sun: Sun, sign_in: SignIn) -> None:
    stranger = make_desk("ORR").engineer
    assert "Hal Ltd" not in text_of(sign_in(stranger), "/desk/coverage/")


def test_the_page_costs_the_same_however_many_contracts_there_are(sun: Sun, lead: Client) -> None:
    few = statements(lead)
    make_desk("ORR")
    make_desk("ZED")
    assert statements(lead) == few


def statements(browser: Client) -> int:
    """How many statements the page costs."""
    browser.get("/desk/coverage/")
    with CaptureQueriesContext(connection) as seen:
        browser.get("/desk/coverage/")
    return len(seen)


def test_whose_turn_it_is_says_the_team_and_everybodys_place(sun: Sun, lead: Client) -> None:
    ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc)
    page = text_of(lead, f"/desk/tickets/{ticket.key}/suggest/")
    assert "Whose turn is it?" in page
    assert " engineer" in page


def test_whoever_is_chosen_gets_the_ticket(sun: Sun, lead: Client) -> None:
    desk = make_desk("ORR", starts_on=LATELY)
    desk.contract.dedicated_team = make_team(desk.engineer)
    desk.contract.save()
    ticket = make_ticket(desk.contract, requester=desk.poc, at=timezone.now())
    address = f"/desk/tickets/{ticket.key}/suggest/"
    assert lead.post(address, {"person": desk.engineer.pk}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.assignee == desk.engineer
    assert lead.post(address, {"person": "nobody"}).status_code == 404


def test_who_is_not_on_any_more_does_not_get_it(sun: Sun, lead: Client) -> None:
    ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc)
    sun.people["brussels"].away_until = timezone.now() + timedelta(days=1)
    sun.people["brussels"].save()
    answer = lead.post(f"/desk/tickets/{ticket.key}/suggest/", {"person": sun.people["brussels"].pk})
    assert answer.status_code == 409
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_the_ticket_says_where_it_was_put_and_why(sun: Sun, lead: Client) -> None:
    ticket = make_ticket(sun.desk.contract, requester=sun.desk.poc, at=moment("2026-03-03 02:00"))
    page = text_of(lead, f"/desk/tickets/{ticket.key}/")
    assert "put it with Sydney. The dedicated team is on." in page
